"""Care settled before, beside a request about care: the same person, the same kinds, and what looks alike."""

from datetime import date, timedelta

import pytest

from havre.commons.documents.words import Compartment
from havre.domains.people.models import Person
from havre.foundation.db import Role
from havre.journeys.requests.kinds.health_claim.before import SHOWN
from havre.journeys.requests.registry import kind_of
from tests.builders import a_line, a_person, a_transfer
from tests.database import acting_as
from tests.journeys.requests.asking import a_request, as_desk, read
from tests.journeys.requests.claiming import a_claim, a_claimant, an_agreement_asked

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def test_what_was_settled_of_the_same_person_and_kind_is_read_and_what_is_alike_is_said() -> None:
    asker = a_claimant()
    with acting_as(Role.OWNER):
        me = Person.objects.get(id=asker.person)
    paid = a_transfer(household=asker.household)
    sessions = {"person": me, "transfer": paid, "category": "NURSING"}
    a_line(**sessions, act="Alike", care_date=DAY, provider="CLINICA canary")
    a_line(**sessions, act="Elsewhere", care_date=DAY, provider="Another")
    for back in range(1, SHOWN + 3):
        a_line(**sessions, act=f"Back {back}", care_date=DAY - timedelta(days=back))
    a_line(person=me, transfer=paid, act="Of another kind", care_date=DAY)
    a_line(person=me, act="Not settled", category="NURSING", care_date=DAY)
    other = a_person(household=asker.household, first_name="Hugo")
    a_line(person=other, transfer=paid, act="Another's", category="NURSING", care_date=DAY)
    case = a_request(asker, "health-claim", a_claim(asker))
    with as_desk(asker.household, compartment=Compartment.HEALTH):
        request, known = read(asker, case.id)
        found = kind_of("health-claim").earlier(request, known)
    assert {one.what for one in found[:2]} == {"Alike", "Elsewhere"}
    assert [one.what for one in found[2:]] == [f"Back {back}" for back in range(1, SHOWN - 1)]
    assert [one.what for one in found if one.alike] == ["Alike"]
    assert {one.settled_on for one in found} == {paid.settled_on}


def test_an_agreement_is_asked_beside_what_was_settled_of_its_kind() -> None:
    asker = a_claimant()
    with acting_as(Role.OWNER):
        me = Person.objects.get(id=asker.person)
    stay = a_transfer(household=asker.household)
    a_line(person=me, transfer=stay, act="A stay", category="HOSPITAL")
    case = a_request(asker, "prior-agreement", an_agreement_asked(asker))
    with as_desk(asker.household, compartment=Compartment.HEALTH):
        request, known = read(asker, case.id)
        found = kind_of("prior-agreement").earlier(request, known)
    assert [(one.what, one.alike) for one in found] == [("A stay", "")]
