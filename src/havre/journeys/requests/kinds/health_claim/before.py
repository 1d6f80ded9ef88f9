"""Care that was settled before, beside a request about care: the same person, the same kinds."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.domains.health.queries import SettledCare, settled_before
from havre.domains.health.words import Category
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.naming import money
from havre.journeys.requests.words import Earlier, Request

SHOWN = 8


def earlier(
    request: Request,
    facts: Facts,
    *,
    person: str,
    categories: Collection[str],
    days: Collection[date],
    provider: str,
) -> tuple[Earlier, ...]:
    """The last of it; what may be the same care says so. Needs the household's health open. One statement."""
    if not person or not categories:
        return ()
    found = settled_before(
        household=facts.household,
        person=UUID(person),
        categories=[Category(one) for one in categories],
        but=request.case.number,
        size=SHOWN,
    )
    return tuple(_told(one, days, provider) for one in found)


def _told(one: SettledCare, days: Collection[date], provider: str) -> Earlier:
    like = any(one.is_like(day=day, provider=provider) for day in days)
    return Earlier(
        day=one.care_date,
        what=one.act.said_in(get_language() or "fr"),
        where=one.provider or "",
        spent=money(one.spent) if one.spent else "",
        refunded=money(one.reimbursed) if one.reimbursed else "",
        settled_on=one.settled_on,
        alike=_("same day and same provider: perhaps the same care") if like else "",
    )
