"""Signing in and out over HTTP: sessions, cookies, waits, devices, and what no form can break."""

from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.utils import translation

from havre.commons.accounts.models import Account, KnownDevice, Session
from havre.doors.portal.identity import DEVICE_COOKIE
from havre.doors.ui.browsers import address_of
from tests.builders import NOW, PASSWORD, an_active_account
from tests.doors.portal.at_the_gate import (
    HOME,
    OPEN_TO_ALL,
    SIGN_IN,
    browser,
    leads_to,
    opening,
    personal_addresses,
    sign_in,
    text_of,
)
from tests.journeys.account_opening.asking import NUMBER, the_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
SESSION = settings.SESSION_COOKIE_NAME


@pytest.fixture
def account() -> Account:
    return an_active_account(membership=the_member(language="en"))


def _signed_in(client: Client) -> bool:
    """Home reads, or leads to a step: anything but sign-in."""
    answer = client.get("/en/contracts")
    return answer.status_code == 200 or leads_to(answer) != SIGN_IN


# --- in


def test_the_right_pair_leads_home(client: Client, account: Account) -> None:
    # W9
    assert leads_to(sign_in(client)) == HOME
    assert _signed_in(client)


@pytest.mark.parametrize(
    "pair",
    [
        {"password": "not the password"},
        {"number": "HV 000 000 0"},
        {"password": PASSWORD.upper()},
    ],
)
def test_a_wrong_pair_stays_at_the_gate(
    client: Client, account: Account, pair: dict[str, str]
) -> None:
    answer = sign_in(client, **pair)
    assert answer.status_code == 422
    assert "do not match" in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    assert not _signed_in(client)


@pytest.mark.parametrize("query", ["next=https://evil.example/", "next=//evil.example", "next=/x"])
def test_nobody_is_led_elsewhere(client: Client, account: Account, query: str) -> None:
    form = {"number": NUMBER, "password": PASSWORD, "next": "https://evil.example/"}
    assert leads_to(client.post(f"{SIGN_IN}?{query}", form)) == HOME


def test_someone_signed_in_is_led_home(client: Client, account: Account) -> None:
    sign_in(client)
    assert leads_to(client.get(SIGN_IN)) == HOME


def test_without_a_session_every_personal_page_leads_to_sign_in(client: Client) -> None:
    addresses = personal_addresses()
    assert len(addresses) >= 4
    for address in addresses:
        with translation.override("en"):
            assert leads_to_or_405(client.get(address)) == SIGN_IN, address
            assert leads_to_or_405(client.post(address)) == SIGN_IN, address


def leads_to_or_405(answer: Any) -> str:
    return SIGN_IN if answer.status_code == 405 else leads_to(answer).replace("/fr/", "/en/")


def test_a_form_without_its_token_is_refused(account: Account) -> None:
    client = browser(enforce_csrf_checks=True)
    for address in (SIGN_IN, "/en/create-account", "/en/sign-out", "/en/first-sign-in/password"):
        answer = client.post(address, {"number": NUMBER, "password": PASSWORD})
        assert answer.status_code == 403, address
        assert "stayed open too long" in answer.content.decode()


# --- sessions


def test_a_session_begins_under_a_new_key_and_the_one_before_is_dead(account: Account) -> None:
    client = browser()
    sign_in(client)
    before = client.cookies[SESSION].value
    sign_in(client)
    after = client.cookies[SESSION].value
    assert before != after
    assert not Session.objects.filter(session_key=before).exists()
    stolen = browser()
    stolen.cookies[SESSION] = before
    assert not _signed_in(stolen)


def test_a_key_chosen_by_someone_else_is_not_taken(account: Account) -> None:
    client = browser()
    client.cookies[SESSION] = chosen = "a" * 32
    sign_in(client)
    assert client.cookies[SESSION].value != chosen


def test_sign_out_deletes_the_session_and_the_page_after_is_sign_in(
    client: Client, account: Account
) -> None:
    # W16
    sign_in(client)
    key = client.cookies[SESSION].value
    answer = client.post("/en/sign-out")
    assert leads_to(answer) == SIGN_IN
    assert not Session.objects.filter(session_key=key).exists()
    assert not _signed_in(client)
    kept = browser()
    kept.cookies[SESSION] = key
    assert not _signed_in(kept)


def test_the_back_button_finds_nothing_kept(client: Client, account: Account) -> None:
    sign_in(client)
    for address in ("/en/contracts", "/en/first-sign-in/email", SIGN_IN):
        assert client.get(address)["Cache-Control"] == "no-store"
    assert client.post("/en/sign-out")["Clear-Site-Data"] == '"cache"'


