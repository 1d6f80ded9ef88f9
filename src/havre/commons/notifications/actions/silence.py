"""Members to whom no mail leaves, whatever would write one: those who died."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from havre.commons.notifications.actions.outbox import withdraw
from havre.commons.notifications.models import SilencedMember


def silence(*, memberships: Collection[UUID], now: datetime) -> None:
    """What waits for them does not leave, nor what is put in the outbox later. Needs a transaction."""
    withdraw(memberships=memberships)
    SilencedMember.objects.bulk_create(
        [SilencedMember(membership_id=one, since=now) for one in memberships],
        ignore_conflicts=True,
    )


def end_silence(*, memberships: Collection[UUID]) -> None:
    """Mails leave for them again; what was withdrawn does not come back. Needs a transaction."""
    SilencedMember.objects.filter(membership_id__in=memberships).delete()
