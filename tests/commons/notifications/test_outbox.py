"""The outbox: a mail stands or falls with the act it tells of, leaves once, and forgets what it said."""

from datetime import timedelta
from email.message import Message
from typing import Any

import pytest
from django.core import mail as sent
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from havre.commons.notifications import actions
from havre.commons.notifications.actions import outbox as sending
from havre.commons.notifications.rules import LAST_ATTEMPT, wait_before_attempt
from havre.commons.notifications.words import MailState
from havre.foundation.db import Actor, Channel, Role, acting
from tests.commons.notifications.mails import (
    ADDRESS,
    NOW,
    SECRET,
    a_mail,
    outbox,
    put,
    queue,
    row,
    send,
    send_waiting,
)

pytestmark = pytest.mark.django_db
ASKS = Actor(name="test", channel=Channel.ONLINE, purpose="test")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """Faults that the next sendings meet, in turn."""
    faults: list[Exception] = []
    send_for_real = EmailMultiAlternatives.send

    def send_or_fail(message: EmailMultiAlternatives, *args: Any) -> int:
        if faults:
            raise faults.pop(0)
        return send_for_real(message, *args)

    monkeypatch.setattr(EmailMultiAlternatives, "send", send_or_fail)
    return faults


# --- Put there with the act ----------------------------------------------------------------------


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.PUBLIC])
def test_whoever_acts_puts_a_mail_and_a_job_there(role: Role | None) -> None:
    with acting(actor=ASKS, role=role):
        actions.put_in_outbox(a_mail(), now=NOW)
    (mail,) = outbox()
    ((task, job),) = queue()
    assert (mail.state, task) == (MailState.QUEUED, actions.SEND)
    assert str(mail.id) in job


def test_an_act_that_is_undone_leaves_neither_mail_nor_job() -> None:
    point = transaction.savepoint()
    put()
    assert (len(outbox()), len(queue())) == (1, 1)
    transaction.savepoint_rollback(point)
    assert (outbox(), queue()) == ([], [])


def test_the_same_kind_and_subject_is_one_mail() -> None:
    first = put()
    put(a_mail(facts={"name": "another"}), now=NOW + timedelta(minutes=1))
    assert [mail.id for mail in outbox()] == [first]
    put(a_mail(subject_key="two"))
    assert len(outbox()) == 2


def test_neither_address_nor_secret_is_in_clear_in_the_outbox_or_the_queue() -> None:
    put()
    (mail,) = outbox()
    in_clear = " ".join(
        str(bytes(value) if isinstance(value, bytes | memoryview) else value)
        for value in vars(mail).values()
    )
    for place in (in_clear, str(mail.about), *(job for _, job in queue())):
        assert ADDRESS not in place
        assert SECRET not in place
    assert SECRET in sent_text(mail.id)  # the control: it is there to be found once opened


# --- Sent once -----------------------------------------------------------------------------------


def sent_text(mail_id: Any) -> str:
    assert send(mail_id) is MailState.SENT
    return str(sent.outbox[-1].body)


def test_a_mail_leaves_once_and_forgets_what_it_said() -> None:
    mail = put()
    assert send(mail) is MailState.SENT
    assert send(mail) is MailState.SENT
    assert send_waiting(now=NOW + timedelta(days=2)) == 0
    assert len(sent.outbox) == 1
    assert sent.outbox[0].to == [ADDRESS]
    assert (row(mail).facts, row(mail).sent_at) == (None, NOW)


def test_two_workers_at_once_send_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = put()
    while_sending: list[MailState | None] = []
    send_for_real = EmailMultiAlternatives.send

    def meanwhile(message: EmailMultiAlternatives, *args: Any) -> int:
        if not while_sending:
            while_sending.append(None)
            while_sending[0] = actions.send(mail_id=mail, now=NOW)
        return send_for_real(message, *args)

    monkeypatch.setattr(EmailMultiAlternatives, "send", meanwhile)
    assert send(mail) is MailState.SENT
    assert while_sending == [MailState.QUEUED]
    assert len(sent.outbox) == 1


