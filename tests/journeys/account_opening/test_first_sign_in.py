"""The address confirmed by a code, and the words that a password may not be made of."""

from datetime import timedelta

import pytest
from django.conf import settings

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.access import SessionAccounts
from havre.commons.accounts.models import Account
from havre.commons.accounts.queries import AccountSeen, seen
from havre.domains.people.models import Membership
from havre.foundation.db.roles import Role
from havre.journeys.account_opening import first_sign_in as journey
from tests.builders import NOW, an_active_account
from tests.database import acting_as
from tests.journeys.account_opening.asking import EMAIL, sent, the_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return an_active_account(membership=the_member(language="en"), finished=False)


def _seen(account: Account) -> AccountSeen:
    loaded = SessionAccounts().get_user(account.id)
    assert loaded
    return seen(loaded, terms_version=None)


def _send(account: Account, *, again: bool = False, after: timedelta = timedelta()) -> str:
    return journey.send_code(account=_seen(account), again=again, now=NOW + after).shown


def _mailed_code(after: timedelta = timedelta()) -> str:
    (message,) = sent(now=NOW + after)
    assert message.to == [EMAIL]
    return str(message.body).partition("Code\n    ")[2][:6]


def _readdressed(account: Account, email: str | None) -> None:
    with acting_as(Role.OWNER):
        Membership.objects.filter(id=account.membership_id).update(email=email)


def test_the_code_goes_to_the_address_on_file_of_which_little_is_shown(account: Account) -> None:
    # W8
    shown = _send(account)
    assert shown == "n•••••@example.org"
    assert journey.confirm_code(account=_seen(account), code=_mailed_code(), now=NOW) is None
    account.refresh_from_db()
    assert account.email_confirmed_at == NOW


def test_arriving_twice_sends_one_code(account: Account) -> None:
    _send(account)
    _send(account)
    assert len(sent(now=NOW)) == 1


def test_another_code_replaces_the_first(account: Account) -> None:
    _send(account)
    first = _mailed_code()
    _send(account, again=True, after=timedelta(minutes=1))
    second = _mailed_code(timedelta(minutes=1))
    moment = NOW + timedelta(minutes=2)
    assert journey.confirm_code(account=_seen(account), code=first, now=moment) == 4
    assert journey.confirm_code(account=_seen(account), code=second, now=moment) is None


def test_the_life_of_a_code_is_a_setting(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.HAVRE, "EMAIL_CODE_MINUTES", 2)
    _send(account)
    code = _mailed_code()
    with pytest.raises(accounts.CodeExpired):
        journey.confirm_code(account=_seen(account), code=code, now=NOW + timedelta(minutes=2))


def test_an_address_that_changed_meanwhile_is_not_confirmed_by_the_code_of_before(
    account: Account,
) -> None:
    _send(account)
    code = _mailed_code()
    _readdressed(account, "nouvelle@example.net")
    with pytest.raises(accounts.CodeExpired):
        journey.confirm_code(account=_seen(account), code=code, now=NOW)
    assert _send(account) == "n•••••@example.net"
    assert [message.to for message in sent(now=NOW)] == [["nouvelle@example.net"]]


def test_without_an_address_nothing_is_sent_or_confirmed(account: Account) -> None:
    _readdressed(account, None)
    with pytest.raises(journey.NoAddress):
        _send(account)
    with pytest.raises(journey.NoAddress):
        journey.confirm_code(account=_seen(account), code="000000", now=NOW)
