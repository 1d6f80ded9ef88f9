"""Sign-in and security, from within the space: the password, the sessions, a doubt."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from havre.commons.accounts.models import Account, KnownDevice, SecurityReport, Session
from havre.commons.accounts.words import AccountState
from havre.doors.ui.browsers import device_of
from havre.foundation.db import Role
from tests.builders import NOW, an_active_account
from tests.database import acting_as
from tests.doors.portal.at_the_gate import (
    HOME,
    SIGN_IN,
    browser,
    leads_to,
    sign_in,
    text_of,
)
from tests.doors.portal.conftest import that_day
from tests.journeys.account_opening.asking import kinds, outbox, the_member

__all__ = ["that_day"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
PASSWORD_PAGE, SESSIONS, REPORT, SECURITY = (
    f"/en/profile/{name}" for name in ("password", "sessions", "not-me", "security")
)
ANOTHER = "des-mots-tout-neufs"
PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/126.0.0.0 Mobile Safari/537.36"
)
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"


@pytest.fixture
def account() -> Account:
    return an_active_account(membership=the_member(language="en"))


def signed_in(agent: str = LAPTOP) -> Client:
    client = browser(headers={"User-Agent": agent})
    assert leads_to(sign_in(client)) == HOME
    return client


def change(client: Client, password: str = ANOTHER) -> object:
    return client.post(PASSWORD_PAGE, {"password": password, "again": password})


def is_inside(client: Client) -> bool:
    return client.get(HOME).status_code == 200


# --- the password


@pytest.mark.usefixtures("account")
def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one_under_a_new_key() -> None:
    # W11
    here, there = signed_in(), signed_in(PHONE)
    key = here.session.session_key
    assert leads_to(change(here)) == SECURITY
    assert here.session.session_key != key
    assert is_inside(here)
    with acting_as(Role.OWNER):
        assert Session.objects.exclude(account=None).count() == 1
    assert not is_inside(there)
    assert "Your password is changed" in text_of(here.get(f"{SECURITY}?changed"))
    assert leads_to(sign_in(browser(), password=ANOTHER)) == HOME
    assert sign_in(browser()).status_code == 422


@pytest.mark.usefixtures("account")
def test_the_change_is_told_to_the_address_on_file() -> None:
    # W11
    change(signed_in())
    assert kinds() == ["changed"]
    assert outbox()[0].about["change"] == "PASSWORD"


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("weak", ["short", "motdepasse1234", "legoffmoreau1980"])
def test_a_weak_password_is_refused_as_at_the_first_sign_in(weak: str) -> None:
    client = signed_in()
    answer = client.post(PASSWORD_PAGE, {"password": weak, "again": weak})
    assert answer.status_code == 422
    assert leads_to(sign_in(browser())) == HOME
    assert outbox() == []


@pytest.mark.usefixtures("account")
def test_a_session_that_was_left_open_is_asked_who_it_is_first() -> None:
    client = signed_in()
    with time_machine.travel(NOW + timedelta(minutes=20), tick=False):
        assert leads_to(client.get(PASSWORD_PAGE)) == "/en/confirm"
        assert change(client).status_code == 403  # type: ignore[attr-defined]
    assert leads_to(sign_in(browser())) == HOME


# --- sessions


@pytest.mark.usefixtures("account")
def test_sessions_say_the_device_and_when_and_which_is_this_one() -> None:
    # W15
    here = signed_in()
    signed_in(PHONE)
    page = text_of(here.get(SESSIONS))
    assert page.index("Firefox on Linux") != page.index("Chrome on Android")
    assert page.count("This one") == 1
    assert "Singapore time" in page
    assert here.session.session_key not in page


@pytest.mark.usefixtures("account")
def test_one_session_or_all_the_others_end() -> None:
    here, there, third = signed_in(), signed_in(PHONE), signed_in(PHONE)
    handle = there.session["handle"]
    for _twice in range(2):
        assert leads_to(here.post(SESSIONS, {"end": handle})) == SESSIONS
    assert (is_inside(here), is_inside(there), is_inside(third)) == (True, False, True)
    here.post(SESSIONS, {"others": "1"})
    assert (is_inside(here), is_inside(third)) == (True, False)


@pytest.mark.usefixtures("account")
def test_nobody_ends_what_is_somebody_else_s() -> None:
    here = signed_in()
    an_active_account(membership=the_member(adherent_number="HV 2"))
    stranger = browser()
    sign_in(stranger, number="HV 2")
    with acting_as(Role.OWNER):
        device = KnownDevice.objects.get(account__number_key="HV2048173").id
    for sent in ({"end": here.session["handle"]}, {"forget": str(device)}, {"others": "1"}):
        assert leads_to(stranger.post(SESSIONS, sent)) == SESSIONS
    assert leads_to(stranger.post(SESSIONS, {"end": "no id"})) == SESSIONS
    assert is_inside(here)
    with acting_as(Role.OWNER):
        assert KnownDevice.objects.filter(id=device).exists()


@pytest.mark.usefixtures("account")
def test_a_known_browser_is_forgotten() -> None:
    here = signed_in(PHONE)
    with acting_as(Role.OWNER):
        device = KnownDevice.objects.get()
    assert "Chrome on Android" in text_of(here.get(SESSIONS))
    here.post(SESSIONS, {"forget": str(device.id)})
    assert "No browser is known" in text_of(here.get(SESSIONS))


# --- it was not me


def test_home_leads_to_what_to_do_and_the_button_closes_the_account(account: Account) -> None:
    here, there = signed_in(), signed_in(PHONE)
    assert REPORT in text_of(there.get(HOME))
    page = text_of(here.get(REPORT))
    assert re.search(f"{SESSIONS}.*{PASSWORD_PAGE}", page, re.DOTALL)
    assert leads_to(here.post(REPORT)) == "/en/account-closed"
    account.refresh_from_db()
    assert account.state == AccountState.SUSPENDED
    with acting_as(Role.OWNER):
        assert SecurityReport.objects.get().change is None
        assert not Session.objects.exclude(account=None).exists()
    for client in (here, there):
        assert leads_to(client.get(HOME)) == SIGN_IN


# --- what a browser says it is


@pytest.mark.parametrize(
    ("agent", "named"),
    [
        (PHONE, ("Chrome", "Android")),
        (LAPTOP, ("Firefox", "Linux")),
        ("", ("", "")),
        ("x" * 100_000, ("", "")),
    ],
)
def test_a_browser_is_named_as_far_as_it_says(agent: str, named: tuple[str, str]) -> None:
    assert device_of(agent) == named
