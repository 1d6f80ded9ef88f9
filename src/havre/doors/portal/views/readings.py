"""Who of the house opened what it holds about health, and was shown a social security number."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havre.commons.audit import queries as audit
from havre.commons.audit.words import Opened, OpeningPurpose
from havre.commons.cases import queries as cases
from havre.domains.people.access import may_reveal_nir
from havre.doors.portal.household import Family
from havre.doors.portal.page import Made, Page, Viewer, member_page
from havre.doors.ui.cursors import place_at, word

SHOWN = 20


@dataclass(frozen=True)
class Row:
    """Somebody of the house looked: who, when, why, and the number of the request it was for."""

    who: str
    at: datetime
    why: str
    number: str = ""
    case: UUID | None = None


@require_safe
@member_page
def readings(request: HttpRequest, viewer: Viewer) -> Made:
    """The newest first. A request is named to who made it, a number's reading to who may see it whole."""
    household = viewer.account.household
    opened_at = place_at(request.GET.get("openings", ""), audit.After)
    shown_at = place_at(request.GET.get("numbers", ""), audit.After)
    opened = audit.openings_of(household=household, limit=SHOWN + 1, after=opened_at)
    shown = audit.readings_of(household=household, limit=SHOWN + 1, after=shown_at)
    named = cases.numbers_of(
        household=household,
        membership=viewer.account.membership,
        cases=[one.case for one in opened if one.case],
    )
    values = {
        "openings": [_opening(one, named) for one in opened[:SHOWN]],
        "numbers": _numbers(shown[:SHOWN], viewer),
        "earlier": _way("openings", opened),
        "earlier_numbers": _way("numbers", shown),
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
    }
    return Page("portal/readings.jinja", values, rubric="sharing")


def why(purpose: OpeningPurpose) -> str:
    """What somebody opened health for, as its member reads it."""
    return {
        OpeningPurpose.REQUEST: _("To handle a request"),
        OpeningPurpose.QUESTION: _("To answer a question"),
        OpeningPurpose.COMPLAINT: _("To handle a complaint"),
        OpeningPurpose.DATA_REQUEST: _("To answer a request about data"),
        OpeningPurpose.SUPERVISION: _("To check how a request was handled"),
    }[purpose]


def _opening(one: Opened, named: dict[UUID, str]) -> Row:
    number = named.get(one.case, "") if one.case else ""
    return Row(one.staff_name, one.at, why(one.purpose), number, one.case if number else None)


def _numbers(shown: list[audit.ReadingSeen], viewer: Viewer) -> list[Row]:
    family = Family(viewer)
    me = family.reader
    if me is None:
        return []
    rows = []
    for one in shown:
        person = family.get(one.person) or (me if me.id == one.person else None)
        if person and may_reveal_nir(
            link=me.link, own=person.id == me.id, adult=family.is_adult(person)
        ):
            rows.append(Row(one.staff_name, one.at, person.full_name))
    return rows


def _way(name: str, found: list[Opened] | list[audit.ReadingSeen]) -> str:
    if len(found) <= SHOWN:
        return ""
    last = found[SHOWN - 1]
    return f"?{urlencode({name: word((last.at, last.id))})}"
