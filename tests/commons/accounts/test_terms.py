"""Accepting the terms of use (W2, W3): the very text shown, recorded with time, language and hash."""

from datetime import timedelta

import pytest

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.access import SessionAccounts
from havre.commons.accounts.models import Account, TermsAcceptance
from havre.commons.accounts.queries import seen
from havre.commons.accounts.words import Step
from tests.builders import NOW, a_member, an_active_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    _, membership = a_member(adherent_number="HV 1")
    return an_active_account(membership=membership)


def _accept(
    account: Account,
    *,
    shown: str = "hash 1",
    version: str = "1.0",
    in_force: str = "hash 1",
    after: timedelta = timedelta(),
) -> None:
    accounts.accept_terms(
        account=account.id,
        shown=shown,
        version=version,
        language="en",
        text_sha256=in_force,
        now=NOW + after,
    )


def _step(account: Account, *, version: str | None) -> Step:
    loaded = SessionAccounts().get_user(account.id)
    assert loaded
    return seen(loaded, terms_version=version).step


def test_the_acceptance_keeps_version_time_language_and_hash(account: Account) -> None:
    _accept(account)
    kept = TermsAcceptance.objects.values_list(
        "account_id", "version", "language", "text_sha256", "accepted_at"
    )
    assert list(kept) == [(account.id, "1.0", "en", "hash 1", NOW)]


def test_what_is_accepted_is_what_was_shown(account: Account) -> None:
    with pytest.raises(accounts.StaleTerms):
        _accept(account, shown="hash 0")
    assert not TermsAcceptance.objects.exists()


def test_accepting_twice_keeps_the_first(account: Account) -> None:
    _accept(account)
    _accept(account, after=timedelta(minutes=1))
    assert TermsAcceptance.objects.get().accepted_at == NOW


def test_home_is_past_the_version_in_force_and_no_other(account: Account) -> None:
    # W2, W3
    assert _step(account, version="1.0") is Step.TERMS
    _accept(account)
    assert _step(account, version="1.0") is Step.HOME
    assert _step(account, version="2.0") is Step.TERMS


def test_where_no_terms_are_loaded_nothing_can_be_accepted(account: Account) -> None:
    assert _step(account, version=None) is Step.HOME
