"""The outbox: a mail is a row of the transaction that it tells of; sending comes after."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from babel.dates import format_datetime, get_timezone_location
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from havre.commons.notifications.models import (
    OutgoingMail,
    RefusingAddress,
    SilencedMember,
)
from havre.commons.notifications.rules import (
    LAST_ATTEMPT,
    html_body,
    plain_body,
    wait_before_attempt,
)
from havre.commons.notifications.words import (
    MailState,
    MailText,
    MailToWrite,
    NoLongerTrue,
    Writer,
)
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Item, Source
from havre.foundation.crypto import Place, vault
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.db.jobs import add_job
from havre.foundation.ids import new_id
from havre.foundation.signing_in.addresses import address_index

SEND = "notifications.send"
SWEPT_AT_ONCE = 200
_log = structlog.get_logger(__name__)
_writers: dict[str, Writer] = {}
WORKER = Actor(name="mail", channel=Channel.JOB, purpose="send what the outbox holds")


@dataclass(frozen=True)
class Mail:
    """A mail to put in the outbox. The same ``kind`` and ``subject_key`` is put there once."""

    kind: str
    subject_key: str
    language: str
    address: str
    not_before: datetime
    expires_at: datetime
    about: Mapping[str, str]
    facts: Mapping[str, str]
    household: UUID | None = None
    membership: UUID | None = None
    """Of a mail about an account: what waits can be withdrawn when the account is closed."""


def register_writer(kind: str, writer: Writer) -> None:
    """Say who writes the mails of a kind. Called at start-up by the floor that knows the words."""
    _writers[kind] = writer


def written_moment(moment: datetime, *, zone: ZoneInfo, language: str) -> str:
    """A moment as a mail writes it: "22 November 2026 at 09:05, Paris time"."""
    clock = "H 'h' mm" if language == "fr" else "HH:mm"
    place = get_timezone_location(zone, locale=language, return_city=True)
    return _("%(day)s at %(time)s, %(zone)s") % {
        "day": format_datetime(moment, "d MMMM yyyy", tzinfo=zone, locale=language),
        "time": format_datetime(moment, clock, tzinfo=zone, locale=language),
        "zone": _("%(place)s time") % {"place": place},
    }


def put_in_outbox(mail: Mail, *, now: datetime) -> None:
    """Keep a mail for sending. Needs the caller's transaction: mail and act stand or fall together."""
    made = _row(mail, now=now)
    OutgoingMail.objects.bulk_create([made], ignore_conflicts=True)
    add_job(SEND, at=mail.not_before, mail_id=str(made.id))