def test_sign_out_is_no_link(client: Client, account: Account) -> None:
    sign_in(client)
    assert client.get("/en/sign-out").status_code == 405
    assert _signed_in(client)


def test_a_session_not_used_ends(client: Client, account: Account) -> None:
    sign_in(client)
    with time_machine.travel(NOW + timedelta(minutes=settings.HAVRE.SESSION_MINUTES + 1)):
        assert not _signed_in(client)


def test_a_session_in_use_goes_on(client: Client, account: Account) -> None:
    sign_in(client)
    for minutes in (20, 40, 60):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            assert _signed_in(client)


def test_a_session_in_use_ends_too_after_a_day_at_work(client: Client, account: Account) -> None:
    """Whoever holds a stolen cookie cannot keep it alive for ever."""
    sign_in(client)
    key = client.cookies[SESSION].value
    longest = timedelta(hours=settings.HAVRE.SESSION_LONGEST_HOURS)
    after = timedelta()
    while after < longest:
        after += timedelta(minutes=settings.HAVRE.SESSION_MINUTES - 5)
        with time_machine.travel(NOW + after, tick=False):
            assert _signed_in(client) is (after <= longest)
    assert not Session.objects.filter(session_key=key).exists()


def test_another_password_ends_the_sessions_of_before(client: Client, account: Account) -> None:
    sign_in(client)
    account.password = make_password("une-tout-autre-phrase")
    account.save(update_fields=["password"])
    assert not _signed_in(client)


def test_cookies_are_for_this_site_alone_and_no_script_reads_them(
    client: Client, account: Account
) -> None:
    sign_in(client)
    for name in (SESSION, DEVICE_COOKIE):
        cookie = client.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]
        assert bool(cookie["secure"]) is settings.HTTPS


def test_a_session_holds_ids_and_no_secret(client: Client, account: Account) -> None:
    sign_in(client)
    assert set(client.session.keys()) == {
        *("_auth_user_id", "_auth_user_backend", "_auth_user_hash"),
        *("name", "used", "began", "confirmed"),
        *("handle", "zone", "browser", "system"),
    }
    kept = str(dict(client.session))
    for clear in (PASSWORD, account.password, NUMBER, account.number_key):
        assert clear not in kept


def test_the_session_of_a_provisional_password_does_not_hold_it(client: Client) -> None:
    _, secret = opening()
    sign_in(client, password=secret)
    assert set(client.session.keys()) == {"provisional", "_session_expiry"}
    assert set(client.session["provisional"]) == {"account", "secret", "zone"}
    assert secret not in str(dict(client.session))


# --- the last sign-in


def _last(account: Account) -> tuple[datetime | None, str | None]:
    account.refresh_from_db()
    return account.signed_in_at, account.signed_in_zone


def test_date_time_and_zone_of_a_sign_in_are_kept(client: Client, account: Account) -> None:
    # W15
    sign_in(client)
    assert _last(account) == (NOW, "Asia/Singapore")
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        sign_in(client, time_zone="")
    assert _last(account) == (NOW + timedelta(days=1), None)
    assert (account.previous_sign_in_at, account.previous_sign_in_zone) == (NOW, "Asia/Singapore")


@pytest.mark.parametrize("zone", ["Nowhere/City", "../../etc/passwd", "\0", "x" * 5000])
def test_a_zone_that_does_not_exist_is_none(client: Client, account: Account, zone: str) -> None:
    assert leads_to(sign_in(client, time_zone=zone)) == HOME
    assert _last(account) == (NOW, None)


def test_a_failure_is_no_sign_in(client: Client, account: Account) -> None:
    sign_in(client, password="not the password")
    assert _last(account) == (None, None)


# --- waits and devices


def test_the_wait_is_told_in_seconds_then_in_minutes(client: Client, account: Account) -> None:
    for _ in range(5):
        sign_in(client, password="not the password")
    answer = sign_in(client)
    assert answer.status_code == 422
    assert "Wait 5 seconds, then try again" in answer.content.decode()
    moment = NOW
    for _ in range(6):
        moment += timedelta(minutes=10)
        with time_machine.travel(moment, tick=False):
            sign_in(client, password="not the password")
            page = sign_in(client).content.decode()
    assert "Wait 6 minutes, then try again" in page


def test_after_the_wait_one_signs_in(client: Client, account: Account) -> None:
    for _ in range(5):
        sign_in(client, password="not the password")
    with time_machine.travel(NOW + timedelta(seconds=5), tick=False):
        assert leads_to(sign_in(client)) == HOME


