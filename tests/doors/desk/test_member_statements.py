"""Finding somebody and reading a file ask the database the same number of times whatever there is (P2)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from havre.commons.documents.models import Document
from havre.commons.messaging.models import Conversation
from havre.commons.notifications.models import OutgoingMail
from havre.domains.contracts.models import Contract
from havre.domains.people.models import (
    Household,
    MemberNote,
    Membership,
    NameKeys,
    Person,
    note_place,
)
from havre.foundation.crypto import vault
from havre.foundation.db import Role, acting
from havre.foundation.ids import new_id
from havre.foundation.names import sort_key
from tests.builders import BUILDER, a_member, an_active_account
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.house.test_statement_counts import statements
from tests.staff import Desk

pytestmark = pytest.mark.django_db
ROWS = (1, 50, 5000)


def people(count: int) -> list[UUID]:
    """So many members by the name of Morvan, each in a household of their own; their memberships."""
    homes = [Household(id=new_id(), source="S", external_id=f"H{n}") for n in range(count)]
    persons = [
        Person(
            id=new_id(),
            household_id=home.id,
            source="S",
            external_id=f"P{n}",
            family_name="Morvan",
            first_name=f"Yann {n}",
            sort_key=sort_key(f"Morvan Yann {n}"),
        )
        for n, home in enumerate(homes)
    ]
    members = [
        Membership(
            id=new_id(),
            household_id=one.household_id,
            person_id=one.id,
            link="HOLDER",
            language="fr",
            email="morvan@exemple.org",
        )
        for one in persons
    ]
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        for rows in (homes, persons, members):
            type(rows[0]).objects.bulk_create(rows)  # type: ignore[attr-defined]
        with connection.cursor() as cursor:  # else it plans for what others left, or for nothing
            cursor.execute("ANALYZE people_household, people_person, people_membership")
    return [one.id for one in members]


def searched(desk: Desk, typed: str) -> int:
    way = desk.client.post("/desk/members", {"q": typed})["Location"]
    with statements() as sent:
        desk.client.get(way)
    return len(sent)


@pytest.mark.parametrize("rows", ROWS)
def test_a_search(desk_client: DeskClient, rows: int) -> None:
    people(rows)
    a_member(person={"family_name": "Morvan", "first_name": "Anne"}, email="anne@exemple.org")
    desk = desk_client()
    counted = {typed: searched(desk, typed) for typed in ("morvan", "morvann", "anne@exemple.org")}
    assert counted == {"morvan": 8, "morvann": 9, "anne@exemple.org": 9}


@pytest.mark.parametrize("rows", ROWS)
def test_a_file(desk_client: DeskClient, rows: int) -> None:
    person, membership = a_member(adherent_number="HV000000042")
    an_active_account(membership=membership)
    furnish(person, membership, rows)
    desk = desk_client("HEALTH_AGENT")
    desk.page(f"members/{membership.id}")
    with statements() as sent:
        desk.page(f"members/{membership.id}")
    assert len(sent) == 25


def furnish(person: Person, membership: Membership, rows: int) -> None:
    now, home = datetime.now(UTC), person.household_id
    notes = [
        MemberNote(
            id=(row := new_id()),
            household_id=home,
            membership_id=membership.id,
            at=now - timedelta(minutes=number),
            by=new_id(),
            by_name="Nadia",
            words=vault().seal("A note", place=note_place(row)),
        )
        for number in range(rows)
    ]
    mails = [
        OutgoingMail(
            id=new_id(),
            kind="notices.news",
            subject_key=str(number),
            household_id=home,
            membership_id=membership.id,
            language="fr",
            address=b"sealed",
            not_before=now,
            expires_at=now,
            created_at=now - timedelta(minutes=number),
        )
        for number in range(rows)
    ]
    papers = [
        Document(
            id=new_id(),
            household_id=home,
            kind="PIECE",
            media_type="application/pdf",
            size=1,
            sha256=b"x",
            created_at=now,
        )
        for _number in range(rows)
    ]
    talks = [
        Conversation(
            id=new_id(),
            household_id=home,
            membership_id=membership.id,
            topic="OTHER",
            opened_at=now,
            last_at=now - timedelta(minutes=number),
            last_from="MEMBER",
            client_key=new_id(),
            language="fr",
        )
        for number in range(rows)
    ]
    contracts = [
        Contract(
            id=new_id(),
            household_id=home,
            source="S",
            external_id=f"K{number}",
            number=str(number),
            kind="INDIVIDUAL",
            scheme="FIRST_EURO",
            currency="EUR",
        )
        for number in range(min(rows, 50))
    ]
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        for batch in (notes, mails, papers, talks, contracts):
            type(batch[0]).objects.bulk_create(batch)  # type: ignore[attr-defined]


def test_a_name_is_looked_up_in_an_index_and_not_read_through(desk_client: DeskClient) -> None:
    """As the role that searches: a policy that held the index back would read every person."""
    people(3000)
    desk_client()
    with acting(actor=BUILDER, role=Role.DESK):
        found = Person.objects.alias(keys=NameKeys("sort_key")).filter(keys__contains=["anne"])
        assert "people_person_by_name" in found.explain()
