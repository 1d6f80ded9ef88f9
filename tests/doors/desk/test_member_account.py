"""Looking after accounts at the desk: no password seen or set, two persons for an address, then a wait."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from havre.commons.accounts.actions import issue_provisional
from havre.commons.accounts.models import Account, EmailChange, ProvisionalSecret
from havre.commons.notifications.models import OutgoingMail
from havre.commons.worklist.models import WorkItem
from havre.domains.people.models import Membership
from havre.foundation.db import Role, acting
from tests.builders import BUILDER, a_member, an_active_account
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.staff import Desk

pytestmark = pytest.mark.django_db
NEW = {"act": "email", "email": "claire.nouvelle@exemple.org"}


@pytest.fixture
def claire() -> Membership:
    _person, membership = a_member(
        person={"first_name": "Claire"}, adherent_number="HV000000042", email="claire@exemple.org"
    )
    an_active_account(membership=membership)
    return membership


def do(desk: Desk, membership: Membership, act: str = "", **form: str) -> int:
    sent = {"act": act, "channel": "PHONE", "change": shown(membership), **form}
    return int(desk.post(f"members/{membership.id}/account", **sent).status_code)


def shown(membership: Membership) -> str:
    """The change of address that the page has just shown, as its forms name it."""
    with acting_as(Role.OWNER):
        rows = EmailChange.objects.filter(membership_id=membership.id).order_by("-id")
        last = rows.values_list("id", flat=True).first()
    return str(last or "")


def as_owner(read: Callable[[], object]) -> object:
    with acting_as(Role.OWNER):
        return read()


def account(membership: Membership) -> Account:
    with acting_as(Role.OWNER):
        return Account.objects.get(membership_id=membership.id)


def mails(kind: str) -> int:
    with acting_as(Role.OWNER):
        return OutgoingMail.objects.filter(kind=kind).count()


def test_closed_and_opened_again_its_password_gone(
    desk_client: DeskClient, claire: Membership
) -> None:  # W12, W13
    desk = desk_client()
    assert do(desk, claire, "suspend") == 302
    assert account(claire).state == "SUSPENDED"
    assert do(desk, claire, "suspend") == 422  # twice is refused in words
    assert do(desk, claire, "disable", reason="MISUSE") == 302
    assert (account(claire).state, account(claire).closed_for) == ("DISABLED", "MISUSE")
    assert do(desk, claire, "restore") == 422  # without saying how identity was proved
    assert do(desk, claire, "restore", proof="CALL_BACK") == 302
    row = account(claire)
    assert (row.state, row.password, row.email_confirmed_at) == ("ACTIVE", "", None)
    assert mails("accounts.restored") == 1
    assert do(desk, claire, "delete") == 302
    row = account(claire)
    assert (row.state, row.number_key, row.password_chosen_at) == ("DELETED", None, None)


def test_the_desk_can_set_no_password(desk_client: DeskClient, claire: Membership) -> None:
    desk_client()
    with (
        pytest.raises(Exception, match="permission denied"),
        acting(actor=BUILDER, role=Role.DESK, household=claire.household_id),
    ):
        Account.objects.filter(membership_id=claire.id).update(password="x")


def test_a_provisional_password_goes_to_the_address_on_file(
    desk_client: DeskClient, claire: Membership
) -> None:
    desk = desk_client()
    assert do(desk, claire, "password") == 302
    assert mails("accounts.new_password") == 1
    assert do(desk, claire, "password") == 422  # a moment later
    _someone, without = a_member(adherent_number="HV000000043", email="marc@exemple.org")
    assert do(desk, without, "password") == 302  # opens the account where there is none
    assert account(without).state == "OPENING"
    _someone, unreached = a_member(adherent_number="HV000000044")
    assert do(desk, unreached, "password") == 422


def test_another_address_takes_two_persons_a_notice_and_a_wait(
    desk_client: DeskClient, claire: Membership
) -> None:
    desk, second, agent = desk_client("SUPERVISOR"), desk_client("SUPERVISOR"), desk_client()
    assert do(desk, claire, **NEW) == 302
    with acting_as(Role.OWNER):
        assert WorkItem.objects.get(kind="email-change").kept_from == desk.id
        assert b"nouvelle" not in bytes(EmailChange.objects.get().email)
        assert Membership.objects.get(id=claire.id).email == "claire@exemple.org"
    assert do(desk, claire, "email-confirm") == 422  # nobody is their own second person
    assert do(agent, claire, "email-confirm") == 422
    assert do(second, claire, "email-confirm") == 302
    with acting_as(Role.OWNER):
        row = Membership.objects.get(id=claire.id)
        assert row.email == "claire.nouvelle@exemple.org"
        assert row.origin["email"]["by"] == "PHONE"
        assert not WorkItem.objects.filter(kind="email-change").exists()
    assert mails("member_file.email_changed") == 1
    assert account(claire).email_confirmed_at is None
    assert do(second, claire, "password") == 422


def test_the_wait_holds_whoever_asks(desk_client: DeskClient, claire: Membership) -> None:
    """In the action itself: the forgotten password of the portal meets it too."""
    desk, second = desk_client("SUPERVISOR"), desk_client("SUPERVISOR")
    do(desk, claire, **NEW)
    do(second, claire, "email-confirm")
    now, life = datetime.now(UTC), timedelta(hours=1)
    row = account(claire)
    with acting_as(Role.WORKER), acting(actor=BUILDER, household=claire.household_id):
        for after, issued in ((0, False), (71, False), (73, True)):
            secret = issue_provisional(account=row.id, now=now + timedelta(hours=after), life=life)
            assert (secret is not None) is issued


def test_what_was_sent_before_opens_nothing(desk_client: DeskClient, claire: Membership) -> None:
    desk, second = desk_client("SUPERVISOR"), desk_client("SUPERVISOR")
    do(desk, claire, "password")
    do(desk, claire, **NEW)
    do(second, claire, "email-confirm")
    with acting_as(Role.OWNER):
        assert ProvisionalSecret.objects.get().used_at is not None


def test_only_the_address_that_was_read_is_confirmed(
    desk_client: DeskClient, claire: Membership
) -> None:
    desk, second = desk_client("SUPERVISOR"), desk_client("SUPERVISOR")
    do(desk, claire, **NEW)
    read = shown(claire)
    assert do(desk, claire, "email-refuse") == 302
    assert do(desk, claire, "email", email="someone.else@exemple.org") == 302
    assert do(second, claire, "email-confirm", change=read) == 422
    with acting_as(Role.OWNER):
        assert Membership.objects.get(id=claire.id).email == "claire@exemple.org"


def test_a_refused_address_changes_nothing(desk_client: DeskClient, claire: Membership) -> None:
    desk = desk_client("SUPERVISOR")
    for wrong in ("claire@exemple.org", "no address"):
        assert do(desk, claire, "email", email=wrong) == 422
    do(desk, claire, **NEW)
    assert do(desk, claire, **NEW) == 422  # one waits
    assert do(desk, claire, "email-refuse") == 302
    assert do(desk_client("SUPERVISOR"), claire, "email-confirm") == 422
    with acting_as(Role.OWNER):
        assert Membership.objects.get(id=claire.id).email == "claire@exemple.org"


def test_each_act_is_in_the_history_with_its_channel(
    desk_client: DeskClient, claire: Membership
) -> None:
    from havre.commons.audit.models import Change

    desk = desk_client()
    do(desk, claire, "suspend")
    with acting_as(Role.OWNER):
        row = Change.objects.filter(table_name="accounts_account").latest("id")
    assert (row.actor, row.channel) == (str(desk.id), "PHONE")
    assert row.purpose == "account of a member: suspend"
