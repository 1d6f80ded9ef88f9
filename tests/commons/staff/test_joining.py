"""Coming and leaving: an invitation opens once, and the last administrator stays."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail

from havre.commons.accounts.actions import PasswordRefused, TooSoon
from havre.commons.notifications.actions import send
from havre.commons.notifications.models import OutgoingMail
from havre.commons.staff import actions, queries
from havre.commons.staff.models import CodeApp, Invitation, Session, StaffMember
from havre.commons.staff.words import Permission, Scope, StaffRole, StaffState
from havre.foundation.crypto import provisional_key, provisional_secret
from havre.foundation.db import Actor, Channel, Role
from havre.foundation.ids import new_id
from tests.database import acting_as
from tests.staff import a_staff, at_the_desk, session_key

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
TODAY = date(2026, 6, 15)
BY = Actor(name=str(new_id()), channel=Channel.DESK, purpose="test")
PASSWORD = "a lantern over wet stones"


@pytest.fixture(autouse=True)
def _at_the_desk() -> Iterator[None]:
    with at_the_desk():
        yield


def invited(**changes: Any) -> actions.Invited:
    given: dict[str, Any] = {
        "email": "Lea@desk.example",
        "first_name": "Léa",
        "last_name": "Caron",
        "roles": (StaffRole.AGENT,),
        "scope": Scope(products=frozenset({"ESC"})),
        "language": "en",
    }
    return actions.invite(**{**given, **changes}, by=BY, now=NOW)


def accepted(made: actions.Invited, *, password: str = PASSWORD, now: datetime = NOW) -> UUID:
    code = provisional_secret(provisional_key(), made.invitation)
    return actions.accept(
        invitation=made.invitation, code=code, password=password, address="192.0.2.1", now=now
    )


def seen(who: UUID) -> queries.StaffSeen:
    found = queries.seen(staff=who)
    assert found is not None
    return found


def test_an_invitation_opens_once_and_only_in_time() -> None:
    made = invited()
    assert seen(made.staff).state is StaffState.INVITED
    with pytest.raises(actions.InvitationOver):
        accepted(made, now=NOW + timedelta(hours=73))
    assert accepted(made) == made.staff
    found = seen(made.staff)
    assert (found.state, found.has_factor) == (StaffState.ACTIVE, False)
    assert found.scope == Scope(products=frozenset({"ESC"}))
    assert found.permissions >= {Permission.REQUESTS_READ}
    with pytest.raises(actions.InvitationOver):
        accepted(made)


def test_the_mail_brings_the_code_and_no_job_does() -> None:
    made = invited()
    with acting_as(Role.OWNER):
        row = OutgoingMail.objects.get(kind="staff.invited")
    code = provisional_secret(provisional_key(), made.invitation)
    assert code not in str(row.about)
    with acting_as(Role.WORKER):
        send(mail_id=row.id, now=NOW)
    (sent,) = mail.outbox
    assert sent.to == ["Lea@desk.example"]
    assert code in sent.body
    link = re.search(r"http://\S+", str(sent.body))
    assert link is not None
    assert link[0].endswith(f"/desk/invitation/{made.invitation}")


def test_a_wrong_code_opens_nothing_and_is_slowed_down() -> None:
    made = invited()
    for _ in range(5):
        with pytest.raises(actions.WrongCode):
            actions.accept(
                invitation=made.invitation,
                code="ABCD-EFGH",
                password=PASSWORD,
                address="192.0.2.1",
                now=NOW,
            )
    with pytest.raises(TooSoon):
        accepted(made)
    assert accepted(made, now=NOW + timedelta(minutes=1)) == made.staff


@pytest.mark.parametrize("password", ["short", "Caron Caron Léa", "password1234"])
def test_the_rules_of_passwords_are_those_of_members(password: str) -> None:
    made = invited()
    with pytest.raises(PasswordRefused):
        accepted(made, password=password)
    assert accepted(made) == made.staff


def test_one_address_is_one_person() -> None:
    made = invited()
    with pytest.raises(actions.AlreadyWorksHere):
        invited(email=" lea@DESK.example")
    accepted(made)
    actions.end(staff=made.staff, by=BY, today=TODAY, now=NOW)
    again = invited(roles=(StaffRole.EDITOR,))
    assert again.staff == made.staff
    assert seen(again.staff).roles == (StaffRole.EDITOR,)


def test_who_leaves_keeps_nothing_that_opens() -> None:
    row = a_staff()
    session_key(row)
    assert Session.objects.filter(staff_id=row.id).exists()
    actions.end(staff=row.id, by=BY, today=TODAY, now=NOW)
    found = StaffMember.objects.get(id=row.id)
    assert (found.state, found.ended_on, found.password) == ("ENDED", TODAY, "")
    assert not Session.objects.filter(staff_id=row.id).exists()
    assert not CodeApp.objects.filter(staff_id=row.id).exists()
    actions.end(staff=row.id, by=BY, today=TODAY + timedelta(days=9), now=NOW)
    assert StaffMember.objects.get(id=row.id).ended_on == TODAY
    with pytest.raises(actions.NoSuchPerson):
        actions.invite_again(staff=row.id, by=BY, now=NOW)


def test_the_last_administrator_stays() -> None:
    first = a_staff(StaffRole.ADMINISTRATOR)
    a_staff(StaffRole.ADMINISTRATOR, state="INVITED", password="", factor=False)
    with pytest.raises(actions.LastAdministrator):
        actions.end(staff=first.id, by=BY, today=TODAY, now=NOW)
    with pytest.raises(actions.LastAdministrator):
        actions.invite_again(staff=first.id, by=BY, now=NOW)
    with pytest.raises(actions.LastAdministrator):
        actions.change(
            staff=first.id,
            first_name="A",
            last_name="B",
            roles=[StaffRole.AGENT],
            scope=Scope(),
            by=BY,
        )
    a_staff(StaffRole.ADMINISTRATOR)
    actions.end(staff=first.id, by=BY, today=TODAY, now=NOW)
    assert seen(first.id).state is StaffState.ENDED


def test_who_lost_everything_is_invited_again_and_nothing_of_before_opens() -> None:
    row = a_staff()
    session_key(row)
    actions.invite_again(staff=row.id, by=BY, now=NOW)
    found = seen(row.id)
    assert (found.state, found.has_factor) == (StaffState.INVITED, False)
    assert not Session.objects.filter(staff_id=row.id).exists()
    assert StaffMember.objects.get(id=row.id).password == ""


def test_what_is_over_is_deleted_and_what_is_not_stays() -> None:
    row = a_staff()
    session_key(row)
    fresh, old = invited(), invited(email="old@desk.example")
    with acting_as(Role.OWNER):
        Invitation.objects.filter(id=old.invitation).update(issued_at=NOW - timedelta(days=366))
    with acting_as(Role.WORKER):
        assert actions.purge(now=NOW) == {"sessions": 0, "invitations": 1, "apps": 0}
        later = datetime.now(UTC) + timedelta(hours=1)
        assert actions.purge(now=later)["sessions"] == 1
    assert Invitation.objects.filter(id=fresh.invitation).exists()
    assert CodeApp.objects.filter(staff_id=row.id).exists()


def test_an_address_is_sealed_and_no_role_of_the_desk_reads_it() -> None:
    row = a_staff(email="secret@desk.example")
    assert b"secret" not in bytes(StaffMember.objects.get(id=row.id).email)
    assert queries.email_of(staff=row.id) == "secret@desk.example"
