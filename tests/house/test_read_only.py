"""With a database that only reads, every page reads as it did, and nothing pretends to be saved."""

from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.conf import settings as given
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.test import Client

from havre.commons.accounts.actions import saving
from havre.commons.accounts.models import TermsAcceptance
from havre.commons.content.queries import forget_terms_version
from havre.foundation.db import Role
from havre.foundation.signing_in.sessions import CARRIED
from tests.builders import a_member, an_account, an_app
from tests.database import acting_as
from tests.house.addresses import ADDRESSES, BY_NAME, BY_SECRET
from tests.house.test_urls import address, said
from tests.house.visitors import NOW, As, World, a_world

SECRET, PASSWORD = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "un mot de passe"
pytestmark = pytest.mark.django_db
# What only looks at what it is sent answers as ever.
SAVES_NOTHING = {"sign-out", "sign-in", "second-step", "passkey-sign-in", "confirm", "check"}


@pytest.fixture
def world(settings) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        made = a_world()
        for number, app in (("HV 9", False), ("HV 10", True)):
            _person, membership = a_member(person={"first_name": "Ada"}, adherent_number=number)
            account = an_account(
                membership=membership,
                state="ACTIVE",
                password=make_password(PASSWORD),
                password_chosen_at=NOW,
                email_confirmed_at=NOW,
            )
            with acting_as(Role.OWNER):
                TermsAcceptance.objects.create(
                    account=account, version="1.0", language="fr", text_sha256="x", accepted_at=NOW
                )
            if app:
                an_app(account, SECRET)
        settings.HAVRE = given.HAVRE.model_copy(update={"READ_ONLY": True})
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL transaction_read_only = on")
        yield made
        transaction.set_rollback(True)
    forget_terms_version()


def names(method: str) -> list[str]:
    return [
        name
        for name, methods in ADDRESSES.items()
        if method in methods and name not in BY_NAME | BY_SECRET
    ]


@pytest.mark.parametrize("who", [As.NOBODY, As.MEMBER])
def test_every_page_reads_as_it_did(world: World, who: As) -> None:
    shown = {name: said(world.browser(who).get(address(name, world.mine))) for name in names("GET")}

    assert shown == {name: ADDRESSES[name]["GET"][who] for name in names("GET")}


def test_whatever_is_sent_is_refused_in_words(world: World) -> None:
    taken = []
    for name in sorted({*names("POST")} - {"front"}):
        answer = world.browser(As.MEMBER).post(address(name, world.mine), {"sent": "yes"})
        told = answer.status_code == 503 and "n’est pas enregistré" in answer.content.decode()
        if not (answer.status_code < 500 if name in SAVES_NOTHING else told):
            taken.append(f"{name}: {answer.status_code}")
    assert taken == []


def sign_in(browser: Client) -> str:
    pair = {"number": "HV 9", "password": PASSWORD, "time_zone": "Europe/Paris"}
    return said(browser.post("/fr/sign-in", pair))


@pytest.fixture(autouse=True)
def _a_process_that_just_started() -> Iterator[None]:
    saving.forget_everything()
    yield
    saving.forget_everything()


def test_someone_new_signs_in_and_reads(world: World) -> None:
    browser = Client(SERVER_NAME="localhost")

    assert sign_in(browser) == "home"
    cookie = browser.cookies["havre-session"].value
    assert cookie.startswith(CARRIED)
    assert "Ada" not in cookie
    assert browser.get("/fr/contracts").status_code == 200
    assert said(browser.post("/fr/sign-out")) == "sign-in"
    assert said(browser.get("/fr/contracts")) == "sign-in"


def test_a_session_that_travels_cannot_be_changed_and_ends(world: World, settings) -> None:
    browser = Client(SERVER_NAME="localhost")
    sign_in(browser)
    cookie = browser.cookies["havre-session"].value
    other = Client(SERVER_NAME="localhost")
    other.cookies["havre-session"] = cookie[:-6] + "AAAAAA"
    assert said(other.get("/fr/contracts")) == "sign-in"
    with time_machine.travel(NOW + timedelta(hours=13), tick=False):
        assert said(browser.get("/fr/contracts")) == "sign-in"
    other.cookies["havre-session"] = cookie
    assert other.get("/fr/contracts").status_code == 200
    settings.HAVRE = settings.HAVRE.model_copy(update={"READ_ONLY": False})
    assert said(other.get("/fr/contracts")) == "sign-in"


def test_guesses_are_slowed_down_although_nothing_is_saved(world: World) -> None:
    answers = []
    for _ in range(8):
        browser = Client(SERVER_NAME="localhost")
        pair = {"number": "HV 9", "password": "faux", "time_zone": ""}
        answers.append(browser.post("/en/sign-in", pair).content.decode())
    assert "do not match" in answers[0]
    assert "do not match" not in answers[-1]
    assert sign_in(Client(SERVER_NAME="localhost")) == "422", "the right one waits too"


def test_a_code_of_the_app_is_taken_once(world: World) -> None:
    with_app = "HV 10"
    code = pyotp.TOTP(SECRET).at(int(NOW.timestamp()))
    ends = []
    for _ in range(2):
        browser = Client(SERVER_NAME="localhost")
        pair = {"number": with_app, "password": PASSWORD, "time_zone": ""}
        assert said(browser.post("/fr/sign-in", pair)) == "second-step"
        ends.append(said(browser.post("/fr/sign-in/second-step", {"code": code})))
    assert ends == ["home", "422"]


def test_what_waits_for_a_code_does_not_wait_longer(world: World) -> None:
    browser = Client(SERVER_NAME="localhost")
    browser.post("/fr/sign-in", {"number": "HV 10", "password": PASSWORD, "time_zone": ""})
    assert browser.get("/fr/sign-in/second-step").status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        assert said(browser.get("/fr/sign-in/second-step")) == "sign-in"


def test_a_session_lasts_although_its_use_leaves_no_trace(world: World) -> None:
    browser = world.browser(As.MEMBER)
    with time_machine.travel(NOW + timedelta(hours=11), tick=False):
        assert browser.get("/en/contracts").status_code == 200
    with time_machine.travel(NOW + timedelta(hours=13), tick=False):
        assert browser.get("/en/contracts").status_code == 302
