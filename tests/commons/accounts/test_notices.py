"""A change of how one signs in is told, and whoever denies it closes the account until someone looked."""

from datetime import timedelta

import pytest
from django.conf import settings

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.access import SessionAccounts
from havre.commons.accounts.models import (
    Account,
    ChangeNotice,
    KnownDevice,
    ProvisionalSecret,
    SecurityReport,
)
from havre.commons.accounts.words import AccountState, ClosedFor, Proof, ReportState, SecurityChange
from havre.foundation.crypto import link_token, provisional_key
from havre.foundation.db import Actor, Channel, Role, acting
from tests.builders import NOW, PASSWORD, a_passkey, an_active_account, an_app
from tests.database import acting_as
from tests.journeys.account_opening.asking import NUMBER, outbox, sent, the_member, words

pytestmark = pytest.mark.django_db
ASKS = Actor(name="tests", channel=Channel.ONLINE, purpose="change how one signs in")
HOUR = timedelta(hours=1)


@pytest.fixture
def account() -> Account:
    return an_active_account(membership=the_member())


def told(account: Account, change: SecurityChange = SecurityChange.PASSWORD) -> ChangeNotice:
    with acting(actor=ASKS):
        accounts.tell_change(
            account=account.id, change=change, address="n@example.org", language="en", now=NOW
        )
    with acting_as(Role.OWNER):
        return ChangeNotice.objects.get()


def denied(notice: ChangeNotice, *, after: timedelta = HOUR) -> bool:
    with acting(actor=ASKS):
        return accounts.deny_change(notice=notice.id, now=NOW + after)


def test_the_mail_holds_the_link_and_the_rows_do_not(account: Account) -> None:
    # W13
    notice = told(account)
    (row,) = outbox()
    (message,) = sent(now=NOW)
    token = link_token(provisional_key(), notice.id)
    assert f"{settings.HAVRE.BASE_URL}/en/not-me/{token}" in str(message.body)
    assert "Your password was changed" in words(message)
    assert token not in str((row.about, notice.__dict__))
    with acting(actor=ASKS):
        assert accounts_seen.notice_by(token=token) == notice.id
        assert accounts_seen.notice_by(token=token.swapcase()) is None


@pytest.mark.parametrize("change", SecurityChange)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_change_has_words_in_both_languages(
    account: Account, change: SecurityChange, language: str
) -> None:
    with acting(actor=ASKS):
        accounts.tell_change(
            account=account.id, change=change, address="n@example.org", language=language, now=NOW
        )
    (message,) = sent(now=NOW)
    assert message.subject
    assert ("heure de Paris" if language == "fr" else "Paris time") in str(message.body)


def test_a_member_acting_in_the_household_can_be_told_of_it(account: Account) -> None:
    with acting(actor=ASKS, role=Role.MEMBER, household=account.household_id):
        accounts.tell_change(
            account=account.id,
            change=SecurityChange.EMAIL,
            address="n@example.org",
            language="fr",
            now=NOW,
        )
    assert len(outbox()) == 1


def test_nobody_is_told_without_an_address(account: Account) -> None:
    with acting(actor=ASKS):
        accounts.tell_change(
            account=account.id, change=SecurityChange.EMAIL, address=None, language="fr", now=NOW
        )
    assert outbox() == []


def test_denying_suspends_once_and_forgets_devices_and_provisional_passwords(
    account: Account,
) -> None:
    # W13
    accounts.know_device(account=account.id, token="a browser", now=NOW)
    notice = told(account)
    assert denied(notice)
    assert not denied(notice)
    with acting_as(Role.OWNER):
        assert Account.objects.get().state == AccountState.SUSPENDED
        assert not KnownDevice.objects.exists()
        assert not ProvisionalSecret.objects.filter(used_at=None).exists()
        assert SecurityReport.objects.get().change == SecurityChange.PASSWORD
    assert SessionAccounts().get_user(account.id) is None


@pytest.mark.parametrize(
    ("after", "acts"), [(timedelta(hours=72, seconds=-1), True), (timedelta(hours=72), False)]
)
def test_the_link_acts_for_72_hours(account: Account, after: timedelta, acts: bool) -> None:
    assert denied(told(account), after=after) is acts


def test_only_the_right_password_is_told_that_the_account_is_closed(account: Account) -> None:
    denied(told(account))
    answers = [
        accounts.sign_in(typed=accounts.Typed(NUMBER, password, "192.0.2.1"), now=NOW + HOUR)
        for password in (PASSWORD, "not the password")
    ]
    assert answers == [
        accounts.Closed(AccountState.SUSPENDED, ClosedFor.REPORTED),
        accounts.WrongPair(),
    ]


def test_restoring_takes_the_password_away_and_closes_the_report(account: Account) -> None:
    # W13
    denied(told(account))
    with acting_as(Role.WORKER), acting(actor=ASKS):
        (report,) = accounts_seen.reports_waiting()
        assert report.denied is SecurityChange.PASSWORD
        accounts.restore(account=account.id, proof=Proof.CALL_BACK, by="Nora", now=NOW)
        assert accounts_seen.reports_waiting() == []
        with pytest.raises(accounts.NotRestorable):
            accounts.restore(account=account.id, proof=Proof.CALL_BACK, by="Nora", now=NOW)
    with acting_as(Role.OWNER):
        assert Account.objects.get().state == AccountState.ACTIVE
        assert SecurityReport.objects.get().state == ReportState.CLOSED
    typed = accounts.Typed(NUMBER, PASSWORD, "192.0.2.1")
    assert accounts.sign_in(typed=typed, now=NOW) == accounts.WrongPair()


def test_what_a_thief_added_opens_nothing_once_the_account_is_restored(account: Account) -> None:
    # W13
    a_passkey(account)
    an_app(account, "JBSWY3DPEHPK3PXP")
    denied(told(account, SecurityChange.FACTOR_ADDED))
    with acting_as(Role.WORKER), acting(actor=ASKS):
        accounts.restore(account=account.id, proof=Proof.CALL_BACK, by="Nora", now=NOW)
    with acting(actor=ASKS):
        assert accounts_seen.factors_of(account=account.id).factors == ()
    with acting_as(Role.OWNER):
        assert Account.objects.get().email_confirmed_at is None
