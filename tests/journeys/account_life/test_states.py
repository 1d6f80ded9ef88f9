"""Closing accounts, opening them again, deleting them: what ends, what is said, what stays."""

from datetime import date, timedelta

import pytest
from tests.builders import NOW, PASSWORD, a_passkey, an_account, an_active_account
from tests.database import acting_as
from tests.journeys.account_opening.asking import (
    EMAIL,
    NUMBER,
    asked,
    kinds,
    sent,
    the_member,
    words,
)

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.access import SessionAccounts
from havre.commons.accounts.models import (
    Account,
    CodeApp,
    KnownDevice,
    Passkey,
    ProvisionalSecret,
    Session,
    TermsAcceptance,
)
from havre.commons.accounts.words import AccountState, ClosedFor, Proof
from havre.commons.audit.models import Change
from havre.commons.notifications.models import OutgoingMail
from havre.domains.people.models import Membership, Person
from havre.foundation.crypto import provisional_key, provisional_secret
from havre.foundation.db import Role
from havre.journeys.account_life import states
from havre.journeys.account_opening.matching import Outcome

pytestmark = pytest.mark.django_db
HOUSE_REASONS = ("MISUSE", "ATTEMPTS", "FRAUD_REPORTED", "END_OF_RELATIONS", "DEATH")


@pytest.fixture
def membership() -> Membership:
    return the_member(language="en")


@pytest.fixture
def account(membership: Membership) -> Account:
    return an_active_account(membership=membership)


def suspend() -> None:
    with acting_as(Role.WORKER):
        states.suspend(number=NUMBER, why="by phone", by="command:nora", now=NOW)


def disable(reason: str = "MISUSE") -> None:
    with acting_as(Role.WORKER):
        states.disable(number=NUMBER, reason=ClosedFor(reason), why="", by="command:nora", now=NOW)


def delete() -> None:
    with acting_as(Role.WORKER):
        states.delete(number=NUMBER, why="by letter", by="command:nora", now=NOW)


def restore() -> None:
    with acting_as(Role.WORKER):
        states.restore(
            number=NUMBER, proof=Proof.CALL_BACK, email=EMAIL, by="command:nora", now=NOW
        )


def kept() -> Account:
    with acting_as(Role.OWNER):
        return Account.objects.get()


def tried(password: str = PASSWORD) -> accounts.Answer:
    return accounts.sign_in(typed=accounts.Typed(NUMBER, password, "192.0.2.1"), now=NOW)


@pytest.mark.parametrize("reason", HOUSE_REASONS)
def test_the_right_pair_alone_is_told_why(account: Account, reason: str) -> None:
    # W13
    disable(reason)
    assert tried() == accounts.Closed(AccountState.DISABLED, ClosedFor(reason))
    assert tried("not the password") == accounts.WrongPair()


def test_a_member_who_asks_is_suspended_at_once_everywhere(account: Account) -> None:
    # W12
    accounts.know_device(account=account.id, token="a browser", now=NOW)
    with acting_as(Role.WEB):
        Session.objects.create(
            session_key="a", session_data="", expire_date=NOW, account_id=account.id
        )
    suspend()
    assert SessionAccounts().get_user(account.id) is None
    with acting_as(Role.OWNER):
        assert not Session.objects.exists()
        assert not KnownDevice.objects.exists()
    row = kept()
    assert (row.state, row.closed_for, row.closed_at) == ("SUSPENDED", "ASKED", NOW)


def test_the_history_keeps_who_closed_it_and_why(account: Account) -> None:
    # W13
    disable("FRAUD_REPORTED")
    with acting_as(Role.OWNER):
        change = Change.objects.filter(table_name="accounts_account").latest("id")
    assert change.actor == "command:nora"
    assert "FRAUD_REPORTED" in str(change.purpose)


def test_what_is_closed_is_not_closed_again(account: Account) -> None:
    disable()
    with pytest.raises(accounts.NotClosable) as refused:
        suspend()
    assert refused.value.state is AccountState.DISABLED


def test_a_death_stops_a_first_sign_in_under_way(membership: Membership) -> None:
    # W13
    account = an_account(membership=membership, password="")
    with acting_as(Role.WORKER):
        issued = accounts.issue_provisional(account=account.id, now=NOW, life=timedelta(days=1))
    assert issued
    disable("DEATH")
    assert tried(provisional_secret(provisional_key(), issued.id)) == accounts.WrongPair()
    with pytest.raises(accounts.SecretNoLongerOpens):
        accounts.choose_password(
            account=account.id,
            secret=issued.id,
            password=PASSWORD,
            about=[],
            tell=accounts.KnownAddress(None, "fr"),
            now=NOW,
        )


