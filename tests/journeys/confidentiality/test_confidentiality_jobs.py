"""A number of one's own, and the day a child comes of age: done by the worker, once."""

from datetime import UTC, date, datetime

import pytest

from havre.commons.notifications.models import OutgoingMail
from havre.domains.people.models import Directory, Membership
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.identifiers import adherent_key
from havre.journeys.confidentiality.majority import tell_who_came_of_age
from havre.journeys.confidentiality.own_account import give_number
from tests.builders import a_household, a_member
from tests.database import acting_as

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 4, 20, tzinfo=UTC)
WORKER = Actor(name="tests", channel=Channel.JOB, purpose="read what was done")


def _given(membership: Membership) -> bool:
    with acting_as(Role.WORKER):
        return give_number(household=membership.household_id, membership=membership.id, now=NOW)


def _number(membership: Membership) -> str | None:
    with acting_as(Role.OWNER):
        return Membership.objects.get(id=membership.id).adherent_number


def test_an_adult_is_given_a_number_once_and_the_directory_knows_it() -> None:
    household = a_household()
    a_member(household=household, adherent_number="HV 1")
    spouse = a_member(household=household, link="SPOUSE")[1]
    assert _given(spouse)
    number = _number(spouse)
    assert number is not None
    assert not _given(spouse)  # the job ran twice
    assert _number(spouse) == number
    with acting_as(Role.OWNER):
        place = Directory.objects.get(number_key=adherent_key(number))
        origin = Membership.objects.get(id=spouse.id).origin
    assert (place.household_id, place.membership_id) == (household, spouse.id)
    # A feed that says there is none is contested, and does not take it away.
    assert origin["adherent_number"]["confirmed"] is True


@pytest.mark.parametrize(
    "changes",
    [
        {"person": {"birth_date": date(2012, 1, 1)}},
        {"person": {"deceased_on": date(2026, 1, 1)}},
        {"membership_end": date(2026, 6, 14)},
    ],
)
def test_nobody_else_is_given_a_number(changes: dict[str, object]) -> None:
    other = a_member(household=a_household(), link="OTHER", **changes)[1]  # type: ignore[arg-type]
    assert not _given(other)
    assert _number(other) is None


def _told() -> list[str]:
    with acting_as(Role.WORKER), acting(actor=WORKER):
        return sorted(OutgoingMail.objects.values_list("subject_key", flat=True))


def _run(today: date = date(2026, 6, 15)) -> int:
    with acting_as(Role.WORKER):
        return tell_who_came_of_age(today=today, now=NOW)


def test_who_comes_of_age_is_told_once() -> None:
    household = a_household()

    def child(born: date, **changes: object) -> Membership:
        person = {"birth_date": born}
        return a_member(household=household, person=person, link="CHILD", **changes)[1]  # type: ignore[arg-type]

    today = child(date(2008, 6, 15), email="ines@example.org")
    last_week = child(date(2008, 6, 8), email="jules@example.org")
    child(date(2008, 6, 15))  # no address: reads it on the home page
    child(date(2008, 6, 16), email="tomorrow@example.org")
    child(date(2008, 6, 7), email="before@example.org")
    assert _run() == 3
    assert _told() == sorted(str(one.id) for one in (today, last_week))
    assert _run() == 3
    assert len(_told()) == 2


def test_who_was_born_on_a_leap_day_comes_of_age_on_the_first_of_march() -> None:
    a_member(
        household=a_household(),
        person={"birth_date": date(2008, 2, 29)},
        email="leap@example.org",
    )
    assert _run(date(2026, 2, 28)) == 0
    assert _run(date(2026, 3, 1)) == 1
