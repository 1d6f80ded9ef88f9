from havre.domains.people import queries
from tests.journeys.requests.asking import Asker, as_member
from tests.journeys.requests.examples import Example


def corrected(asker: Asker) -> None:
    with as_member(asker):
        found = queries.person_of(household=asker.household, membership=asker.membership)
        details = queries.household_details(household=asker.household)
    assert found
    assert found.family_name == "Martin-CANARY"
    assert details[0].origins["family_name"].confirmed


EXAMPLE = Example(
    kind="personal-information",
    answers=lambda asker: {
        "person": str(asker.person),
        "what": ["family_name"],
        "family_name": "Martin-CANARY",
    },
    effect=corrected,
    reason="not-proved",
)
