"""Signing in: what opens, what waits, and that nothing tells an unknown number from a known one."""

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test.utils import CaptureQueriesContext

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.actions import OpensPersonalisation, SignedIn, Typed, Waits, WrongPair
from havre.commons.accounts.models import Account, KnownDevice, ProvisionalSecret, Throttle
from havre.foundation.crypto import provisional_key, provisional_secret
from havre.foundation.db.roles import Role
from tests.builders import NOW, PASSWORD, a_member, an_account, an_active_account
from tests.database import acting_as
from tests.settings import QuickArgon2

pytestmark = pytest.mark.django_db
# The package exports the function under the name of its module.
sign_in_module = sys.modules["havre.commons.accounts.actions.sign_in"]
NUMBER, UNKNOWN = "HV 204 817 3", "HV 204 817 4"
HOME, ELSEWHERE = "192.0.2.7", "198.51.100.9"
Answer = SignedIn | OpensPersonalisation | WrongPair | Waits


@pytest.fixture
def account() -> Account:
    _, membership = a_member(adherent_number=NUMBER)
    return an_active_account(membership=membership)


def _try(
    password: str = "not the password",  # noqa: S107
    *,
    number: str = NUMBER,
    address: str = HOME,
    device: str | None = None,
    after: timedelta = timedelta(),
) -> Answer:
    typed = Typed(number=number, password=password, address=address, device=device)
    return accounts.sign_in(typed=typed, now=NOW + after)


def _fail(times: int, **typed: str) -> None:
    """Fail as often, each time as soon as it is allowed."""
    after = timedelta()
    for _ in range(times):
        while isinstance(answer := _try(after=after, **typed), Waits):
            after = answer.until - NOW
        assert isinstance(answer, WrongPair)


def test_the_number_and_its_password_open(account: Account) -> None:
    # W9
    assert _try(PASSWORD) == SignedIn(account.id)


@pytest.mark.parametrize("number", ["hv2048173", " HV-204-817-3 ", "Hv 204\u00a0817 3"])
def test_the_form_of_the_number_does_not_count(account: Account, number: str) -> None:
    assert _try(PASSWORD, number=number) == SignedIn(account.id)


@pytest.mark.parametrize("password", [PASSWORD.upper(), PASSWORD + " ", " " + PASSWORD, ""])
def test_a_password_counts_to_the_letter(account: Account, password: str) -> None:
    assert _try(password) == WrongPair()


def test_an_accent_typed_on_another_keyboard_is_the_same_letter() -> None:
    _, membership = a_member(adherent_number=NUMBER)
    chosen = unicodedata.normalize("NFC", "été à la forêt")
    account = an_active_account(membership=membership, password=make_password(chosen))
    assert _try(unicodedata.normalize("NFD", chosen)) == SignedIn(account.id)


def test_an_account_without_password_opens_with_none() -> None:
    _, membership = a_member(adherent_number=NUMBER)
    an_account(membership=membership, password="")
    for password in ("", "!", "no account has this password"):
        assert _try(password) == WrongPair()


# --- provisional passwords


def _provisional(account: Account, *, life: timedelta = timedelta(hours=24)) -> ProvisionalSecret:
    with acting_as(Role.WORKER):
        issued = accounts.issue_provisional(account=account.id, now=NOW, life=life)
    assert issued
    return ProvisionalSecret.objects.get(id=issued.id)


def _opening() -> Account:
    _, membership = a_member(adherent_number=NUMBER)
    return an_account(membership=membership, password="")


def test_a_provisional_password_opens_only_personalisation() -> None:
    account = _opening()
    row = _provisional(account)
    secret = provisional_secret(provisional_key(), row.id)
    assert _try(secret) == OpensPersonalisation(account.id, row.id)


def test_case_spaces_and_dashes_of_a_provisional_password_are_forgiven() -> None:
    account = _opening()
    row = _provisional(account)
    secret = provisional_secret(provisional_key(), row.id)
    for typed in (secret.lower(), secret.replace("-", ""), f"  {secret.replace('-', ' ')} "):
        assert _try(typed) == OpensPersonalisation(account.id, row.id)


def test_an_expired_provisional_password_opens_nothing() -> None:
    row = _provisional(_opening())
    secret = provisional_secret(provisional_key(), row.id)
    assert _try(secret, after=timedelta(hours=24)) == WrongPair()


