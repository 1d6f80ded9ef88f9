from havre.domains.people import queries
from havre.domains.people.words import FamilyLink
from tests.journeys.requests.asking import Asker, a_family, as_member
from tests.journeys.requests.examples import Example


def linked(asker: Asker) -> None:
    with as_member(asker):
        _, other = queries.household_people(household=asker.household)
    assert other.link is FamilyLink.SPOUSE


EXAMPLE = Example(
    kind="beneficiary-change",
    asker=lambda: a_family(link=FamilyLink.PARTNER),
    answers=lambda asker: {
        "person": str(asker.other),
        "link": "SPOUSE",
        "since": "2026-05-02",
    },
    effect=linked,
    reason="not-proved",
)
