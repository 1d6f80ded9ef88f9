from havre.domains.contracts import queries as contracts
from havre.domains.people import queries as people
from tests.journeys.requests.asking import NOW, Asker, as_member
from tests.journeys.requests.examples import Example


def moved(asker: Asker) -> None:
    with as_member(asker):
        found = people.person_of(household=asker.household, membership=asker.membership)
        (contract,) = contracts.contracts_of(household=asker.household)
    assert found
    assert found.expatriation_country == "US"
    assert contract.as_of(NOW.date()).zone == 5


EXAMPLE = Example(
    kind="expatriation-country",
    answers=lambda _asker: {"country": "US", "since": "2026-06-01", "work": False},
    details=lambda _asker: {"zone": 5},
    effect=moved,
    reason="not-covered",
)
