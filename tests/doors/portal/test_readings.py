"""The member reads who of the house looked, when and what for."""

from datetime import timedelta

import pytest

from havre.commons.audit.models import Opening, Reading
from havre.foundation.db import Role, acting
from havre.foundation.ids import new_id
from tests.builders import BUILDER, a_household, a_member
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, Member, signed_in, that_day

__all__ = ["that_day"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


@pytest.fixture
def claire(that_day: None) -> Member:
    return signed_in()


def opened(household: object, number: int = 0, **changes: object) -> None:
    fields = {
        "household_id": household,
        "staff_id": new_id(),
        "staff_name": "Nadia",
        "purpose": "QUESTION",
        "at": NOW - timedelta(minutes=number),
        "until": NOW,
    }
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        Opening(**(fields | changes)).save(force_insert=True)


def test_who_when_and_what_for(claire: Member) -> None:
    opened(claire.household)
    opened(a_household(), staff_name="Ailleurs")
    shown = claire.page("my-data/readings")
    assert "Nadia" in shown
    assert "To answer a question" in shown
    assert "Ailleurs" not in shown
    assert "my-data/readings" in claire.page("who-sees-my-care")


def test_nobody_yet(claire: Member) -> None:
    assert "Nobody opened it" in claire.page("my-data/readings")


def test_a_number_that_was_shown_is_told_to_who_may_see_it_whole(claire: Member) -> None:
    spouse, _place = a_member(
        household=claire.household, link="SPOUSE", person={"first_name": "Marc"}
    )
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        for person in (claire.person, spouse):
            Reading(
                household_id=claire.household,
                staff_id=new_id(),
                staff_name="Nadia",
                person_id=person.id,
                datum="NIR",
                purpose="x",
                at=NOW,
            ).save(force_insert=True)
    shown = claire.page("my-data/readings")
    assert "The number of Marc Exemple" in shown  # who holds the household may see it


def test_the_list_goes_on(claire: Member) -> None:
    for number in range(25):
        opened(claire.household, number)
    shown = claire.page("my-data/readings")
    assert shown.count("<b>Nadia</b>") == 20
    way = shown.partition('href="?openings=')[2].partition('"')[0]
    assert claire.page(f"my-data/readings?openings={way}").count("<b>Nadia</b>") == 5
