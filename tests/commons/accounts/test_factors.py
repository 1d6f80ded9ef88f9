"""Second factors: what opens, once each, and what closes when they change."""

import json
from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.actions import (
    Closed,
    Confirmed,
    Guess,
    NeedsSecondStep,
    SignedIn,
    Site,
    Typed,
    Waits,
    WrongPair,
    WrongPasskey,
)
from havre.commons.accounts.models import Account, CodeApp, KnownDevice, Passkey, RecoveryCode
from havre.foundation.crypto import provisional_key, provisional_secret
from havre.foundation.db import Actor, Channel, Role, acting
from tests.authenticator import Device
from tests.builders import (
    NOW,
    PASSWORD,
    a_member,
    a_passkey,
    a_recovery_code,
    an_account,
    an_active_account,
    an_app,
)
from tests.database import acting_as

pytestmark = pytest.mark.django_db
NUMBER, HOME, ELSEWHERE = "HV 204 817 3", "192.0.2.7", "198.51.100.9"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SITE = Site("Havre", "localhost", "http://localhost")
ACTOR = Actor(name="tests", channel=Channel.ONLINE, purpose="second factors")
HALF_MINUTE = timedelta(seconds=30)


@pytest.fixture
def account() -> Account:
    _, membership = a_member(adherent_number=NUMBER)
    return an_active_account(membership=membership)


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


def take(account: Account, code: str, *, now: datetime = NOW, **from_where: Any) -> Any:
    guess = Guess(code, **{"address": HOME, **from_where})
    return accounts.take_code(account=account.id, guess=guess, now=now)


def typed(password: str = PASSWORD, device: str | None = None) -> Any:
    return accounts.sign_in(typed=Typed(NUMBER, password, HOME, device), now=NOW)


def add_passkey(account: Account, device: Device, *, site: Site = SITE) -> tuple[str, ...]:
    asked = accounts_seen.new_passkey_challenge(
        site=site, account=account.id, number="HV", name="Claire"
    )
    options = json.loads(json.dumps(asked.options))
    with acting(actor=ACTOR):
        return accounts.add_passkey(
            account=account.id,
            answer=json.loads(device.make(options)),
            site=SITE,
            state=asked.state,
            name="Phone",
            now=NOW,
        )


def use_passkey(device: Device, account: Account | None = None) -> Any:
    asked = accounts_seen.passkey_challenge(site=SITE, account=account.id if account else None)
    options = json.loads(json.dumps(asked.options))
    return accounts.take_passkey(
        account=account.id if account else None,
        answer=json.loads(device.use(options)),
        site=SITE,
        state=asked.state,
        now=NOW,
    )


# --- An app ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("away", "opens"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_clock_may_be_half_a_minute_off(account: Account, away: int, opens: bool) -> None:
    an_app(account, SECRET)
    answer = take(account, code_at(NOW + timedelta(seconds=away)))
    assert answer == (Confirmed(account.id) if opens else WrongPair())


def test_no_code_opens_twice_nor_an_older_one_after_it(account: Account) -> None:
    an_app(account, SECRET)
    assert take(account, code_at(NOW)) == Confirmed(account.id)
    assert take(account, code_at(NOW)) == WrongPair()
    assert take(account, code_at(NOW - HALF_MINUTE)) == WrongPair()
    assert take(account, code_at(NOW + HALF_MINUTE), now=NOW + HALF_MINUTE) == Confirmed(account.id)


def test_an_app_opens_nothing_before_its_first_code(account: Account) -> None:
    with acting(actor=ACTOR):
        accounts.begin_app(account=account.id, now=NOW)
    assert isinstance(typed(), SignedIn)
    begun = accounts_seen.app_begun(account=account.id, number="HV2048173", house="Havre")
    assert begun
    assert begun.address.startswith("otpauth://totp/Havre:HV2048173?secret=" + begun.secret)
    with acting(actor=ACTOR):
        accounts.begin_app(account=account.id, now=NOW)  # a double click
        assert accounts.finish_app(account=account.id, code="000000", now=NOW) is None
        code = pyotp.TOTP(begun.secret).at(NOW)
        codes = accounts.finish_app(account=account.id, code=code, now=NOW)
    assert codes
    assert len(set(codes)) == 10
    assert typed() == NeedsSecondStep(account.id, None)
    assert take(account, code) == WrongPair()  # it was given once, to add the app


