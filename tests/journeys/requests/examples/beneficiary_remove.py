from datetime import date

from havre.domains.contracts import queries as contracts
from havre.domains.people import queries as people
from tests.journeys.requests.asking import Asker, a_family, as_member
from tests.journeys.requests.examples import Example


def left(asker: Asker) -> None:
    with as_member(asker):
        _, other = people.household_people(household=asker.household)
        (contract,) = contracts.contracts_of(household=asker.household)
    assert other.membership_end == date(2026, 6, 30)
    assert [period.end for period in contract.periods_of(other.id)] == [date(2026, 6, 30)]
    assert [period.end for period in contract.periods_of(asker.person)] == [None]


EXAMPLE = Example(
    kind="beneficiary-remove",
    asker=a_family,
    answers=lambda asker: {
        "person": str(asker.other),
        "why": "divorce",
        "last_day": "2026-06-30",
    },
    effect=left,
    reason="must-stay",
)
