"""Everything that reads of the journals."""

from datetime import datetime
from uuid import UUID

from havre.commons.audit.models import Opening
from havre.commons.audit.words import Opened, OpeningPurpose


def openings_of(*, household: UUID, limit: int = 50) -> list[Opened]:
    """Who opened the health part of the household's file, the newest first. One statement.

    Needs the household's context, as a member or as the desk.
    """
    rows = Opening.objects.filter(household_id=household).order_by("-at", "-id")[:limit]
    return [opened(row) for row in rows]


def is_open(*, household: UUID, staff: UUID, now: datetime) -> bool:
    """Whether ``staff`` has this household's health open now, as its policies will see it."""
    return Opening.objects.filter(household_id=household, staff_id=staff, until__gt=now).exists()


def opened(row: Opening) -> Opened:
    return Opened(
        id=row.id,
        staff=row.staff_id,
        staff_name=row.staff_name,
        purpose=OpeningPurpose(row.purpose),
        case=row.case_id,
        at=row.at,
        until=row.until,
    )