def test_the_secret_is_sealed(account: Account) -> None:
    with acting(actor=ACTOR):
        accounts.begin_app(account=account.id, now=NOW)
    begun = accounts_seen.app_begun(account=account.id, number="HV", house="Havre")
    assert begun
    assert begun.secret.encode() not in bytes(CodeApp.objects.get().secret)


# --- Guesses --------------------------------------------------------------------------------------


def test_guesses_of_a_code_are_slowed_whatever_the_password_does(account: Account) -> None:
    an_app(account, SECRET)
    for _guess in range(5):
        assert take(account, "000000") == WrongPair()
        typed()  # the right password sets back its own counter, not this one
    assert isinstance(take(account, code_at(NOW)), Waits)


def test_the_owners_browser_is_not_slowed_by_others(account: Account) -> None:
    an_app(account, SECRET)
    accounts.know_device(account=account.id, token="mine", now=NOW)
    for _guess in range(5):
        take(account, "000000", address=ELSEWHERE)
    assert take(account, code_at(NOW), device="mine") == Confirmed(account.id)


# --- Recovery codes -------------------------------------------------------------------------------


def test_ten_passkeys_are_the_most(account: Account) -> None:
    for _number in range(9):
        a_passkey(account)
    add_passkey(account, Device())
    with pytest.raises(accounts.TooManyPasskeys):
        add_passkey(account, Device())
    assert Passkey.objects.count() == 10


def test_a_recovery_code_opens_once(account: Account) -> None:
    an_app(account, SECRET)
    a_recovery_code(account, "ABCD-EFGH-JKMN")
    assert take(account, "abcdefghjkmn") == Confirmed(account.id, by_recovery_code=True)
    assert take(account, "ABCD-EFGH-JKMN") == WrongPair()


def test_another_s_recovery_code_opens_nothing(account: Account) -> None:
    _, membership = a_member(adherent_number="HV 1")
    a_recovery_code(an_active_account(membership=membership), "ABCD-EFGH-JKMN")
    assert take(account, "ABCD-EFGH-JKMN") == WrongPair()


def test_new_codes_take_the_place_of_the_others(account: Account) -> None:
    an_app(account, SECRET)
    a_recovery_code(account, "ABCD-EFGH-JKMN")
    with acting(actor=ACTOR):
        codes = accounts.renew_recovery_codes(account=account.id, now=NOW)
    assert take(account, "ABCD-EFGH-JKMN") == WrongPair()
    assert take(account, codes[9]) == Confirmed(account.id, by_recovery_code=True)
    assert all(codes[0].encode() not in bytes(row.digest) for row in RecoveryCode.objects.all())


# --- Passkeys -------------------------------------------------------------------------------------


def test_a_passkey_signs_in_by_itself(account: Account) -> None:
    device = Device()
    assert len(add_passkey(account, device)) == 10
    assert use_passkey(device) == SignedIn(account.id)
    assert use_passkey(device, account) == SignedIn(account.id)
    assert Passkey.objects.get().sign_count == 2


def test_codes_are_made_with_the_first_factor_only(account: Account) -> None:
    add_passkey(account, Device())
    assert add_passkey(account, Device()) == ()


@pytest.mark.parametrize(
    "device",
    [Device(origin="http://localhost:1"), Device(host="example.org"), Device(verifies=False)],
    ids=["another site", "bound to another host", "without verification"],
)
def test_a_passkey_that_proves_too_little_is_refused(account: Account, device: Device) -> None:
    with pytest.raises(WrongPasskey):
        add_passkey(account, device)
    good = Device(key=device.key, credential=device.credential)
    add_passkey(account, good)
    with pytest.raises(WrongPasskey):
        use_passkey(device)


def test_a_copy_a_stranger_s_and_another_key_s_are_refused(account: Account) -> None:
    device = Device()
    add_passkey(account, device)
    use_passkey(device)
    device.count = 0
    with pytest.raises(WrongPasskey):
        use_passkey(device)  # the count goes back: a copy
    with pytest.raises(WrongPasskey):
        use_passkey(Device(credential=device.credential, count=9))
    _, membership = a_member(adherent_number="HV 1")
    device.count = 9
    with pytest.raises(WrongPasskey):
        use_passkey(device, an_active_account(membership=membership))