def put_many_in_outbox(mails: Iterable[Mail], *, now: datetime) -> None:
    """Keep mails that can wait: they leave with the sweep, spread so that none waits behind them.

    Needs the caller's transaction.
    """
    rows = [_row(mail, now=now) for mail in mails]
    for place, row in enumerate(rows):
        row.not_before += timedelta(minutes=place // SWEPT_AT_ONCE)
    OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def withdraw(*, memberships: Collection[UUID]) -> None:
    """What waits for these memberships does not leave, and what it said is blanked. Needs a transaction."""
    OutgoingMail.objects.filter(
        membership_id__in=memberships, state__in=[MailState.QUEUED, MailState.FAILED]
    ).update(state=MailState.EXPIRED, facts=None)


def _row(mail: Mail, *, now: datetime) -> OutgoingMail:
    row_id = new_id()
    return OutgoingMail(
        id=row_id,
        message_name=message_name(row_id),
        kind=mail.kind,
        subject_key=mail.subject_key,
        household_id=mail.household,
        membership_id=mail.membership,
        language=mail.language,
        address=vault().seal(mail.address, place=_place("address", row_id)),
        about=dict(mail.about),
        facts=vault().seal(json.dumps(dict(mail.facts)), place=_place("facts", row_id)),
        not_before=mail.not_before,
        expires_at=mail.expires_at,
        created_at=now,
    )


def send(*, mail_id: UUID, now: datetime) -> MailState | None:
    """Send one mail unless it has left, and say what became of it; none where there is no such mail.

    A worker killed between the sending and the note of it sends again: the Message-ID, made from the
    row's id, is the same, and so is the text, so that the reader's server sees one mail.
    """
    with acting(actor=WORKER):
        mail = OutgoingMail.objects.select_for_update().filter(id=mail_id).first()
        if mail is None or mail.state in {MailState.SENT, MailState.EXPIRED, MailState.BOUNCED}:
            return MailState(mail.state) if mail else None
        if now < mail.not_before:
            return MailState.QUEUED
        mail.attempts += 1
        # Where this attempt dies, the sweep takes it up again after the wait.
        mail.not_before = now + wait_before_attempt(mail.attempts)
        mail.save(update_fields=["attempts", "not_before"])
    return _note(mail, state=_attempt(mail, now=now), now=now)


def send_waiting(*, now: datetime) -> int:
    """Send what no job came for: its worker died, or the server refused it. Gives how many left.

    What expired meanwhile is not sent, and what it said is blanked.
    """
    with acting(actor=WORKER):
        _give_up(now=now)
        waiting = list(
            OutgoingMail.objects.filter(
                Q(state=MailState.QUEUED) | Q(state=MailState.FAILED, attempts__lt=LAST_ATTEMPT),
                not_before__lte=now,
            )
            .order_by("not_before")
            .values_list("id", flat=True)[:SWEPT_AT_ONCE]
        )
    return sum(send(mail_id=mail_id, now=now) is MailState.SENT for mail_id in waiting)


def _give_up(*, now: datetime) -> None:
    """What was refused to the last attempt, and is too old to be of use: its facts are blanked."""
    OutgoingMail.objects.filter(
        state=MailState.FAILED, attempts__gte=LAST_ATTEMPT, expires_at__lte=now
    ).update(state=MailState.EXPIRED, facts=None)


def _attempt(mail: OutgoingMail, *, now: datetime) -> MailState:
    if now >= mail.expires_at:
        return MailState.EXPIRED
    if _is_silenced(mail):
        return MailState.EXPIRED
    if _refuses(mail):
        return MailState.BOUNCED
    try:
        _message(mail, _written(mail, now=now)).send()
    except NoLongerTrue:
        return MailState.EXPIRED
    except OSError as error:  # every refusal of the mail server is one
        _log.warning("mail_not_sent", mail=str(mail.id), kind=mail.kind, error=type(error).__name__)
        return MailState.FAILED
    except Exception as error:  # noqa: BLE001  # one that cannot be written must not hold up those behind it
        _log.error(
            "mail_not_written", mail=str(mail.id), kind=mail.kind, error=type(error).__name__
        )
        return MailState.FAILED
    return MailState.SENT


def _note(mail: OutgoingMail, *, state: MailState, now: datetime) -> MailState:
    values: dict[str, object] = {"state": state}
    if state is MailState.SENT:
        values["sent_at"] = now
    if state in {MailState.SENT, MailState.EXPIRED, MailState.BOUNCED}:
        values["facts"] = None  # what it said is no longer needed
    with acting(actor=WORKER):
        OutgoingMail.objects.filter(id=mail.id).update(**values)
        given_up = state is MailState.FAILED and mail.attempts >= LAST_ATTEMPT
        if given_up or state is MailState.BOUNCED:
            worklist.put(lost(mail, now=now))
        elif state is MailState.SENT:
            worklist.take_away(source=Source.MAIL, source_id=mail.id)
    return state


def lost(mail: OutgoingMail, *, now: datetime) -> Item:
    """For this app alone: somebody looks by which other way the member can be reached."""
    return Item(
        source=Source.MAIL,
        source_id=mail.id,
        kind=mail.kind,
        needs="members.find",
        opened_at=now,
        household=mail.household_id,
        membership=mail.membership_id,
        language=mail.language,
    )


def try_again(*, mail_id: UUID, now: datetime) -> bool:
    """Send a mail that was given up once more; false where it is too old. Needs a transaction."""
    rows = OutgoingMail.objects.filter(id=mail_id, state=MailState.FAILED, expires_at__gt=now)
    # One attempt: what fails again is back among what waits at once.
    if not rows.update(attempts=LAST_ATTEMPT - 1, not_before=now):
        return False
    worklist.take_away(source=Source.MAIL, source_id=mail_id)
    add_job(SEND, mail_id=str(mail_id))
    return True


def give_up(*, mail_id: UUID) -> None:
    """Its member was reached otherwise: it is not sent any more. Needs a transaction."""
    OutgoingMail.objects.filter(id=mail_id, state=MailState.FAILED).update(
        state=MailState.EXPIRED, facts=None
    )
    worklist.take_away(source=Source.MAIL, source_id=mail_id)


def _is_silenced(mail: OutgoingMail) -> bool:
    """Whether its member died: whatever was written before or since."""
    if mail.membership_id is None:
        return False
    with acting(actor=WORKER):
        return SilencedMember.objects.filter(membership_id=mail.membership_id).exists()


def _refuses(mail: OutgoingMail) -> bool:
    """Whether the address refused another mail for good."""
    with acting(actor=WORKER):
        return RefusingAddress.objects.filter(address=address_index(address_of(mail))).exists()


def address_of(mail: OutgoingMail) -> str:
    """For this app alone: to whom it goes, opened."""
    return vault().open(bytes(mail.address), place=_place("address", mail.id))


def _written(mail: OutgoingMail, *, now: datetime) -> MailText:
    facts = json.loads(vault().open(bytes(mail.facts or b""), place=_place("facts", mail.id)))
    return written(mail.kind, MailToWrite(mail.id, mail.language, mail.about, facts, now))


def written(kind: str, mail: MailToWrite) -> MailText:
    """For this app alone: the words of a mail of this kind, in its language."""
    with translation.override(mail.language):
        return _writers[kind](mail)


def _message(mail: OutgoingMail, text: MailText) -> EmailMultiAlternatives:
    house = settings.HAVRE
    hours = house.OPERATOR_HOURS_FR if mail.language == "fr" else house.OPERATOR_HOURS_EN
    signature = [line for line in (house.OPERATOR_NAME, house.OPERATOR_PHONE, hours) if line]
    sender = settings.DEFAULT_FROM_EMAIL
    message = EmailMultiAlternatives(
        subject=text.subject,
        body=plain_body(text, signature=signature),
        from_email=sender,
        to=[address_of(mail)],
        headers={
            "Message-ID": f"<{message_name(mail.id)}@{sender.rpartition('@')[2].rstrip('>')}>",
            "Content-Language": mail.language,
            "Auto-Submitted": "auto-generated",
            **_leaving(text),
        },
    )
    message.attach_alternative(
        html_body(text, language=mail.language, signature=signature), "text/html"
    )
    return message


def _leaving(text: MailText) -> dict[str, str]:
    """The headers by which a mail program offers to stop such mails by itself (RFC 8058)."""
    if text.leave is None:
        return {}
    return {
        "List-Unsubscribe": f"<{text.leave.stop.url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def message_name(mail: UUID) -> str:
    """The same at each try. Not the id itself, whose time of making would tie two mails together."""
    return sha256(b"message " + mail.bytes).hexdigest()[:32]


def _place(column: str, row: UUID) -> Place:
    return Place("notifications_outgoingmail", column, str(row))
