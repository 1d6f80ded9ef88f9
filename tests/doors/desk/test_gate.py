"""Signing in at the desk: two steps always, nothing before the second, and the same answer to everyone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from django.test import Client

from havre.commons.staff.models import Session, StaffMember
from havre.commons.staff.words import StaffRole
from havre.foundation.db import Role
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.staff import PASSWORD, a_code, a_staff, session_key, signed_in_at_the_desk


@pytest.fixture
def client() -> Client:
    return a_browser()


def a_browser(**options: Any) -> Client:
    return Client(SERVER_NAME="localhost", headers={"accept-language": "en"}, **options)


def pair(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post("/desk/sign-in", {"email": email, "password": password})


def test_a_password_opens_nothing_but_the_second_step(client: Client) -> None:
    a_staff(email="nadia@desk.example")
    assert pair(client, "Nadia@desk.example ")["Location"] == "/desk/sign-in/second-step"
    assert client.get("/desk/")["Location"] == "/desk/sign-in"
    assert client.get("/desk/profile/second-factors")["Location"] == "/desk/sign-in"


def test_a_code_of_the_app_opens_the_desk_once(client: Client) -> None:
    a_staff(email="nadia@desk.example")
    pair(client, "nadia@desk.example")
    code = a_code()
    assert client.post("/desk/sign-in/second-step", {"code": code})["Location"] == "/desk/"
    assert "Nadia" in client.get("/desk/").content.decode()
    other = a_browser()
    pair(other, "nadia@desk.example")
    answer = other.post("/desk/sign-in/second-step", {"code": code})
    assert answer.status_code == 422
    assert other.get("/desk/")["Location"] == "/desk/sign-in"


def test_who_has_no_factor_sets_one_up_before_anything_else_opens(client: Client) -> None:
    a_staff(StaffRole.ADMINISTRATOR, email="new@desk.example", factor=False)
    assert pair(client, "new@desk.example")["Location"] == "/desk/profile/second-factors"
    for path in ("", "staff", "staff/invite", "profile", "roles", "profile/sessions"):
        assert client.get(f"/desk/{path}")["Location"] == "/desk/profile/second-factors", path
    page = client.get("/desk/profile/second-factors").content.decode()
    assert "One more step before the desk opens" in page
    assert 'href="/desk/staff"' not in page


def test_setting_up_an_app_opens_the_desk_and_gives_recovery_codes(client: Client) -> None:
    row = a_staff(email="new@desk.example", factor=False)
    pair(client, "new@desk.example")
    assert client.post("/desk/profile/second-factors/app/begin").status_code == 302
    page = client.get("/desk/profile/second-factors/app").content.decode()
    secret = page.split('<b class="mid2">')[1].split("</b>")[0].replace(" ", "")
    code = pyotp.TOTP(secret).at(datetime.now(UTC))
    shown = client.post("/desk/profile/second-factors/app", {"code": code}).content.decode()
    codes = [part.split("</li>")[0] for part in shown.split('<li class="mid2 nw">')[1:]]
    assert len(codes) == 10
    assert client.get("/desk/").status_code == 200
    other = a_browser()
    pair(other, "new@desk.example")
    assert other.post("/desk/sign-in/second-step", {"code": codes[0]})["Location"] == "/desk/"
    assert StaffMember.objects.get(id=row.id).signed_in_at is not None


@pytest.mark.parametrize("who", ["nobody", "wrong", "invited", "ended"])
def test_every_refusal_is_told_alike(client: Client, who: str) -> None:
    a_staff(email="wrong@desk.example")
    a_staff(email="invited@desk.example", state="INVITED", password="")
    a_staff(
        email="ended@desk.example", state="ENDED", password="", ended_on=datetime.now(UTC).date()
    )
    told = pair(client, f"{who}@desk.example", "not the password of anybody")
    known = pair(a_browser(), "somebody@desk.example", "not the password at all")
    assert (told.status_code, known.status_code) == (422, 422)
    here, there = (
        answer.content.decode().replace(f"{name}@desk.example", "")
        for answer, name in ((told, who), (known, "somebody"))
    )
    assert _without_token(here) == _without_token(there)


def _without_token(page: str) -> str:
    head, _, rest = page.partition('name="csrfmiddlewaretoken" value="')
    return head + rest.partition('"')[2]


def test_guesses_are_slowed_down_and_the_owner_s_browser_is_not(client: Client) -> None:
    row = a_staff(email="nadia@desk.example")
    pair(client, "nadia@desk.example")
    client.post("/desk/sign-in/second-step", {"code": a_code()})
    client.post("/desk/sign-out")
    thief = a_browser(REMOTE_ADDR="198.51.100.7")
    for _ in range(5):
        assert pair(thief, "nadia@desk.example", "a guess that is wrong").status_code == 422
    assert "Too many attempts" in pair(thief, "nadia@desk.example").content.decode()
    assert pair(client, "nadia@desk.example")["Location"] == "/desk/sign-in/second-step"
    assert row.id


def test_a_session_ends_without_use_and_after_its_longest_time() -> None:
    desk = signed_in_at_the_desk(a_staff())
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=31)):
        assert desk.client.get("/desk/")["Location"] == "/desk/sign-in"
    row = a_staff()
    began = int((datetime.now(UTC) - timedelta(hours=13)).timestamp())
    old = a_browser()
    old.cookies["havre-desk-session"] = session_key(row, began=began)
    assert old.get("/desk/")["Location"] == "/desk/sign-in"


def test_who_left_is_out_at_once(desk_client: DeskClient) -> None:
    desk = desk_client("AGENT")
    with acting_as(Role.OWNER):
        StaffMember.objects.filter(id=desk.id).update(
            state="ENDED", ended_on=datetime.now(UTC).date(), password=""
        )
    assert desk.client.get("/desk/")["Location"] == "/desk/sign-in"
    with acting_as(Role.OWNER):
        assert not Session.objects.filter(staff_id=desk.id).exists()


def test_a_session_of_the_portal_is_none_here(client: Client) -> None:
    assert client.get("/desk/")["Location"] == "/desk/sign-in"
    client.cookies["havre-session"] = session_key(a_staff())
    assert client.get("/desk/")["Location"] == "/desk/sign-in"


def test_the_language_is_the_browser_s_until_it_is_chosen(client: Client) -> None:
    french = client.get("/desk/sign-in", headers={"accept-language": "fr"}).content.decode()
    assert '<html lang="fr"' in french
    assert client.get("/desk/language?to=en&next=/desk/sign-in")["Location"] == "/desk/sign-in"
    english = client.get("/desk/sign-in", headers={"accept-language": "fr"}).content.decode()
    assert '<html lang="en"' in english
    elsewhere = client.get("/desk/language?to=en&next=//elsewhere.example/")
    assert elsewhere["Location"] == "/desk/"