@pytest.mark.parametrize(("reason", "left"), [("DEATH", "EXPIRED"), ("MISUSE", "QUEUED")])
def test_what_waited_to_leave_does_not_reach_the_dead(reason: str, left: str) -> None:
    the_member(language="en")
    asked()
    disable(reason)
    with acting_as(Role.OWNER):
        states_left = set(OutgoingMail.objects.values_list("state", flat=True))
    assert states_left == {left}


@pytest.mark.parametrize(
    ("close", "outcome", "told"),
    [
        (disable, Outcome.CLOSED, ["opening_closed"]),
        (lambda: disable("DEATH"), Outcome.CLOSED, []),
        (delete, Outcome.OPENED, ["provisional_password", "adherent_number"]),
    ],
)
def test_asking_to_open_an_account_that_is_closed(
    account: Account, close: object, outcome: Outcome, told: list[str]
) -> None:
    close()  # type: ignore[operator]
    assert asked() is outcome
    assert sorted(kinds()) == sorted(told)


def test_deleting_leaves_the_trace_and_takes_the_rest(account: Account) -> None:
    # S15
    accounts.accept_terms(
        account=account.id, shown="h", version="1.0", language="fr", text_sha256="h", now=NOW
    )
    accounts.note_sign_in(account=account.id, zone="Asia/Tokyo", now=NOW)
    a_passkey(account)
    delete()
    row = kept()
    assert (row.state, row.closed_for, row.closed_by) == ("DELETED", "FORGOTTEN", "command:nora")
    gone = (row.number_key, row.signed_in_at, row.signed_in_zone, row.confirmed_email)
    assert (gone, row.password, row.password_chosen_at) == ((None,) * 4, "", None)
    with acting_as(Role.OWNER):
        assert not Passkey.objects.exists()
        assert not CodeApp.objects.exists()
        assert not ProvisionalSecret.objects.exists()
        assert TermsAcceptance.objects.count() == 1
    assert tried() == accounts.WrongPair()


def test_a_feed_gives_a_deleted_account_no_number_back(
    account: Account, membership: Membership
) -> None:
    # S15
    delete()
    with acting_as(Role.BATCH):
        accounts.follow_members([accounts.MemberNow(membership.id, NUMBER, "fr")])
    assert kept().number_key is None


def test_a_deleted_account_is_opened_anew_from_its_first_step(account: Account) -> None:
    # S15
    delete()
    asked()
    row = kept()
    assert (row.state, row.closed_for, row.closed_at) == ("OPENING", None, None)
    assert row.number_key == account.number_key
    assert row.email_confirmed_at is None


def test_restoring_opens_what_was_disabled_and_tells_its_owner(account: Account) -> None:
    disable("ATTEMPTS")
    restore()
    row = kept()
    assert (row.state, row.closed_for, row.password) == ("ACTIVE", None, "")
    (message,) = sent(now=NOW)
    assert "Your account is open again" in words(message)


def test_what_is_open_or_deleted_is_not_restored(account: Account) -> None:
    with pytest.raises(accounts.NotRestorable):
        restore()
    delete()
    with pytest.raises(accounts.NotRestorable):
        restore()


def test_a_death_on_file_is_corrected_before_the_account_is_restored(
    account: Account, membership: Membership
) -> None:
    disable("DEATH")
    with acting_as(Role.OWNER):
        Person.objects.filter(id=membership.person_id).update(deceased_on=date(2026, 6, 1))
    with pytest.raises(states.RecordedDead):
        restore()


def test_deaths_are_recorded_in_the_same_statements_however_many(
    account: Account, membership: Membership, django_assert_num_queries: object
) -> None:
    others = [the_member(adherent_number=f"HV {number}") for number in range(5)]
    for other in others:
        an_active_account(membership=other)
    with acting_as(Role.BATCH), django_assert_num_queries(9):  # type: ignore[operator]
        accounts.record_deaths(
            memberships=[membership.id, *(one.id for one in others)], by="feed", now=NOW
        )
    with acting_as(Role.BATCH), django_assert_num_queries(3):  # type: ignore[operator]
        accounts.record_deaths(memberships=[membership.id], by="feed", now=NOW)
    with acting_as(Role.OWNER):
        assert set(Account.objects.values_list("closed_for", flat=True)) == {"DEATH"}


def test_an_unknown_number_is_refused() -> None:
    for act in (suspend, disable, delete, restore):
        with pytest.raises(states.UnknownNumber):
            act()
