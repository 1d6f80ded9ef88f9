"""Mails to put in the outbox, of a kind that only the tests write."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from havre.commons.notifications import actions
from havre.commons.notifications.actions import outbox as sending
from havre.commons.notifications.models import OutgoingMail
from havre.commons.notifications.words import MailState, MailText, MailToWrite, NoLongerTrue, Shown
from havre.foundation.db import Role
from tests.database import acting_as

KIND = "tests.greeting"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADDRESS = "camille.fictif@example.org"
SECRET = "canary-71c9"


def a_mail(**changes: Any) -> actions.Mail:
    values: dict[str, Any] = {
        "kind": KIND,
        "subject_key": "one",
        "language": "fr",
        "address": ADDRESS,
        "not_before": NOW,
        "expires_at": NOW + timedelta(days=1),
        "about": {"account": "0190-of-a-row"},
        "facts": {"name": SECRET},
    }
    return actions.Mail(**{**values, **changes})


def write(mail: MailToWrite) -> MailText:
    if mail.about.get("over"):
        raise NoLongerTrue
    return MailText("Bonjour", (f"Bonjour {mail.facts['name']}", Shown("Numéro", "HV 1")))


@contextmanager
def written_here() -> Iterator[None]:
    actions.register_writer(KIND, write)
    yield
    sending._writers.pop(KIND)


def put(mail: actions.Mail | None = None, *, now: datetime = NOW) -> UUID:
    """Put a mail in the outbox as the web user does, and give its row's id."""
    mail = mail or a_mail()
    actions.put_in_outbox(mail, now=now)
    with acting_as(Role.WORKER):
        return OutgoingMail.objects.get(kind=mail.kind, subject_key=mail.subject_key).id


def outbox() -> list[OutgoingMail]:
    with acting_as(Role.WORKER):
        return list(OutgoingMail.objects.order_by("created_at", "id"))


def row(mail_id: UUID) -> OutgoingMail:
    (found,) = [mail for mail in outbox() if mail.id == mail_id]
    return found


def queue() -> list[tuple[str, str]]:
    """The jobs that wait: their task, and all that their row says, as text."""
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute("SELECT task_name, j::text FROM procrastinate_jobs j ORDER BY id")
        return list(cursor.fetchall())


def send(mail_id: UUID, *, now: datetime = NOW) -> MailState | None:
    with acting_as(Role.WORKER):
        return actions.send(mail_id=mail_id, now=now)


def send_waiting(*, now: datetime) -> int:
    with acting_as(Role.WORKER):
        return actions.send_waiting(now=now)
