"""Letters to members without an e-mail address: a code that opens the account, and what a mail would say."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest
from django.db import connection

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.actions import OpensPersonalisation, Typed, WrongPair
from havre.commons.accounts.models import Account, ProvisionalSecret
from havre.commons.accounts.queries import came_by_post
from havre.commons.notifications.models import Letter
from havre.commons.worklist.models import WorkItem
from havre.domains.payments.actions.telling import ACCOUNT_CHANGED, tell
from havre.domains.people.models import Membership, Person
from havre.foundation.crypto import provisional_key, provisional_secret
from havre.foundation.db import Role, acting
from tests.builders import BUILDER, a_bank_account, a_member
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.staff import Desk

pytestmark = pytest.mark.django_db
AT_HOME = {
    "address_lines": ["12 rue de la Rade"],
    "postal_code": "29200",
    "city": "Brest",
    "country": "FR",
}


@pytest.fixture
def odette() -> Membership:
    _person, membership = a_member(
        person={"first_name": "Odette"}, adherent_number="HV000000061", **AT_HOME
    )
    return membership


def print_code(desk: Desk, membership: Membership, letter: str = "") -> tuple[int, bytes]:
    sent = {"act": "letter", "channel": "PHONE", "letter": letter or str(uuid4())}
    answer = desk.post(f"members/{membership.id}/account", **sent)
    return answer.status_code, answer.content


def secrets() -> list[ProvisionalSecret]:
    with acting_as(Role.OWNER):
        return list(ProvisionalSecret.objects.order_by("issued_at"))


def code(secret: ProvisionalSecret) -> str:
    return provisional_secret(provisional_key(), secret.id)


def signed_in(password: str, *, after: timedelta = timedelta()) -> object:
    typed = Typed(number="HV000000061", password=password, address="192.0.2.1")
    with acting_as(Role.WEB):
        return accounts.sign_in(typed=typed, now=datetime.now(UTC) + after)


def test_the_code_of_a_letter_opens_once_and_late(
    desk_client: DeskClient, odette: Membership
) -> None:
    desk = desk_client()
    status, pdf = print_code(desk, odette)
    assert status == 200
    with pikepdf.open(BytesIO(pdf)) as file:
        assert file.Root.Lang == "fr-FR" or str(file.Root.Lang).startswith("fr")
        assert "/MarkInfo" in file.Root  # tagged, for those who listen
    (secret,) = secrets()
    opened = signed_in(code(secret), after=timedelta(days=29))
    assert isinstance(opened, OpensPersonalisation)
    assert isinstance(signed_in(code(secret), after=timedelta(days=31)), WrongPair)


def test_a_letter_printed_again_ends_the_one_before(
    desk_client: DeskClient, odette: Membership
) -> None:
    desk = desk_client()
    print_code(desk, odette)
    print_code(desk, odette)
    first, second = secrets()
    assert isinstance(signed_in(code(first)), WrongPair)
    assert isinstance(signed_in(code(second)), OpensPersonalisation)
    print_code(desk, odette)
    assert print_code(desk, odette)[0] == 422  # three a day


def test_a_second_click_is_the_same_letter_and_later_nobody_reads_it(
    desk_client: DeskClient, odette: Membership
) -> None:
    desk, letter = desk_client(), str(uuid4())
    assert print_code(desk, odette, letter)[0] == 200
    assert print_code(desk, odette, letter)[0] == 200
    (secret,) = secrets()
    assert secret.used_at is None
    with acting_as(Role.OWNER):
        before = datetime.now(UTC) - timedelta(minutes=2)
        ProvisionalSecret.objects.update(issued_at=before)
        (row,) = Letter.objects.all()
        assert (row.printed_by, row.facts, row.state) == (desk.id, None, "SENT")
    assert print_code(desk, odette, letter)[0] == 422


def test_the_code_stands_on_no_page_and_in_no_row(
    desk_client: DeskClient, odette: Membership
) -> None:
    desk = desk_client()
    print_code(desk, odette)
    shown = code(secrets()[0])
    for page in (f"members/{odette.id}", f"members/{odette.id}/account"):
        assert shown not in desk.page(page)
    assert "Code" in desk.page(f"members/{odette.id}")  # among the mails
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        for table in ("audit_change", "notifications_letter", "accounts_provisionalsecret"):
            cursor.execute(f"SELECT row_to_json(one)::text FROM {table} one")
            assert not [row for (row,) in cursor.fetchall() if shown in row]
        cursor.execute("SELECT purpose FROM audit_change WHERE table_name = 'notifications_letter'")
        assert {row for (row,) in cursor.fetchall()} == {"account of a member: letter"}


@pytest.mark.parametrize(
    "changes", [{"email": "odette@exemple.org"}, {"country": None}, {"adherent_number": None}]
)
def test_no_letter_where_a_mail_would_do_or_nothing_can_arrive(
    desk_client: DeskClient, odette: Membership, changes: dict[str, object]
) -> None:
    with acting_as(Role.OWNER):
        Membership.objects.filter(id=odette.id).update(**changes)
    assert print_code(desk_client(), odette)[0] == 422
    assert secrets() == []


def test_whoever_a_letter_let_in_is_known(desk_client: DeskClient, odette: Membership) -> None:
    print_code(desk_client(), odette)
    with acting_as(Role.OWNER):
        account = Account.objects.get()
        assert not came_by_post(account=account.id)
        ProvisionalSecret.objects.update(used_at=datetime.now(UTC))
        assert came_by_post(account=account.id)


def test_a_change_of_bank_account_waits_to_be_told_by_post(
    desk_client: DeskClient, odette: Membership
) -> None:
    now = datetime.now(UTC)
    with acting_as(Role.OWNER):
        person = Person.objects.get(id=odette.person_id)
    row = a_bank_account(person=person, usable_from=now, stop_until=now)
    with acting_as(Role.DESK), acting(actor=BUILDER, household=odette.household_id):
        tell(row, kind=ACCOUNT_CHANGED, now=now)
        tell(row, kind=ACCOUNT_CHANGED, now=now)
    with acting_as(Role.OWNER):
        item = WorkItem.objects.get(source="LETTER")
    desk = desk_client()
    page = desk.page(f"things/{item.id}")
    assert re.search(r'value="print"', page)
    for _again in range(2):
        answer = desk.post(f"things/{item.id}", do="print")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert "no-store" in answer["Cache-Control"]
    assert desk.post(f"things/{item.id}", do="posted").status_code == 302
    with acting_as(Role.OWNER):
        assert not WorkItem.objects.exists()
        letter = Letter.objects.get()
    assert (letter.state, letter.facts, letter.printed_by) == ("SENT", None, desk.id)
    assert desk.client.get(f"/desk/things/{item.id}").status_code == 404