def test_a_used_provisional_password_opens_nothing() -> None:
    row = _provisional(_opening())
    row.used_at = NOW
    row.save(update_fields=["used_at"])
    assert _try(provisional_secret(provisional_key(), row.id)) == WrongPair()


def test_a_provisional_password_opens_no_other_account(account: Account) -> None:
    _, other = a_member(adherent_number="HV 9")
    row = _provisional(an_account(membership=other, password=""))
    assert _try(provisional_secret(provisional_key(), row.id)) == WrongPair()


def test_a_provisional_password_has_120_bits_and_only_its_hash_is_kept() -> None:
    row = _provisional(_opening())
    secret = provisional_secret(provisional_key(), row.id).replace("-", "")
    assert len(secret) * 5 == 120
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p::text, a::text FROM accounts_provisionalsecret p, accounts_account a"
        )
        assert secret not in str(cursor.fetchall())


# --- waiting


def test_four_failures_bring_no_wait(account: Account) -> None:
    for _ in range(4):
        assert _try() == WrongPair()
    assert _try(PASSWORD) == SignedIn(account.id)


def test_the_fifth_failure_brings_a_wait_that_doubles(account: Account) -> None:
    _fail(5)
    assert _try(PASSWORD) == Waits(NOW + timedelta(seconds=5))
    assert _try(after=timedelta(seconds=5)) == WrongPair()
    assert _try(PASSWORD, after=timedelta(seconds=14)) == Waits(NOW + timedelta(seconds=15))
    assert _try(PASSWORD, after=timedelta(seconds=15)) == SignedIn(account.id)


def test_a_wait_is_never_longer_than_a_quarter_of_an_hour(account: Account) -> None:
    _fail(16)
    waits = Throttle.objects.values_list("last_failure_at", "wait_until")
    assert {until - last for last, until in waits} == {timedelta(minutes=15)}


def test_waiting_is_no_failure(account: Account) -> None:
    _fail(5)
    before = set(Throttle.objects.values_list("failures", "wait_until"))
    for _ in range(10):
        assert isinstance(_try(), Waits)
    assert set(Throttle.objects.values_list("failures", "wait_until")) == before


def test_a_number_waits_from_whichever_address(account: Account) -> None:
    for last in range(5):
        assert _try(address=f"198.51.100.{last}") == WrongPair()
    assert isinstance(_try(PASSWORD, address=ELSEWHERE), Waits)


def test_an_address_waits_for_whichever_number(account: Account) -> None:
    for last in range(5):
        assert _try(number=f"HV {last}") == WrongPair()
    assert isinstance(_try(PASSWORD), Waits)
    assert _try(PASSWORD, address=ELSEWHERE) == SignedIn(account.id)


def test_a_success_forgets_the_failures_of_the_number_not_of_the_address(account: Account) -> None:
    _fail(4)
    assert _try(PASSWORD) == SignedIn(account.id)
    assert [row.failures for row in Throttle.objects.all()] == [4]
    for _ in range(4):
        assert _try(address=ELSEWHERE) == WrongPair()


def test_a_quiet_day_forgets(account: Account) -> None:
    _fail(9)
    assert _try(after=timedelta(hours=25)) == WrongPair()
    assert _try(PASSWORD, after=timedelta(hours=25)) == SignedIn(account.id)


def test_the_owner_on_a_known_device_is_never_slowed_by_others(account: Account) -> None:
    accounts.know_device(account=account.id, token="owner-token", now=NOW)
    _fail(12)
    assert isinstance(_try(PASSWORD), Waits)
    assert _try(PASSWORD, device="owner-token") == SignedIn(account.id)


def test_a_known_device_waits_for_its_own_failures(account: Account) -> None:
    accounts.know_device(account=account.id, token="owner-token", now=NOW)
    _fail(5, device="owner-token")
    assert isinstance(_try(PASSWORD, device="owner-token"), Waits)
    assert _try(PASSWORD) == SignedIn(account.id)


def test_a_device_known_for_one_account_is_no_key_to_another(account: Account) -> None:
    _, membership = a_member(adherent_number="HV 9")
    other = an_active_account(membership=membership)
    accounts.know_device(account=other.id, token="theirs", now=NOW)
    _fail(5)
    assert isinstance(_try(PASSWORD, device="theirs"), Waits)


