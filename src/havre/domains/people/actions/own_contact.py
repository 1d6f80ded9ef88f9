"""Members changing how they are reached. What they say is confirmed: no feed replaces it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from havre.domains.people.models import Membership
from havre.domains.people.words import Contact, Origin
from havre.foundation.addresses import PostalAddress
from havre.foundation.refusals import Refusal


class ChangedMeanwhile(Refusal):
    """The value is no longer the one that was on the page: another tab, or another person."""


def change_contact(
    *,
    household: UUID,
    membership: UUID,
    what: Contact,
    value: str | PostalAddress | None,
    shown: datetime | None,
    now: datetime,
    by: Origin = Origin.ONLINE,
    source: str = "portal",
) -> bool:
    """Set one way to reach a member, as they say it themselves, online unless ``by`` says otherwise; is it
    new? ``source`` is who wrote it down.

    ``shown`` is when the value on the page was set (:class:`~havre.domains.people.words.OriginSeen`).
    The same value again changes nothing but that it is confirmed, so that a second click is
    harmless; another one over a value that changed meanwhile is refused (``ChangedMeanwhile``).
    Needs a transaction under the member's role or the desk's; who may is the caller's to ask
    (``access.may_change_contact``).
    """
    row = Membership.objects.select_for_update().get(household_id=household, id=membership)
    stored = _columns(what, value)
    mark = row.origin.get(what, {})
    same = all(getattr(row, name) == new for name, new in stored.items())
    if same and mark.get("confirmed"):
        return False
    if not same and _moment(mark) != shown:
        raise ChangedMeanwhile
    for name, new in stored.items():
        setattr(row, name, new)
    new_mark = {"by": by, "source": source, "at": now.isoformat(), "confirmed": True}
    row.origin = {**row.origin, what: new_mark}
    row.save(update_fields=[*stored, "origin"])
    return not same


def _columns(what: Contact, value: str | PostalAddress | None) -> Mapping[str, object]:
    if not isinstance(value, PostalAddress):
        return {what.value: value}
    return {
        "address_lines": list(value.lines),
        "postal_code": value.postal_code,
        "city": value.city,
        "country": value.country,
        "district": value.district,
        "region": value.region,
    }


def _moment(mark: Mapping[str, str]) -> datetime | None:
    return datetime.fromisoformat(mark["at"]) if mark.get("at") else None
