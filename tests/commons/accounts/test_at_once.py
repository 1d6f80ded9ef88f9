"""Two at the same moment, on connections of their own: everything here is committed for real."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.actions import (
    OpensPersonalisation,
    SecretNoLongerOpens,
    SignedIn,
    Typed,
    Waits,
    WrongPair,
)
from havre.commons.accounts.models import Account, EmailCode, Throttle
from havre.foundation.crypto import provisional_key, provisional_secret
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.db.roles import Role
from tests.at_once import at_once
from tests.builders import NOW, PASSWORD, a_member, an_account, an_active_account
from tests.database import acting_as

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "HV 204 817 3"
LIFE = timedelta(hours=24)


def _try(password: str) -> SignedIn | OpensPersonalisation | WrongPair | Waits:
    typed = Typed(number=NUMBER, password=password, address="192.0.2.7")
    return accounts.sign_in(typed=typed, now=NOW)


def _opening() -> Account:
    _, membership = a_member(adherent_number=NUMBER)
    return an_account(membership=membership, password="")


def test_of_two_who_personalise_at_once_one_password_is_kept() -> None:
    account = _opening()
    with acting_as(Role.WORKER), acting(actor=Actor("tests", Channel.JOB, "issue")):
        issued = accounts.issue_provisional(account=account.id, now=NOW, life=LIFE)
    assert issued
    secret = provisional_secret(provisional_key(), issued.id)
    assert (
        at_once(2, lambda _rank: _try(secret)) == [OpensPersonalisation(account.id, issued.id)] * 2
    )
    passwords = [PASSWORD, "une-tout-autre-phrase"]

    def choose(rank: int) -> bool:
        try:
            accounts.choose_password(
                account=account.id,
                secret=issued.id,
                password=passwords[rank],
                about=[],
                tell=accounts.KnownAddress(None, "fr"),
                now=NOW,
            )
        except SecretNoLongerOpens:
            return False
        return True

    kept = at_once(2, choose)
    assert sorted(kept) == [False, True]
    account.refresh_from_db()
    assert check_password(passwords[kept.index(True)], account.password)


def test_a_burst_of_guesses_gets_no_more_tries_than_one_after_the_other() -> None:
    _, membership = a_member(adherent_number=NUMBER)
    an_active_account(membership=membership)
    answers = at_once(12, lambda rank: _try(f"guess {rank}"))
    assert sum(isinstance(answer, WrongPair) for answer in answers) == 5
    assert sum(isinstance(answer, Waits) for answer in answers) == 7
    assert set(Throttle.objects.values_list("failures", flat=True)) == {5}


def test_issues_asked_for_at_once_are_one() -> None:
    account = _opening()

    def issue(_rank: int) -> bool:
        with acting_as(Role.WORKER), acting(actor=Actor("tests", Channel.JOB, "issue")):
            return accounts.issue_provisional(account=account.id, now=NOW, life=LIFE) is not None

    assert sorted(at_once(3, issue)) == [False, False, True]


def test_codes_asked_for_at_once_are_one() -> None:
    account = _opening()

    def issue(_rank: int) -> bool:
        with acting(actor=Actor("tests", Channel.ONLINE, "confirm")):
            return accounts.issue_email_code(
                account=account.id, email="a@example.org", again=False, now=NOW, life=LIFE
            ).fresh

    assert sorted(at_once(3, issue)) == [False, False, True]
    assert EmailCode.objects.count() == 1
