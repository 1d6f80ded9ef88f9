"""What can be asked of the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from havre.commons.notifications.models import OutgoingMail
from havre.commons.notifications.rules import LAST_ATTEMPT
from havre.commons.notifications.words import MailState

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