def test_the_owners_browser_is_not_locked_by_others(account: Account) -> None:
    owner, thief = browser(), browser()
    sign_in(owner)
    owner.post("/en/sign-out")
    for _ in range(9):
        sign_in(thief, password="not the password")
    assert sign_in(thief).status_code == 422
    assert leads_to(sign_in(owner)) == HOME


def test_a_browser_is_known_once_and_its_token_is_not_kept(account: Account) -> None:
    client = browser()
    for _ in range(3):
        sign_in(client)
    (device,) = KnownDevice.objects.all()
    assert client.cookies[DEVICE_COOKIE].value.encode() not in bytes(device.digest)


def test_a_provisional_password_makes_no_device_known(client: Client) -> None:
    _, secret = opening()
    sign_in(client, password=secret)
    assert not KnownDevice.objects.exists()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "10.0.0.1", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_address_is_what_trusted_proxies_say_and_no_further(
    rf: Any, proxies: int, forwarded: str, address: str
) -> None:
    request = rf.get("/", headers={"x-forwarded-for": forwarded})
    with patch.object(settings.HAVRE, "TRUSTED_PROXIES", proxies):
        assert address_of(request) == address


# --- what no form can break

FORMS = {
    SIGN_IN: {"number": NUMBER, "password": PASSWORD},
    "/en/create-account": {
        "family_name": "Le Goff",
        "first_name": "Hélène",
        "birth_date": "05/03/1980",
        "email": "h@example.org",
        "adherent_number": NUMBER,
    },
}
FIELDS = [(address, name) for address, form in FORMS.items() for name in form]


@pytest.mark.parametrize(("address", "name"), FIELDS)
@pytest.mark.parametrize("value", ["", " ", "\0", "a\0b", "x" * 5000, "😀" * 400])
def test_every_field_refuses_what_cannot_be_kept(
    client: Client, account: Account, address: str, name: str, value: str
) -> None:
    answer = client.post(address, FORMS[address] | {name: value})
    assert answer.status_code == 422
    assert f'id="{name}"' in answer.content.decode()


def test_a_long_password_is_refused_before_it_is_hashed(client: Client, account: Account) -> None:
    with patch("django.contrib.auth.hashers.Argon2PasswordHasher.verify") as verify:
        assert sign_in(client, password="x" * 257).status_code == 422
        assert sign_in(client, password="x" * 900_000).status_code == 422
    verify.assert_not_called()


def test_a_body_of_a_megabyte_is_refused(client: Client, account: Account) -> None:
    assert sign_in(client, password="x" * 1_100_000).status_code == 400


@pytest.mark.parametrize(
    "cookie", [r'"abcdefgh\000"', "short", "' OR 1=1 --", "x" * 4000, "é" * 32, "A" * 32, ""]
)
@pytest.mark.parametrize("name", [SESSION, DEVICE_COOKIE])
def test_a_cookie_that_we_did_not_write_is_none(
    client: Client, account: Account, name: str, cookie: str
) -> None:
    for address in (HOME, SIGN_IN):
        answer = client.get(address, HTTP_COOKIE=f"{name}={cookie}")
        assert answer.status_code in {200, 302}
    form = FORMS[SIGN_IN]
    assert leads_to(client.post(SIGN_IN, form, HTTP_COOKIE=f"{name}={cookie}")) == HOME


# --- asking for an account


def test_the_form_asks_for_five_things_under_its_tab(client: Client) -> None:
    # W6
    page = client.get("/fr/create-account").content.decode()
    for name in FORMS["/en/create-account"]:
        assert f'name="{name}"' in page
    assert page.count('name="') - page.count('name="csrfmiddlewaretoken"') - page.count(
        "<meta name="
    ) == len(FORMS["/en/create-account"])
    assert reverse("portal:legal-notice").rpartition("/")[2] in page  # W4


@pytest.mark.parametrize(
    "day", ["16/06/2026", "01/01/2999", "05/03/1880", "31/02/1980", "00/00/0000", "hier"]
)
def test_a_day_that_cannot_be_a_birth_is_refused(client: Client, day: str) -> None:
    form = FORMS["/en/create-account"] | {"birth_date": day}
    answer = client.post("/en/create-account", form)
    assert answer.status_code == 422
    assert f'value="{day}"' in answer.content.decode()


def test_what_was_received_is_said_at_an_address_that_can_be_reloaded(client: Client) -> None:
    answer = client.post("/en/create-account", FORMS["/en/create-account"])
    assert leads_to(answer) == "/en/create-account/received"
    assert client.get("/en/create-account/received").status_code == 200
    assert "two e-mails" in text_of(client.get("/en/create-account/received"))


def test_pages_open_to_all_are_named() -> None:
    """Whoever adds one decides it here too."""
    assert len(OPEN_TO_ALL) == 31
