"""The public check of a certificate: the paper and the birth date tell its worth, and no more."""

import json
import logging
import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from structlog.stdlib import ProcessorFormatter

from havre.domains.certificates.models import Certificate
from havre.domains.contracts.models import Contract, Cover
from havre.domains.people.models import Person
from havre.foundation.db import Actor, Channel, Role, acting
from havre.project import logs
from tests.builders import TOKEN, a_certificate, a_contract, a_cover, a_member
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, that_day
from tests.house.test_statement_counts import statements

__all__ = ["that_day"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
BORN = "02/05/1969"
UNKNOWN = "Z" * 26


@pytest.fixture
def person() -> Person:
    return a_member(person={"first_name": "Nathalie", "family_name": "Exemple"})[0]


@pytest.fixture
def contract(person: Person) -> Contract:
    made = a_contract(household=person.household_id, zone=2)
    a_cover(contract=made, person=person)
    return made


@pytest.fixture
def certificate(person: Person, contract: Contract) -> Certificate:
    return a_certificate(person=person, contract=contract, token=TOKEN)


def checked(
    client: Client, *, token: str = TOKEN, born: str = BORN, language: str = "en", **sent: Any
) -> HttpResponse:
    return client.post(f"/{language}/check/{token}", {"birth_date": born}, **sent)


def told(answer: HttpResponse) -> str:
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert main
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.group()))


def test_the_paper_and_the_birth_date_tell_what_it_is_worth(  # W30
    client: Client, certificate: Certificate, person: Person, contract: Contract
) -> None:
    said = told(checked(client))
    for words in (
        "Valid until 30 June 2026",
        "N. E.",
        "From 1 June 2026 to 30 June 2026",
        "Zones 1 to 2 of the contract",
        "As known on 15 June 2026",
    ):
        assert words in said.replace("\u00a0", " ")
    for secret in ("Nathalie", "Exemple", "1969", contract.number, certificate.reference, TOKEN):
        assert secret not in said


def test_it_is_read_in_small_letters_too_and_in_french(
    client: Client, certificate: Certificate
) -> None:
    assert "Valable jusqu’au 30 juin 2026" in told(
        checked(client, token=TOKEN.lower(), language="fr")
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"revoked_at": NOW}, "Revoked"),
        ({"last_day": date(2026, 6, 14)}, "Over since 14 June 2026"),
        ({"first_day": date(2026, 6, 16)}, "Valid from 16 June 2026"),
    ],
)
def test_what_is_no_longer_or_not_yet_worth_anything_says_so(
    client: Client, person: Person, contract: Contract, changes: dict[str, Any], words: str
) -> None:
    a_certificate(person=person, contract=contract, token=TOKEN, **changes)
    said = told(checked(client))
    assert words in said
    assert "Valid until" not in said


def test_a_cover_that_ended_after_issue_says_so(client: Client, certificate: Certificate) -> None:
    with acting_as(Role.OWNER):
        Cover.objects.update(last_day=date(2026, 6, 10))
    assert "Lapsed: the cover ended on 10 June 2026" in told(checked(client))


def test_a_contract_that_ended_after_issue_says_so(
    client: Client, certificate: Certificate
) -> None:
    with acting_as(Role.OWNER):
        Contract.objects.update(last_day=date(2026, 6, 11))
    assert "Lapsed: the cover ended on 11 June 2026" in told(checked(client))


def test_a_wrong_birth_date_and_an_unknown_token_are_told_alike(
    client: Client, certificate: Certificate
) -> None:
    answers, sent = [], []
    checked(
        client, token="Y" * 26, REMOTE_ADDR="192.0.2.9"
    )  # what a process reads once, it has read
    for address, asked in (
        ("192.0.2.1", {"born": "03/05/1969"}),
        ("192.0.2.2", {"token": UNKNOWN}),
        ("192.0.2.3", {"token": "no-token-of-ours"}),
    ):
        with statements() as found:
            answer = checked(client, REMOTE_ADDR=address, **asked)
        sent.append([re.sub(r"_x\d+", "", one) for one in found])  # the number of a savepoint
        body = answer.content.decode().replace(asked.get("token", TOKEN), "TOKEN")
        answers.append((answer.status_code, re.sub(r'value="0\d/05/1969"', "", body)))
    assert answers[0] == answers[1] == answers[2]
    assert sent[0] == sent[1] == sent[2]
    assert answers[0][0] == 422
    assert "No certificate goes with this address" in answers[0][1]


