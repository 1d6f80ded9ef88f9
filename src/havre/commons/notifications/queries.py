"""What can be asked of the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Value

from havre.commons.notifications.models import Letter, OutgoingMail, RefusingAddress
from havre.commons.notifications.rules import LAST_ATTEMPT
from havre.commons.notifications.words import MailState
from havre.foundation.db.keyset import row_than
from havre.foundation.signing_in.addresses import address_index

_GIVEN_UP = Q(state=MailState.FAILED, attempts__gte=LAST_ATTEMPT)


@dataclass(frozen=True)
class Outbox:
    """How many mails wait, failed once or more, and were given up; since when the oldest is due."""

    waiting: int
    failed: int
    given_up: int
    oldest: datetime | None


@dataclass(frozen=True)
class Sending:
    """What became of one mail; ``sent_at`` is none while it has not left."""

    sent_at: datetime | None


def sending(*, kind: str, subject_key: str) -> Sending | None:
    """What became of the mail of this kind and subject; none where there was no such mail."""
    row = OutgoingMail.objects.filter(kind=kind, subject_key=subject_key).first()
    return Sending(row.sent_at) if row else None


class AfterMail(NamedTuple):
    """Where a page begins: behind this mail."""

    created_at: datetime
    id: UUID


@dataclass(frozen=True)
class MailSeen:
    """A mail as the desk sees it: which kind, and what became of it. Never its address nor its words."""

    id: UUID
    kind: str
    language: str
    state: MailState
    created_at: datetime
    not_before: datetime
    sent_at: datetime | None
    attempts: int
    by_post: bool = False


def mails_of(
    *, membership: UUID, after: AfterMail | None = None, size: int = 10
) -> tuple[list[MailSeen], AfterMail | None]:
    """Mails and letters to a member, the newest first, and where the next page begins. One statement."""
    mails = OutgoingMail.objects.annotate(by_post=Value(value=False))
    letters = Letter.objects.annotate(
        by_post=Value(value=True), not_before=F("created_at"), attempts=Value(0)
    )
    own = [rows.filter(membership_id=membership) for rows in (mails, letters)]
    if after is not None:
        further = row_than("lt", created_at=after.created_at, id=after.id)
        own = [rows.filter(further) for rows in own]
    names = [field.name for field in fields(MailSeen)]
    first, second = (rows.values_list(*names) for rows in own)
    rows = first.union(second, all=True).order_by("-created_at", "-id")
    found = [_mail_seen(*row) for row in rows[: size + 1]]
    last = AfterMail(found[size - 1].created_at, found[size - 1].id) if len(found) > size else None
    return found[:size], last


def _mail_seen(row_id: UUID, kind: str, language: str, state: str, *rest: Any) -> MailSeen:
    return MailSeen(row_id, kind, language, MailState(state), *rest)


def known_subjects(*, kind: str, subject_keys: Iterable[str]) -> set[str]:
    """Those of these subjects for which a mail of this kind was put in the outbox."""
    found = OutgoingMail.objects.filter(kind=kind, subject_key__in=list(subject_keys))
    return set(found.values_list("subject_key", flat=True))


def outbox(*, now: datetime) -> Outbox:
    """The state of the outbox, counted; it names nobody."""
    left = OutgoingMail.objects.filter(state__in=[MailState.QUEUED, MailState.FAILED])
    seen = left.aggregate(
        waiting=Count("id", filter=Q(state=MailState.QUEUED)),
        failed=Count("id", filter=Q(state=MailState.FAILED)),
        given_up=Count("id", filter=_GIVEN_UP),
        oldest=Min("not_before", filter=Q(not_before__lte=now) & ~_GIVEN_UP),
    )
    return Outbox(**seen)


def mail_of(*, mail: UUID) -> MailSeen | None:
    """One mail. One statement; needs the desk's role."""
    names = [field.name for field in fields(MailSeen)]
    rows = OutgoingMail.objects.annotate(by_post=Value(value=False)).filter(id=mail)
    row = rows.values_list(*names).first()
    return _mail_seen(*row) if row else None


def mails_refused_by(index: OuterRef) -> Exists:
    """Whether the address of this index (``signing_in.addresses.address_index``) refused a mail for good,
    for a statement about whose it is."""
    return Exists(RefusingAddress.objects.filter(address=index))


def reaches(*, address: str | None) -> bool:
    """Whether mails leave for it: there is one, and it did not refuse. One statement at most."""
    if not address:
        return False
    return not RefusingAddress.objects.filter(address=address_index(address)).exists()
