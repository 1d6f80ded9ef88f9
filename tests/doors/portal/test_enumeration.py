"""Nothing at the gate tells who has an account: text, status, length, statements, hashes.

quality.md, "enumeration". The time is a benchmark's matter.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.builders import NOW, an_account, an_active_account
from tests.doors.portal.at_the_gate import browser, sign_in, text_of
from tests.journeys.account_opening.asking import the_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
ACTIVE, OPENING, MEMBER, UNKNOWN = (f"HV 700 000 {last}" for last in range(4))
NUMBERS = [ACTIVE, OPENING, MEMBER, UNKNOWN]
FORM = {
    "family_name": "Le Goff-Moreau",
    "first_name": "Hélène",
    "birth_date": "05/03/1980",
    "email": "n.legoff@example.org",
}


@pytest.fixture(autouse=True)
def _people(that_day: None) -> None:  # what is remembered is for its day
    """One with an account, one who never signed in, one without account; nobody has the last number."""
    an_active_account(membership=the_member(adherent_number=ACTIVE))
    an_account(membership=the_member(adherent_number=OPENING), password="")
    the_member(adherent_number=MEMBER)
    sign_in(browser(), number="HV 1", password="the first of the process")


def _seen(number: str, ask: Callable[[Client], Any], client: Client) -> dict[str, object]:
    """All that a reader, or a very curious one, can observe of an answer."""
    verify, encode, hashes = Argon2PasswordHasher.verify, Argon2PasswordHasher.encode, []

    def counted(name: str, real: Any) -> Any:
        def call(self: Argon2PasswordHasher, *args: str) -> Any:
            hashes.append(name)
            return real(self, *args)

        return call

    with (
        patch.object(Argon2PasswordHasher, "verify", counted("verify", verify)),
        patch.object(Argon2PasswordHasher, "encode", counted("encode", encode)),
        CaptureQueriesContext(connection) as statements,
    ):
        answer = ask(client)
    return {
        "status": answer.status_code,
        "length": len(answer.content),
        "text": text_of(answer).replace(number, "the number"),
        "headers": {name: value for name, value in answer.items() if "Security-Policy" not in name},
        "cookies": sorted(answer.cookies),
        "statements": [_shape(query["sql"]) for query in statements.captured_queries],
        "hashes": hashes,
    }


def _shape(statement: str) -> str:
    """A statement without its values."""
    if "SAVEPOINT" in statement:
        return statement.partition('"')[0]
    return re.sub(r"'[^']*'|\d+", "?", statement)


def _attempts(number: str, *, times: int) -> list[dict[str, object]]:
    client = browser(REMOTE_ADDR=f"192.0.2.{NUMBERS.index(number)}")
    client.get("/en/sign-in")
    seen = []
    for second in range(times):
        with time_machine.travel(NOW + timedelta(seconds=second), tick=False):
            seen.append(
                _seen(number, lambda c: sign_in(c, number=number, password="wrong"), client)
            )
    return seen


def test_sign_in_answers_alike_whoever_the_number_is_also_while_one_waits() -> None:
    # W9
    attempts = {number: _attempts(number, times=7) for number in NUMBERS}
    for number in NUMBERS[1:]:
        for mine, theirs in zip(attempts[ACTIVE], attempts[number], strict=True):
            assert mine == theirs
    assert attempts[ACTIVE][0]["hashes"] == ["verify"]
    assert attempts[ACTIVE][6]["hashes"] == ["verify"]
    assert "Too many attempts" in str(attempts[ACTIVE][6]["text"])


def test_asking_for_an_account_answers_alike_whoever_asks() -> None:
    # W6
    def ask(number: str, **changes: str) -> dict[str, object]:
        form = FORM | {"adherent_number": number} | changes
        return _seen(number, lambda c: c.post("/en/create-account", form), browser())

    answers = [
        *(ask(number) for number in NUMBERS),
        ask(ACTIVE, first_name="Nathan"),
        ask(MEMBER, birth_date="06/03/1980"),
        ask(MEMBER, email="n.legoff@example.net"),
    ]
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["status"] == 302
    pages = {text_of(browser().get("/en/create-account/received")) for _answer in answers}
    assert len(pages) == 1


def test_the_page_of_account_opening_computes_no_hash_and_reads_nobody() -> None:
    form = FORM | {"adherent_number": ACTIVE}
    seen = _seen(ACTIVE, lambda c: c.post("/en/create-account", form), browser())
    assert seen["hashes"] == []
    for table in ("people_", "accounts_account", "accounts_provisional"):
        assert table not in str(seen["statements"])


PASSWORD_PAGE, NUMBER_PAGE = "/en/forgotten-password", "/en/forgotten-number"
WHO = {name: FORM[name] for name in ("family_name", "first_name", "birth_date", "email")}


def _forgotten(page: str, form: dict[str, str], shown: str) -> dict[str, object]:
    return _seen(shown, lambda c: c.post(page, form), browser())


def test_a_forgotten_password_answers_alike_whoever_asks() -> None:
    # W9
    answers = [
        _forgotten(PASSWORD_PAGE, {"adherent_number": number, "birth_date": born}, number)
        for number in NUMBERS
        for born in ("05/03/1980", "06/03/1980")
    ]
    assert all(answer == answers[0] for answer in answers)
    assert (answers[0]["status"], answers[0]["hashes"]) == (302, [])
    for table in ("people_", "accounts_account", "accounts_provisional"):
        assert table not in str(answers[0]["statements"])


def test_a_forgotten_number_answers_alike_whoever_asks() -> None:
    # W9
    changes: list[dict[str, str]] = [
        {},
        {"email": "nobody-here@example.org"},
        {"first_name": "Nathan"},
        {"birth_date": "06/03/1980"},
    ]
    answers = [_forgotten(NUMBER_PAGE, WHO | change, "the number") for change in changes]
    assert all(answer == answers[0] for answer in answers)
    assert (answers[0]["status"], answers[0]["hashes"]) == (302, [])
    for table in ("people_", "accounts_account", "accounts_provisional"):
        assert table not in str(answers[0]["statements"])


@pytest.mark.parametrize("page", [PASSWORD_PAGE, NUMBER_PAGE, "/en/create-account"])
def test_a_network_that_asks_too_often_waits_whoever_it_asks_for(page: str) -> None:
    def twelfth(number: str) -> dict[str, object]:
        client = browser(REMOTE_ADDR=f"198.51.100.{NUMBERS.index(number)}")
        for _turn in range(11):
            client.post(page, FORM | {"adherent_number": number})
        return _seen(number, lambda c: c.post(page, FORM | {"adherent_number": number}), client)

    answers = [twelfth(number) for number in NUMBERS]
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["status"] == 422
    assert "Too many attempts" in str(answers[0]["text"])
