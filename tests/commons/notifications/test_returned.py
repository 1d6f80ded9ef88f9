"""A mail that comes back waits for somebody, and an address that refuses for good is written to no more."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core import mail as outbox

from havre.commons.notifications.actions import (
    Mail,
    end_silence,
    note_returned,
    put_in_outbox,
    register_writer,
    send,
    silence,
    take_returned,
)
from havre.commons.notifications.models import OutgoingMail, RefusingAddress
from havre.commons.notifications.words import MailState, MailText
from havre.commons.worklist.models import WorkItem
from havre.foundation.db import Role, acting
from havre.foundation.ids import new_id
from tests.builders import BUILDER
from tests.database import acting_as

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)


def sent(address: str = "claire@exemple.org", *, membership: UUID | None = None) -> OutgoingMail:
    """A mail, tried once."""
    register_writer("tests.plain", lambda _mail: MailText("Subject", ("Hello",)))
    key, membership = str(new_id()), membership or new_id()
    made = Mail(
        kind="tests.plain",
        subject_key=key,
        language="en",
        address=address,
        not_before=NOW,
        expires_at=NOW + timedelta(days=1),
        about={},
        facts={},
        household=new_id(),
        membership=membership,
    )
    with acting_as(Role.WORKER), acting(actor=BUILDER):
        put_in_outbox(made, now=NOW)
        row = OutgoingMail.objects.get(subject_key=key)
    with acting_as(Role.WORKER):
        send(mail_id=row.id, now=NOW)
    return row


def returned(row: OutgoingMail, *, for_good: bool) -> bool:
    with acting_as(Role.WORKER):
        return note_returned(name=row.message_name or "", for_good=for_good, now=NOW)


def state(row: UUID) -> str:
    with acting_as(Role.OWNER):
        return str(OutgoingMail.objects.get(id=row).state)


def test_what_came_back_waits_for_somebody_once() -> None:
    row = sent()
    assert f"<{row.message_name}@" in outbox.outbox[-1].extra_headers["Message-ID"]
    for _told in range(2):
        assert returned(row, for_good=True)
    assert state(row.id) == MailState.BOUNCED
    with acting_as(Role.OWNER):
        item = WorkItem.objects.get(source="MAIL")
        assert (item.source_id, item.membership_id) == (row.id, row.membership_id)
        assert b"claire" not in bytes(RefusingAddress.objects.get().address)


def test_no_other_mail_leaves_for_it_and_others_do() -> None:
    returned(sent(), for_good=True)
    before = len(outbox.outbox)
    assert state(sent("Claire@exemple.org").id) == MailState.BOUNCED
    assert len(outbox.outbox) == before
    assert state(sent("claire.nouvelle@exemple.org").id) == MailState.SENT


def test_a_full_mailbox_is_written_to_again() -> None:
    returned(sent(), for_good=False)
    assert state(sent().id) == MailState.SENT


def test_a_mail_of_nobody_changes_nothing() -> None:
    with acting_as(Role.WORKER):
        assert not note_returned(name="0" * 32, for_good=True, now=NOW)
    with acting_as(Role.OWNER):
        assert not RefusingAddress.objects.exists()


def test_what_the_mail_server_put_there_is_read_once(tmp_path: Path) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    row = sent()
    for name, text in {"1.report": report(row), "2.letter": "Subject: Hello\n\nHello"}.items():
        (tmp_path / "new" / name).write_text(text)
    for taken in (1, 0):
        with acting_as(Role.WORKER):
            assert take_returned(folder=tmp_path, now=NOW) == taken
    assert state(row.id) == MailState.BOUNCED
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"cur/2.letter:2,S"}


def test_no_mail_leaves_for_who_died_whatever_writes_it() -> None:
    row = sent()
    with acting_as(Role.WORKER), acting(actor=BUILDER):
        silence(memberships=[row.membership_id or row.id], now=NOW)
    assert state(sent(membership=row.membership_id).id) == MailState.EXPIRED
    with acting_as(Role.WORKER), acting(actor=BUILDER):
        end_silence(memberships=[row.membership_id or row.id])
    assert state(sent(membership=row.membership_id).id) == MailState.SENT


def report(row: OutgoingMail) -> str:
    """What a mail server writes of a mail that it could not deliver (RFC 3464)."""
    return (
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example.org\n\n"
        "Final-Recipient: rfc822; claire@exemple.org\nAction: failed\nStatus: 5.1.1\n\n"
        "--b\nContent-Type: text/rfc822-headers\n\n"
        f"Message-ID: <{row.message_name}@example.org>\n\n--b--\n"
    )
