from datetime import date
from decimal import Decimal

from havre.domains.health.models import Agreement
from havre.foundation.db import Role
from tests.database import acting_as
from tests.journeys.requests.asking import Asker
from tests.journeys.requests.claiming import a_claimant, an_agreement_asked
from tests.journeys.requests.examples import Example


def agreed(asker: Asker) -> None:
    with acting_as(Role.OWNER):
        row = Agreement.objects.get(household_id=asker.household)
    assert (row.category, row.limit) == ("HOSPITAL", Decimal(3000))
    assert (row.first_day, row.last_day) == (date(2026, 7, 1), date(2027, 1, 3))


EXAMPLE = Example(
    kind="prior-agreement",
    answers=an_agreement_asked,
    asker=a_claimant,
    effect=agreed,
    reason="not-needed",
)
