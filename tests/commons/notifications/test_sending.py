"""Sending over a real connection to a mail server that refuses, or hangs up at the worst moment."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import override_settings

from havre.commons.notifications import tasks
from havre.commons.notifications.rules import wait_before_attempt
from havre.commons.notifications.words import MailState
from havre.foundation.db import Role
from tests.commons.notifications.mails import ADDRESS, NOW, SECRET, put, row, send, send_waiting
from tests.commons.notifications.smtp_server import After, MailServer, listening
from tests.database import acting_as

pytestmark = pytest.mark.django_db
LATER = NOW + wait_before_attempt(1)


@contextmanager
def a_server(*after: After) -> Iterator[MailServer]:
    with (
        listening(MailServer(*after)) as server,
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=server.port,
            EMAIL_USE_TLS=False,
            EMAIL_TIMEOUT=5,
        ),
    ):
        yield server


def test_a_mail_arrives_in_both_bodies_and_in_its_language() -> None:
    mail = put()
    with a_server() as server:
        assert send(mail) is MailState.SENT
    (got,) = server.received
    assert got["To"] == ADDRESS
    assert got["Message-ID"].endswith("@assurances-du-large.example>")
    assert (got["Content-Language"], got["Auto-Submitted"]) == ("fr", "auto-generated")
    plain, html = got.get_body(("plain",)), got.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert f"Bonjour {SECRET}" in plain.get_content()
    assert '<html lang="fr">' in html.get_content()
    assert f"Bonjour {SECRET}" in html.get_content()


def test_a_mail_refused_for_now_is_sent_later() -> None:
    mail = put()
    with a_server(After.TRY_LATER) as server:
        assert send(mail) is MailState.FAILED
        assert send_waiting(now=LATER) == 1
    assert row(mail).state == MailState.SENT
    assert len(server.received) == 2


def test_a_mail_whose_receipt_was_lost_comes_again_as_the_same_mail() -> None:
    """The reader's server sees one Message-ID, and so shows one mail."""
    mail = put()
    with a_server(After.HANG_UP) as server:
        assert send(mail) is MailState.FAILED
        assert send_waiting(now=LATER) == 1
    first, second = server.received
    assert first["Message-ID"] == second["Message-ID"]
    for kind in ("plain", "html"):
        bodies = [got.get_body((kind,)) for got in server.received]
        assert bodies[0] is not None
        assert bodies[1] is not None
        assert bodies[0].get_content() == bodies[1].get_content()


def test_no_server_at_all_loses_nothing() -> None:
    mail = put()
    with a_server() as gone:
        port = gone.port
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
    ):
        assert send(mail) is MailState.FAILED
    with a_server() as server:
        assert send_waiting(now=LATER) == 1
    assert len(server.received) == 1


def test_a_sweep_waits_for_the_one_before() -> None:
    """A mail server that is slow to refuse holds up one sweep, not every worker."""
    with acting_as(Role.WORKER), connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        (worker,) = cursor.fetchone()
        for expected in ("notifications.send_waiting", None):
            tasks.send_waiting.defer(timestamp=0)
            cursor.execute("SELECT task_name FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
            assert cursor.fetchone()[0] == expected
