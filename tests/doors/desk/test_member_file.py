"""The file of a member: everything but health, which opens for a purpose and tells the member."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from havre.commons.audit.models import Opening, Reading
from havre.commons.notifications.actions import Mail, put_in_outbox
from havre.domains.people.models import Membership, Person
from havre.foundation.db import Role, acting
from havre.foundation.ids import new_id
from tests.builders import (
    BUILDER,
    a_bank_account,
    a_contract,
    a_cover,
    a_household,
    a_line,
    a_member,
    a_nir,
    a_transfer,
    an_active_account,
)
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.staff import Desk

pytestmark = pytest.mark.django_db
NIR = "185057800608491"
WHY = {"purpose": "QUESTION", "words": "Asks about the dentist"}


@pytest.fixture
def claire() -> tuple[Person, Membership]:
    person, membership = a_member(
        person={"first_name": "Claire", "family_name": "Kerdraon"},
        adherent_number="HV000000042",
        email="claire@exemple.org",
    )
    a_line(person=person, transfer=a_transfer(household=person.household_id), act="Couronne")
    return person, membership


def page(desk: Desk, membership: Membership, query: str = "") -> str:
    return desk.page(f"members/{membership.id}{query}")


def openings(household: UUID) -> list[Opening]:
    with acting_as(Role.OWNER):
        return list(Opening.objects.filter(household_id=household))


def test_it_tells_who_and_what_but_no_health(
    desk_client: DeskClient, claire: tuple[Person, Membership]
) -> None:
    person, membership = claire
    contract = a_contract(household=person.household_id, title="Escale Confort")
    a_cover(contract=contract, person=person)
    a_bank_account(person=person)
    an_active_account(membership=membership, signed_in_at=datetime.now(UTC))
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        put_in_outbox(a_mail(membership), now=datetime.now(UTC))
    shown = page(desk_client(), membership)
    for words in (
        *("Claire Kerdraon", "HV000000042", "claire@exemple.org", "Escale Confort", "FR76 ••••"),
        *("A reimbursement was paid", "Waits to leave", "Open sessions", "Health is closed"),
    ):
        assert words in shown, words
    assert "Couronne" not in shown
    assert "argon2" not in shown


def a_mail(membership: Membership, number: int = 0) -> Mail:
    now = datetime.now(UTC)
    return Mail(
        kind="notices.reimbursement_paid",
        subject_key=f"{membership.id} {number}",
        language="fr",
        address="claire@exemple.org",
        not_before=now,
        expires_at=now + timedelta(days=1),
        about={},
        facts={},
        household=membership.household_id,
        membership=membership.id,
    )


def test_contracts_are_those_of_a_day(
    desk_client: DeskClient, claire: tuple[Person, Membership]
) -> None:
    person, membership = claire
    contract = a_contract(household=person.household_id, last_day=date(2024, 12, 31))
    a_cover(contract=contract, person=person)
    desk = desk_client()
    assert "Ended" in page(desk, membership)
    assert "In force" in page(desk, membership, "?on=2024-06-01")
    assert page(desk, membership, "?on=yesterday")


def test_the_number_is_masked_and_its_reading_is_told(
    desk_client: DeskClient, claire: tuple[Person, Membership]
) -> None:
    person, membership = claire
    a_nir(person, NIR)
    desk = desk_client()
    assert "1 85 05 •• ••• ••• ••" in page(desk, membership)
    answer = desk.post(f"members/{membership.id}/number")
    assert "1 85 05 78 006 084 91" in answer.content.decode()
    with acting_as(Role.OWNER):
        (row,) = Reading.objects.all()
    assert (row.staff_id, row.staff_name, row.person_id) == (desk.id, "Nadia", person.id)
    assert row.account_id is None


def test_nobody_records_a_reading_in_another_name(claire: tuple[Person, Membership]) -> None:
    from django.db import DatabaseError

    from havre.commons.audit import actions as audit
    from havre.commons.audit.words import Datum

    person, _membership = claire
    household = person.household_id
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        acting(actor=BUILDER, role=Role.DESK, household=household),
    ):
        audit.record_reading_at_desk(
            household=household,
            staff=new_id(),
            name="Nadia",
            people=[person.id],
            datum=Datum.NIR,
            purpose="x",
        )


def test_health_opens_for_a_purpose_and_closes(
    desk_client: DeskClient, claire: tuple[Person, Membership]
) -> None:
    person, membership = claire
    desk, colleague = desk_client("HEALTH_AGENT"), desk_client("HEALTH_AGENT")
    assert desk.post(f"members/{membership.id}/open", purpose="QUESTION").status_code == 422
    assert (
        desk.post(f"members/{membership.id}/open", purpose="REQUEST", words="x").status_code == 422
    )
    assert openings(person.household_id) == []
    desk.post(f"members/{membership.id}/open", **WHY)
    desk.post(f"members/{membership.id}/open", **WHY)  # a second click opens nothing twice
    (opening,) = openings(person.household_id)
    assert opening.until - opening.at == timedelta(hours=1)
    shown = page(desk, membership)
    assert "Couronne" in shown
    assert "Asks about the dentist" in shown
    assert "Couronne" not in page(colleague, membership)
    desk.post(f"members/{membership.id}/close")
    assert "Couronne" not in page(desk, membership)


@pytest.mark.parametrize(
    "role", ["AGENT", "SUPERVISOR", "ADVISER", "DATA_PROTECTION_OFFICER", "ADMINISTRATOR"]
)
def test_who_may_not_open_health_does_not(
    desk_client: DeskClient, claire: tuple[Person, Membership], role: str
) -> None:
    person, membership = claire
    assert desk_client(role).post(f"members/{membership.id}/open", **WHY).status_code == 403
    assert openings(person.household_id) == []


def test_a_note_is_kept_once_and_the_member_reads_none(
    desk_client: DeskClient, claire: tuple[Person, Membership]
) -> None:
    from havre.domains.people.models import MemberNote

    person, membership = claire
    desk, form = desk_client(), {"id": str(new_id()), "words": "Prefers to be called at noon"}
    for _click in range(2):
        desk.post(f"members/{membership.id}/note", **form)
    assert page(desk, membership).count("Prefers to be called at noon") == 1
    with acting_as(Role.OWNER):
        assert b"noon" not in bytes(MemberNote.objects.get().words)
    with (
        acting_as(Role.WEB),
        acting(actor=BUILDER, role=Role.MEMBER, household=person.household_id),
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
    ):
        MemberNote.objects.count()


def test_lists_go_on_where_they_ended(
    desk_client: DeskClient, claire: tuple[Person, Membership]
) -> None:
    _person, membership = claire
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        for number in range(7):
            put_in_outbox(a_mail(membership, number), now=datetime.now(UTC))
    desk = desk_client()
    shown = page(desk, membership)
    assert shown.count("A reimbursement was paid") == 5
    rest = shown.partition('href="?mails=')[2].partition("#")[0]
    assert page(desk, membership, f"?mails={rest}").count("A reimbursement was paid") == 2
    assert page(desk, membership, "?mails=zz&notes=!!").count("A reimbursement was paid") == 5


def test_others_of_the_household_are_led_to(desk_client: DeskClient) -> None:
    household = a_household()
    _first, one = a_member(household=household)
    _second, other = a_member(household=household, link="SPOUSE", person={"first_name": "Marc"})
    assert f"/desk/members/{other.id}" in page(desk_client(), one)