def test_opening_the_page_asks_the_database_for_nothing(client: Client) -> None:
    client.get(f"/en/check/{TOKEN}")  # what a process reads once, it has read
    with statements() as sent:
        pages = [client.get(f"/en/check/{token}").content for token in (TOKEN, UNKNOWN)]
    assert sent == []
    assert pages[0].replace(TOKEN.encode(), b"") == pages[1].replace(UNKNOWN.encode(), b"")


def test_guesses_wait_by_token_and_by_network(client: Client, certificate: Certificate) -> None:
    for guess in range(5):
        checked(client, born="03/05/1969", REMOTE_ADDR=f"192.0.2.{guess}")
    said = told(checked(client, REMOTE_ADDR="198.51.100.7"))  # the right date, from elsewhere
    assert "Too many attempts" in said
    assert "N. E." not in said
    for token in "ABCDE":
        checked(client, token=token * 26, REMOTE_ADDR="203.0.113.5")
    assert "Too many attempts" in told(checked(client, token="F" * 26, REMOTE_ADDR="203.0.113.5"))
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        assert "Valid until" in told(checked(client, REMOTE_ADDR="198.51.100.7"))


def test_a_right_answer_does_not_count(client: Client, certificate: Certificate) -> None:
    for _time in range(8):
        assert "Valid until" in told(checked(client))


def test_no_cache_robot_or_referrer_keeps_the_address(
    client: Client, certificate: Certificate
) -> None:
    for answer in (client.get(f"/en/check/{TOKEN}"), checked(client), checked(client, born="")):
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "sessionid" not in answer.cookies
        assert "havre-session" not in answer.cookies


def test_the_secret_is_in_no_log() -> None:
    formatter = logs.CONFIGURATION["formatters"]["json"]
    event = {"event": f"Internal Server Error: /en/check/{TOKEN}", "path": f"/fr/check/{TOKEN}?a"}
    event["full_path"] = f"/fr/mails/stop?t={TOKEN}&b=1"
    assert logs.mask_addresses in formatter["processors"]
    masked = json.dumps(logs.mask_addresses(None, "error", dict(event)))
    assert TOKEN not in masked
    assert "?a" in masked
    assert "&b=1" in masked


def test_a_page_that_fails_logs_no_secret(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(**_asked: object) -> None:
        raise RuntimeError(TOKEN)

    monkeypatch.setattr("havre.doors.portal.views.check.look", fails)
    client.raise_request_exception = False
    assert checked(client).status_code == 500
    (ours,) = (
        one for one in logging.root.handlers if isinstance(one.formatter, ProcessorFormatter)
    )
    said = ours.format(caplog.records[-1])
    assert "/check/…" in said
    assert TOKEN not in said


def test_only_a_digest_of_the_secret_is_kept(certificate: Certificate) -> None:
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(c)::text FROM certificates_certificate c")
        row = cursor.fetchone()[0]
        cursor.execute(
            "SELECT count(*) FROM audit_change WHERE after::text LIKE %s", [f"%{TOKEN}%"]
        )
        assert cursor.fetchone() == (0,)
    for secret in (TOKEN, TOKEN.encode().hex(), "1969-05-02"):
        assert secret not in row


def test_the_public_reads_no_table(certificate: Certificate) -> None:
    actor = Actor(name="tests", channel=Channel.ONLINE, purpose="test")
    with (
        acting(actor=actor, role=Role.PUBLIC),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM certificates_certificate")


@pytest.mark.parametrize("role", [Role.WEB, Role.WORKER])
def test_nobody_else_may_ask_the_function(role: Role) -> None:
    with (
        acting_as(role),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM certificates_check('a', 'b')")
