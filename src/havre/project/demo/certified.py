"""Certificates that the demo's member asked for as any member would: valid, over, revoked."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings

from havre.commons.accounts import queries as accounts
from havre.domains.certificates.actions import revoke
from havre.domains.contracts import queries as contracts
from havre.domains.contracts.words import Standing
from havre.domains.people import queries as people
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.certificates.catalogue import catalogue
from havre.journeys.certificates.facts import Wish
from havre.journeys.certificates.issuing import issue

_DEMO = Actor(name="demo", channel=Channel.ONLINE, purpose="issue certificates")
# Kind, of whom, language, how many days ago, for how many days, whether it was revoked: the oldest first.
_GIVEN = (
    ("membership", "Inès", "fr", 200, 1, False),
    ("abroad", "Claire", "es", 90, 30, True),
    ("hospital", "Mathieu", "en", 12, 60, False),
    ("schengen", "Claire", "fr", 3, 45, False),
)


def issue_some(account: UUID, *, today: date, now: datetime) -> None:
    """What stands in the list of certificates when the demo opens. As the web server."""
    with acting(actor=_DEMO):
        place = accounts.place_of(account=account)
    if place is None:
        raise LookupError("the demo's member has an account")
    household, _membership = place
    with acting(actor=_DEMO, role=Role.MEMBER, household=household):
        by_name = {one.first_name: one.id for one in people.household_people(household=household)}
        held = next(
            one
            for one in contracts.contracts_of(household=household)
            if one.standing(on=today) is Standing.IN_FORCE
        )
    known = catalogue(today=today)
    for code, name, language, ago, days, revoked in _GIVEN:
        kind = known.kind(code)
        if kind is None:
            raise LookupError(f"the demo offers no certificate {code}")
        then = timedelta(days=ago)
        made = issue(
            Wish(
                household=household,
                person=by_name[name],
                contract=held.id,
                certificate=kind,
                known=known,
                first_day=today - then,
                last_day=today - then + timedelta(days=days - 1),
                language=language,
            ),
            check_at=f"{settings.HAVRE.BASE_URL}/{'fr' if language == 'fr' else 'en'}/check/",
            actor=_DEMO,
            account=account,
            today=today - then,
            now=now - then,
        )
        if revoked:
            with acting(actor=_DEMO, role=Role.MEMBER, household=household):
                revoke(household=household, certificate=made, now=now - then + timedelta(days=2))
