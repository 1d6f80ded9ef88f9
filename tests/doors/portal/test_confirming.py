"""Confirm it is you: what is sensitive opens for a while after a proof, and loses nothing typed."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from havre.commons.accounts.models import Account
from havre.doors.portal.confirming import confirmed_page
from havre.doors.portal.identity import CONFIRMED
from havre.doors.portal.page import Made, Viewer
from havre.foundation.db import Role
from tests.builders import PASSWORD
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, Member

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=15)
TYPED = {"iban": "as typed", "ticked": ["a", "b"]}


@confirmed_page
def sensitive(request: HttpRequest, viewer: Viewer) -> Made:
    return HttpResponse(f"done {request.POST.dict()} {request.POST.getlist('ticked')}")


def asked(member: Member, method: str = "get", **data: Any) -> Any:
    """What the sensitive page answers to this member's browser."""
    request: Any = getattr(RequestFactory(SERVER_NAME="localhost"), method)("/en/x?a=1", data)
    request.session = member.client.session
    request.user = Account.objects.get(id=member.account.id)
    answer = sensitive(request)
    request.session.save()
    return answer


@pytest.fixture
def with_password(claire: Member) -> Member:
    with acting_as(Role.OWNER):
        Account.objects.filter(id=claire.account.id).update(password=make_password(PASSWORD))
    claire.account.refresh_from_db()
    session = claire.client.session  # which ends when the password changes
    session[HASH_SESSION_KEY] = claire.account.get_session_auth_hash()
    session.save()
    return claire


def test_it_opens_for_a_quarter_of_an_hour(claire: Member) -> None:
    with time_machine.travel(LATER - timedelta(seconds=1), tick=False):
        assert asked(claire).content.startswith(b"done")
    with time_machine.travel(LATER, tick=False):
        answer = asked(claire)
    assert answer["Location"].endswith("/confirm?next=%2Fen%2Fx%3Fa%3D1")


def test_the_page_confirms_and_leads_back(with_password: Member) -> None:
    with time_machine.travel(LATER, tick=False):
        client = with_password.client
        answer: Any = client.post("/en/confirm?next=/en/contracts", {"password": PASSWORD})
        assert (answer.status_code, answer["Location"]) == (302, "/en/contracts")
        assert client.session[CONFIRMED] == int(LATER.timestamp())
        assert asked(with_password).content.startswith(b"done")


@pytest.mark.parametrize(
    "elsewhere", ["//example.org/", "https://example.org/", "/nowhere", "javascript:1", "/\\x.org"]
)
def test_it_leads_nowhere_else(with_password: Member, elsewhere: str) -> None:
    form = {"password": PASSWORD}
    answer: Any = with_password.client.post(f"/en/confirm?next={elsewhere}", form)
    assert answer["Location"] == "/en/"


def test_a_form_sent_too_late_goes_on_with_what_was_typed(with_password: Member) -> None:
    with time_machine.travel(LATER, tick=False):
        answer = asked(with_password, "post", **TYPED)
        assert answer.status_code == 403
        page = answer.content.decode()
        for value in ("as typed", "a", "b"):
            assert f'value="{value}"' in page
        wrong = asked(with_password, "post", **TYPED, **{"confirm-password": "not it"})
        assert wrong.status_code == 422
        assert 'value="as typed"' in wrong.content.decode()
        assert "not it" not in wrong.content.decode()
        done = asked(with_password, "post", **TYPED, **{"confirm-password": PASSWORD})
        assert b"'iban': 'as typed'" in done.content
        assert b"['a', 'b']" in done.content


def test_guesses_are_slowed_as_at_the_gate(with_password: Member) -> None:
    # The same counter: what was guessed at the gate counts here, and the reverse.
    client = with_password.client
    for _guess in range(3):
        client.post("/en/confirm", {"password": "a guess"})
    gate = {"number": with_password.membership.adherent_number, "password": "a guess"}
    for _guess in range(2):
        client.post("/en/sign-in", gate)
    answer = client.post("/en/confirm", {"password": PASSWORD})
    assert answer.status_code == 422
    assert "Too many attempts" in answer.content.decode()
