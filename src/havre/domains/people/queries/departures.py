"""Deaths and ends of relations that were said, by member."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from havre.domains.people.models import Departure
from havre.domains.people.words import DepartureKind, DepartureState


@dataclass(frozen=True)
class DepartureSeen:
    id: UUID
    kind: DepartureKind
    day: date
    ends_covers: bool
    state: DepartureState
    proposed_by: UUID
    proposed_at: datetime
    decided_at: datetime | None
    undone_at: datetime | None


def departures_of(*, household: UUID, membership: UUID) -> list[DepartureSeen]:
    """What was ever said of this member, the last first. One statement."""
    rows = Departure.objects.filter(household_id=household, membership_id=membership)
    return [
        DepartureSeen(
            *(row.id, DepartureKind(row.kind), row.day, row.ends_covers),
            *(DepartureState(row.state), row.proposed_by, row.proposed_at),
            *(row.decided_at, row.undone_at),
        )
        for row in rows.order_by("-proposed_at", "-id")
    ]
