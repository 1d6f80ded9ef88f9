from datetime import date

from havre.domains.contracts import queries as contracts
from havre.domains.people import queries as people
from havre.domains.people.words import FamilyLink
from tests.journeys.requests.asking import Asker, as_member
from tests.journeys.requests.examples import Example


def covered(asker: Asker) -> None:
    with as_member(asker):
        _, child = people.household_people(household=asker.household)
        (contract,) = contracts.contracts_of(household=asker.household)
    assert (child.first_name, child.link) == ("Zoé-CANARY", FamilyLink.CHILD)
    (period,) = contract.periods_of(child.id)
    assert period.start == date(2026, 5, 20)


EXAMPLE = Example(
    kind="beneficiary-add",
    answers=lambda asker: {
        "case": "birth",
        "since": "2026-05-20",
        "first_name": "Zoé-CANARY",
        "family_name": "Exemple",
        "birth_date": "2026-05-20",
        "contract": str(asker.contract),
    },
    effect=covered,
    reason="not-proved",
)