def test_two_who_share_a_browser_are_both_known_there(account: Account) -> None:
    _, membership = a_member(adherent_number="HV 9")
    spouse = an_active_account(membership=membership)
    for someone in (account, spouse, account):
        accounts.know_device(account=someone.id, token="shared", now=NOW)
    assert KnownDevice.objects.count() == 2
    _fail(9)
    _fail(9, number="HV 9", address=ELSEWHERE)
    assert _try(PASSWORD, device="shared") == SignedIn(account.id)
    assert _try(PASSWORD, device="shared", number="HV 9") == SignedIn(spouse.id)


def test_guesses_sent_at_once_meet_what_the_others_counted(account: Account) -> None:
    """All were let in by the first look; what five of them counted holds for the sixth."""
    real, nested = sign_in_module.check_password, []

    def slow(password: str, encoded: str) -> bool:
        if not nested:
            nested.append(1)
            _fail(5)
        return real(password, encoded)

    with patch.object(sign_in_module, "check_password", slow):
        assert isinstance(_try(PASSWORD), Waits)


# --- no enumeration


class _Counting(QuickArgon2):
    work: list[str] = []

    def verify(self, password: str, encoded: str) -> bool:
        self.work.append("verify")
        return super().verify(password, encoded)

    def encode(self, password: str, salt: str) -> str:
        self.work.append("encode")
        return super().encode(password, salt)


@contextmanager
def _watched() -> Iterator[tuple[list[str], list[str]]]:
    """The statements and the password hashes of what is done inside."""
    statements: list[str] = []
    _Counting.work = []
    with (
        patch("django.contrib.auth.hashers.get_hasher", lambda *_: _Counting()),
        patch("django.contrib.auth.hashers.identify_hasher", lambda *_: _Counting()),
        CaptureQueriesContext(connection) as captured,
    ):
        yield statements, _Counting.work
    for query in captured.captured_queries:
        words = query["sql"].split()
        table = next((word for word in words if word.startswith('"accounts_')), "")
        statements.append(f"{words[0]} {table.partition('.')[0]}")


def _shape(
    number: str, *, address: str = HOME, device: str | None = None
) -> tuple[list[str], list[str], str]:
    with _watched() as (statements, hashes):
        answer = _try(number=number, address=address, device=device)
    return statements, list(hashes), type(answer).__name__


@pytest.mark.parametrize("device", [None, "some-token"])
def test_an_unknown_number_costs_the_same_statements_and_hashes(
    account: Account, device: str | None
) -> None:
    # W9; quality.md, "enumeration"
    _, opening = a_member(adherent_number="HV 111 111 1")
    an_account(membership=opening, password="")
    for _attempt in range(7):  # the last ones wait
        shapes = [
            _shape(number, address=f"192.0.2.{rank}", device=device)
            for rank, number in enumerate((NUMBER, UNKNOWN, "HV 111 111 1"))
        ]
        assert shapes[0] == shapes[1] == shapes[2]
        assert shapes[0][1] == ["verify"]
    assert shapes[0][2] == "Waits"


def test_the_first_sign_in_of_a_process_makes_the_decoy_whoever_asks(account: Account) -> None:
    shapes = []
    for number in (UNKNOWN, NUMBER):
        sign_in_module._decoy.cache_clear()
        shapes.append(_shape(number))
    assert shapes[0] == shapes[1]


def test_the_decoy_costs_what_a_real_hash_costs(account: Account) -> None:
    def parameters(encoded: str) -> str:
        return encoded.rpartition("$")[0].rpartition("$")[0]

    assert parameters(sign_in_module._decoy()) == parameters(account.password)


# --- what is kept of a sign-in


def test_the_last_sign_in_is_kept_while_the_next_one_goes_on(account: Account) -> None:
    # W15
    accounts.note_sign_in(account=account.id, zone="Asia/Singapore", now=NOW)
    account.refresh_from_db()
    assert account.previous_sign_in_at is None
    accounts.note_sign_in(account=account.id, zone=None, now=NOW + timedelta(days=2))
    account.refresh_from_db()
    assert (account.previous_sign_in_at, account.previous_sign_in_zone) == (NOW, "Asia/Singapore")
    assert account.signed_in_zone is None


def test_counters_and_devices_hold_no_number_address_or_token(account: Account) -> None:
    accounts.know_device(account=account.id, token="owner-token", now=NOW)
    _fail(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text, d::text FROM accounts_throttle t, accounts_knowndevice d")
        kept = str(cursor.fetchall())
    for clear in ("HV2048173", HOME, "owner-token"):
        assert clear not in kept
        assert clear.encode().hex() not in kept
