"""Who lets whom see their care: agreed once, withdrawn at any time, on record for good."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from havre.domains.contracts import queries as contracts
from havre.domains.health import queries as health
from havre.domains.health.words import Relation
from havre.domains.people import actions
from havre.domains.people.models import Person, Sharing
from havre.foundation.db import Actor, Channel, Role, acting
from tests.builders import a_household, a_member, a_sharing
from tests.database import acting_as

pytestmark = pytest.mark.django_db
ACTOR = Actor(name="tests", channel=Channel.ONLINE, purpose="share")
NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
TODAY = date(2026, 6, 15)


@pytest.fixture
def couple(db: None) -> tuple[Person, Person]:
    household = a_household()
    claire = a_member(household=household, person={"first_name": "Claire"})[0]
    return claire, a_member(household=household, person={"first_name": "Mathieu"}, link="SPOUSE")[0]


def share(person: Person, reader: Person) -> bool:
    with acting(actor=ACTOR, role=Role.MEMBER, household=person.household_id):
        return actions.agree_to_share(
            household=person.household_id,
            person=person.id,
            reader=reader.id,
            wording="1",
            now=NOW,
        )


def stop(person: Person, reader: Person) -> bool:
    with acting(actor=ACTOR, role=Role.MEMBER, household=person.household_id):
        return actions.stop_sharing(
            household=person.household_id,
            person=person.id,
            reader=reader.id,
            now=NOW + timedelta(days=1),
        )


def relation(reader: Person, person: Person, *, on: date = TODAY) -> Relation:
    household = reader.household_id
    with acting(actor=ACTOR, role=Role.MEMBER, household=household):
        seen = contracts.household_of(household=household)
    return health.reader_of(
        household=household, person=reader.id, seen=seen, on=on, majority=18
    ).relation(person.id)


def test_an_agreement_goes_one_way_takes_effect_at_once_and_ends_at_once(
    couple: tuple[Person, Person],
) -> None:
    claire, mathieu = couple
    assert relation(claire, mathieu) is Relation.OTHER
    assert share(mathieu, claire)
    assert relation(claire, mathieu) is Relation.AGREED
    assert relation(mathieu, claire) is Relation.OTHER
    assert not share(mathieu, claire)  # a double click
    assert stop(mathieu, claire)
    assert relation(claire, mathieu) is Relation.OTHER
    assert not stop(mathieu, claire)
    # Agreed again, the first agreement stays as proof.
    assert share(mathieu, claire)
    with acting_as(Role.OWNER):
        assert Sharing.objects.count() == 2


def test_what_was_agreed_cannot_be_written_anew(couple: tuple[Person, Person]) -> None:
    claire, mathieu = couple
    share(mathieu, claire)
    for sql in ("UPDATE people_sharing SET agreed_at = now()", "DELETE FROM people_sharing"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            acting(actor=ACTOR, role=Role.MEMBER, household=claire.household_id),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_who_has_left_reads_nobody_and_shares_with_nobody(couple: tuple[Person, Person]) -> None:
    claire, _mathieu = couple
    former = a_member(
        household=claire.household_id,
        person={"first_name": "Paul"},
        link="SPOUSE",
        membership_end=TODAY,
    )[0]
    a_sharing(person=claire, reader=former)
    a_sharing(person=former, reader=claire)
    # The end is the last day.
    assert relation(former, claire) is Relation.AGREED
    after = TODAY + timedelta(days=1)
    assert relation(former, claire, on=after) is Relation.APART
    assert relation(former, former, on=after) is Relation.OWN
    # What was paid stays in the household's sums, and what it was is no longer shared.
    assert relation(claire, former, on=after) is Relation.OTHER