@pytest.mark.parametrize("answer", [{}, {"rawId": 1}, {"id": "", "rawId": "", "response": []}])
def test_what_is_no_answer_is_refused(account: Account, answer: dict[str, Any]) -> None:
    asked = accounts_seen.passkey_challenge(site=SITE, account=None)
    with pytest.raises(WrongPasskey):
        accounts.take_passkey(
            account=account.id, answer=answer, site=SITE, state=asked.state, now=NOW
        )


def test_a_passkey_of_a_closed_account_says_so(account: Account) -> None:
    device = Device()
    add_passkey(account, device)
    with acting_as(Role.OWNER):
        Account.objects.update(state="SUSPENDED", closed_for="REPORTED")
    assert isinstance(use_passkey(device), Closed)


# --- The gate -------------------------------------------------------------------------------------


def test_a_remembered_device_is_not_asked_until_its_day(account: Account) -> None:
    an_app(account, SECRET)
    until = NOW + timedelta(days=30)
    accounts.know_device(account=account.id, token="mine", now=NOW, remembered_until=until)
    accounts.know_device(account=account.id, token="other", now=NOW)
    assert typed(device="mine") == SignedIn(account.id)
    assert typed(device="other") == NeedsSecondStep(account.id, None)
    late = accounts.sign_in(typed=Typed(NUMBER, PASSWORD, HOME, "mine"), now=until)
    assert late == NeedsSecondStep(account.id, None)


def _remembered(account: Account) -> int:
    rows = KnownDevice.objects.filter(account=account).exclude(remembered_until=None)
    return rows.count()


def test_devices_are_forgotten_when_factors_change(account: Account) -> None:
    def remember() -> None:
        until = NOW + timedelta(days=30)
        accounts.know_device(account=account.id, token="mine", now=NOW, remembered_until=until)
        assert _remembered(account) == 1

    remember()
    add_passkey(account, Device())
    assert _remembered(account) == 0
    remember()
    with acting(actor=ACTOR):
        accounts.remove_factor(account=account.id, factor=Passkey.objects.get().id)
    assert _remembered(account) == 0
    assert RecoveryCode.objects.count() == 0  # with the last factor


def test_devices_are_forgotten_when_the_password_changes(account: Account) -> None:
    until = NOW + timedelta(days=30)
    accounts.know_device(account=account.id, token="mine", now=NOW, remembered_until=until)
    accounts.change_password(
        account=account.id,
        password="lanterne-corail-octobre",  # of a fictional person
        about=[],
        tell=accounts.KnownAddress(None, "fr"),
        keep=None,
        now=NOW,
    )
    assert _remembered(account) == 0


def _provisional(account: Account) -> tuple[Any, str]:
    with acting_as(Role.OWNER):
        Account.objects.filter(id=account.id).update(state="OPENING")
    with acting_as(Role.WORKER):
        issued = accounts.issue_provisional(account=account.id, now=NOW, life=timedelta(hours=24))
    assert issued
    return issued.id, provisional_secret(provisional_key(), issued.id)


def test_a_provisional_password_does_not_pass_by_a_factor() -> None:
    # W10: not even from a remembered device: the mailbox it came from may be read by another.
    _, membership = a_member(adherent_number=NUMBER)
    account = an_account(membership=membership, password="")
    an_app(account, SECRET)
    until = NOW + timedelta(days=30)
    accounts.know_device(account=account.id, token="mine", now=NOW, remembered_until=until)
    secret, password = _provisional(account)
    assert typed(password) == NeedsSecondStep(account.id, secret)
    assert typed(password, device="mine") == NeedsSecondStep(account.id, secret)


def test_a_new_factor_closes_what_was_open_without_it(account: Account) -> None:
    secret, _password = _provisional(account)
    assert accounts_seen.still_opens(secret=secret, now=NOW)
    add_passkey(account, Device())
    assert not accounts_seen.still_opens(secret=secret, now=NOW)


def test_another_s_factor_is_not_removed(account: Account) -> None:
    _, membership = a_member(adherent_number="HV 1")
    add_passkey(an_active_account(membership=membership), Device())
    with pytest.raises(accounts.UnknownFactor), acting(actor=ACTOR):
        accounts.remove_factor(account=account.id, factor=Passkey.objects.get().id)
