"""Addresses that the desk proposed for members, and that wait for a second person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from havre.commons.accounts.models import EmailChange, change_place
from havre.commons.accounts.words import ReviewState
from havre.foundation.crypto import vault
from havre.foundation.db import Channel


@dataclass(frozen=True)
class ChangeSeen:
    """``held_until``: until when no provisional password is issued, once it was confirmed."""

    id: UUID
    membership: UUID
    email: str
    channel: Channel
    waits: bool
    proposed_by: UUID
    proposed_at: datetime
    held_until: datetime | None


def last_change_of(*, membership: UUID) -> ChangeSeen | None:
    """The last change of a member's address by the desk. One statement; for the desk."""
    row = EmailChange.objects.filter(membership_id=membership).order_by("-proposed_at").first()
    if row is None:
        return None
    return ChangeSeen(
        id=row.id,
        membership=row.membership_id,
        email=vault().open(bytes(row.email), place=change_place(row.id)),
        channel=Channel(row.channel),
        waits=row.state == ReviewState.WAITING,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        held_until=row.held_until,
    )
