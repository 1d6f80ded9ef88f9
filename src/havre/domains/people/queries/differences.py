"""What a feed contradicts and waits for the desk."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from havre.domains.people.models import Difference
from havre.domains.people.words import DifferenceState
from havre.foundation.crypto import Place, vault


@dataclass(frozen=True)
class DifferenceSeen:
    """What a feed says otherwise than was confirmed, and waits: texts; a NIR is not opened here."""

    id: UUID
    person: UUID
    field: str
    feed_value: str
    noticed_at: datetime


def difference_of(*, household: UUID, difference: UUID) -> DifferenceSeen | None:
    """One that waits. One statement."""
    row = Difference.objects.filter(
        household_id=household, id=difference, state=DifferenceState.WAITING
    ).first()
    if row is None:
        return None
    place = Place("people_difference", "feed_value", row.id)
    value = vault().open(bytes(row.feed_value), place=place) if row.feed_value else ""
    return DifferenceSeen(row.id, row.person_id, row.field, value, row.noticed_at)
