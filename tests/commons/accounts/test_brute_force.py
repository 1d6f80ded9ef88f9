"""Guessing: a hundred thousand guesses over a thousand accounts open none, and lock no owner out.

quality.md, "brute force". A hundred thousand real sign-ins would take a quarter of an hour. So three
proofs: every one of the 100,000 guesses that come first is refused as a password, so none is anybody's;
the rules alone, run over all 1,000 numbers, say how long it takes; and a sample of real sign-ins answers
exactly as the rules say.
"""

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password

from havre.commons.accounts import actions as accounts
from havre.foundation.signing_in.passwords import blocklist, fault_of
from havre.foundation.signing_in.waiting import failures_remembered, wait_after
from tests.builders import NOW, PASSWORD, a_member, an_active_account

GUESSES, ACCOUNTS = 100_000, 1_000
EACH = GUESSES // ACCOUNTS
# The package gives the action under the module's name.
sign_in_module = sys.modules["havre.commons.accounts.actions.sign_in"]
CHEAP = "django.contrib.auth.hashers.MD5PasswordHasher"
ARGON = "django.contrib.auth.hashers.Argon2PasswordHasher"
DEVICE = "the owner's own browser"


class Counter:
    """What the rules make of one number that somebody guesses at, as soon as each wait is over."""

    def __init__(self) -> None:
        self.failures, self.last, self.until = 0, NOW, NOW

    def fail(self, now: datetime) -> None:
        self.failures = failures_remembered(self.failures, last=self.last, now=now) + 1
        self.last, self.until = now, now + wait_after(self.failures)


def guessing_for(guesses: int) -> timedelta:
    """How long so many guesses take on one number, from as many addresses as one likes."""
    counter = Counter()
    for _guess in range(guesses):
        counter.fail(counter.until)
    return counter.last - NOW


def test_none_of_the_first_hundred_thousand_guesses_can_be_a_password() -> None:
    guesses = list(islice(sorted(blocklist(), key=len, reverse=True), GUESSES))
    assert len(guesses) == GUESSES
    assert [guess for guess in guesses if fault_of(guess, about=[]) is None] == []


def test_by_the_rules_a_hundred_guesses_a_number_take_most_of_a_day() -> None:
    took = [guessing_for(EACH) for _account in range(ACCOUNTS)]
    assert min(took) > timedelta(hours=20)


@pytest.fixture
def _cheap_hashes(settings: Any) -> Iterator[None]:
    """The hash of nobody is kept by the process: it is made again before and after."""
    settings.PASSWORD_HASHERS = [CHEAP, ARGON]
    sign_in_module._decoy.cache_clear()
    yield
    sign_in_module._decoy.cache_clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("_cheap_hashes")
def test_real_sign_ins_follow_the_rules_and_the_owner_enters_meanwhile() -> None:
    guesses = [guess for guess in blocklist() if len(guess) >= 12][:16]
    for turn in range(3):
        number = f"HV {turn}"
        _person, membership = a_member(adherent_number=number)
        account = an_active_account(membership=membership, password=make_password(PASSWORD))
        accounts.know_device(account=account.id, token=DEVICE, now=NOW)
        counter = Counter()
        for rank, guess in enumerate(guesses):
            now = counter.until
            answer = accounts.sign_in(
                typed=accounts.Typed(number, guess, f"2001:db8:{turn:x}:{rank:x}::1"), now=now
            )
            assert answer == accounts.WrongPair()
            counter.fail(now)
        now = counter.last + timedelta(seconds=1)
        right = accounts.Typed(number, PASSWORD, "2001:db8:ffff::1")
        assert accounts.sign_in(typed=right, now=now) == accounts.Waits(counter.until)
        owner = accounts.Typed(number, PASSWORD, "2001:db8:ffff::1", DEVICE)
        assert accounts.sign_in(typed=owner, now=now) == accounts.SignedIn(account.id)