def test_a_mail_waits_for_its_moment() -> None:
    mail = put(a_mail(not_before=NOW + timedelta(minutes=5)))
    assert send(mail) is MailState.QUEUED
    assert send_waiting(now=NOW) == 0
    assert sent.outbox == []
    assert send(mail, now=NOW + timedelta(minutes=5)) is MailState.SENT


def test_a_worker_killed_before_it_noted_the_sending_sends_the_same_mail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mail = put()

    def killed(*_: object, **__: object) -> MailState:
        raise KeyboardInterrupt  # no code of ours runs after it

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_note", killed)
        with pytest.raises(KeyboardInterrupt):
            send(mail)
    assert row(mail).state == MailState.QUEUED
    assert send_waiting(now=NOW) == 0  # its first worker may still be at it
    assert send_waiting(now=NOW + wait_before_attempt(1)) == 1
    first, second = (message.message() for message in sent.outbox)
    assert first["Message-ID"] == second["Message-ID"]
    assert str(mail) not in first["Message-ID"]  # its time of making would tie two mails together
    assert _texts(first) == _texts(second)


def _texts(message: Message) -> list[bytes]:
    return [
        part.get_payload(decode=True)  # type: ignore[misc]
        for part in message.walk()
        if not part.is_multipart()
    ]


# --- Not sent ------------------------------------------------------------------------------------


def test_a_server_that_is_down_delays_a_mail(failing: list[Exception]) -> None:
    mail = put()
    failing += [ConnectionRefusedError(), TimeoutError()]
    assert send(mail) is MailState.FAILED
    again = NOW + wait_before_attempt(1)
    assert send_waiting(now=again - timedelta(seconds=1)) == 0
    assert send_waiting(now=again) == 0
    assert (row(mail).state, row(mail).attempts) == (MailState.FAILED, 2)
    assert send_waiting(now=again + wait_before_attempt(2)) == 1
    assert len(sent.outbox) == 1


def test_a_mail_that_expired_is_not_sent_and_is_blanked() -> None:
    mail = put()
    assert send(mail, now=NOW + timedelta(days=1)) is MailState.EXPIRED
    assert sent.outbox == []
    assert row(mail).facts is None


def test_a_mail_given_up_is_blanked_when_it_expires(failing: list[Exception]) -> None:
    mail = put()
    moment = NOW
    failing += [ConnectionRefusedError() for _ in range(LAST_ATTEMPT)]
    for attempt in range(1, LAST_ATTEMPT + 1):
        assert send(mail, now=moment) is MailState.FAILED
        moment += wait_before_attempt(attempt)
    assert send_waiting(now=moment) == 0
    assert row(mail).facts is not None
    assert send_waiting(now=NOW + timedelta(days=1)) == 0
    assert (row(mail).state, row(mail).facts) == (MailState.EXPIRED, None)
    assert sent.outbox == []


def test_what_is_no_longer_true_is_not_sent() -> None:
    mail = put(a_mail(about={"over": "yes"}))
    assert send(mail) is MailState.EXPIRED
    assert sent.outbox == []
    assert row(mail).facts is None


def test_a_fault_says_nothing_of_the_reader(
    failing: list[Exception],
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    failing.append(ConnectionRefusedError(f"550 <{ADDRESS}> {SECRET}"))
    send(put())
    said = "".join([*capsys.readouterr(), caplog.text])
    assert "mail_not_sent" in said
    assert ADDRESS not in said
    assert SECRET not in said


def test_the_waits_grow_to_an_hour() -> None:
    waits = [wait_before_attempt(attempt).total_seconds() for attempt in range(1, LAST_ATTEMPT + 1)]
    assert waits[:3] == [30, 60, 120]
    assert waits == sorted(waits)
    assert waits[-1] == 3600
