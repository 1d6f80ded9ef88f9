"""Confirming an address by a code (W8)."""

from datetime import timedelta
from uuid import UUID

import pytest

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.actions import CodeExpired, CodeSent, TooManyCodes
from havre.commons.accounts.models import Account, EmailCode
from havre.foundation.crypto import numeric_code, provisional_key
from havre.foundation.db import Actor, Channel, acting
from tests.builders import NOW, a_member, an_active_account

pytestmark = pytest.mark.django_db
EMAIL = "n.exemple@example.org"
LIFE = timedelta(minutes=30)
MEMBER = Actor(name="tests", channel=Channel.ONLINE, purpose="confirm an e-mail address")


@pytest.fixture
def account() -> Account:
    _, membership = a_member(adherent_number="HV 1", email=EMAIL)
    return an_active_account(membership=membership, finished=False)


def _issue(
    account: Account, *, email: str = EMAIL, again: bool = False, after: timedelta = timedelta()
) -> CodeSent:
    with acting(actor=MEMBER):
        return accounts.issue_email_code(
            account=account.id, email=email, again=again, now=NOW + after, life=LIFE
        )


def _confirm(
    account: Account, code: str, *, email: str = EMAIL, after: timedelta = timedelta()
) -> int | None:
    with acting(actor=MEMBER):
        return accounts.confirm_email(account=account.id, email=email, code=code, now=NOW + after)


def _code(sent: UUID) -> str:
    return numeric_code(provisional_key(), sent)


def _wrong(sent: UUID) -> str:
    return f"{(int(_code(sent)) + 1) % 10**6:06d}"


def _confirmed(account: Account) -> bool:
    account.refresh_from_db()
    return account.email_confirmed_at is not None


def test_the_code_confirms_the_address(account: Account) -> None:
    sent = _issue(account)
    assert len(_code(sent.id)) == 6
    assert _confirm(account, _code(sent.id)) is None
    assert _confirmed(account)


def test_a_code_serves_once(account: Account) -> None:
    sent = _issue(account)
    _confirm(account, _code(sent.id))
    with pytest.raises(CodeExpired):
        _confirm(account, _code(sent.id))


def test_five_tries_then_the_right_one_too_is_refused(account: Account) -> None:
    sent = _issue(account)
    assert [_confirm(account, _wrong(sent.id)) for _ in range(5)] == [4, 3, 2, 1, 0]
    with pytest.raises(CodeExpired):
        _confirm(account, _code(sent.id))
    assert not _confirmed(account)
    assert _issue(account).fresh


def test_an_old_code_confirms_nothing(account: Account) -> None:
    sent = _issue(account)
    with pytest.raises(CodeExpired):
        _confirm(account, _code(sent.id), after=LIFE)
    assert _confirm(account, _code(sent.id), after=LIFE - timedelta(seconds=1)) is None


def test_a_live_code_is_not_sent_twice_unless_asked(account: Account) -> None:
    first = _issue(account)
    assert _issue(account, after=timedelta(minutes=1)) == CodeSent(
        first.id, first.expires_at, fresh=False
    )
    again = _issue(account, again=True, after=timedelta(minutes=2))
    assert again.fresh
    assert _confirm(account, _code(first.id), after=timedelta(minutes=3)) == 4
    assert _confirm(account, _code(again.id), after=timedelta(minutes=3)) is None


def test_five_codes_an_hour(account: Account) -> None:
    for minute in range(5):
        _issue(account, again=True, after=timedelta(minutes=minute))
    with pytest.raises(TooManyCodes):
        _issue(account, again=True, after=timedelta(minutes=59))
    assert _issue(account, again=True, after=timedelta(minutes=60)).fresh


def test_a_code_for_the_address_of_before_confirms_nothing(account: Account) -> None:
    sent = _issue(account)
    with pytest.raises(CodeExpired):
        _confirm(account, _code(sent.id), email="nouvelle@example.org")
    assert not _confirmed(account)
    assert _issue(account, email="nouvelle@example.org").fresh


def test_the_case_of_the_address_does_not_count(account: Account) -> None:
    sent = _issue(account)
    assert not _issue(account, email=EMAIL.upper()).fresh
    assert _confirm(account, _code(sent.id), email=EMAIL.title()) is None


def test_the_code_of_another_account_confirms_nothing(account: Account) -> None:
    _, membership = a_member(adherent_number="HV 2", email=EMAIL)
    other = an_active_account(membership=membership, finished=False)
    sent = _issue(other)
    with pytest.raises(CodeExpired):
        _confirm(account, _code(sent.id))


def test_neither_code_nor_address_is_kept(account: Account) -> None:
    sent = _issue(account)
    row = EmailCode.objects.get()
    assert _code(sent.id).encode() not in bytes(row.digest)
    assert EMAIL.encode() not in bytes(row.email)
