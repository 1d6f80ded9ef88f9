"""Everything that reads of the journals."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from havre.commons.audit.models import Loading, Opening, Reading, told_place, words_place
from havre.commons.audit.words import Datum, LoadingOutcome, LoadingSeen, Opened, OpeningPurpose
from havre.foundation.crypto import vault
from havre.foundation.db.keyset import row_than

FILES = "\n"
"""Between the names of the files of a loading."""


class After(NamedTuple):
    """Where a page begins: behind this opening or reading."""

    at: datetime
    id: UUID


@dataclass(frozen=True)
class ReadingSeen:
    """Somebody of the desk was shown a datum of a person."""

    id: UUID
    staff_name: str
    person: UUID
    datum: Datum
    at: datetime


@dataclass(frozen=True)
class OpeningOfHouse:
    """An opening of any household, for whoever looks after who looks."""

    household: UUID
    opening: Opened


def openings_of(*, household: UUID, limit: int = 50, after: After | None = None) -> list[Opened]:
    """Who opened the health part of the household's file, the newest first. One statement.

    Needs the household's context, as a member or as the desk.
    """
    rows = _behind(Opening.objects.filter(household_id=household), after)
    return [opened(row) for row in rows.order_by("-at", "-id")[:limit]]


def readings_of(
    *, household: UUID, limit: int = 50, after: After | None = None
) -> list[ReadingSeen]:
    """Whom of the household somebody of the desk was shown the number of, the newest first.

    One statement. Needs the household's context, as a member or as the desk.
    """
    rows = _behind(Reading.objects.filter(household_id=household, staff_id__isnull=False), after)
    return [
        ReadingSeen(row.id, row.staff_name, row.person_id, Datum(row.datum), row.at)
        for row in rows.order_by("-at", "-id")[:limit]
    ]


def openings(
    *, limit: int = 50, after: After | None = None, live_at: datetime | None = None
) -> list[OpeningOfHouse]:
    """Openings over all households, the newest first, or those that are open at a moment. One statement.

    Needs the role of the desk.
    """
    rows = _behind(Opening.objects.all(), after)
    if live_at is not None:
        rows = rows.filter(until__gt=live_at)
    return [
        OpeningOfHouse(row.household_id, opened(row)) for row in rows.order_by("-at", "-id")[:limit]
    ]


def live_of(*, household: UUID, staff: UUID, now: datetime) -> Opened | None:
    """What ``staff`` has open of this household now, the one that lasts longest. One statement."""
    rows = Opening.objects.filter(household_id=household, staff_id=staff, until__gt=now)
    row = rows.order_by("-until").first()
    return opened(row) if row else None


def openings_for(*, household: UUID, case: UUID) -> list[Opened]:
    """Who opened health for this request, the newest first. One statement; needs the same context."""
    rows = Opening.objects.filter(household_id=household, case_id=case)
    return [opened(row) for row in rows.order_by("-at", "-id")]


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
        words=vault().open(bytes(row.words), place=words_place(row.id)) if row.words else "",
    )


def _behind(rows: QuerySet[Any], after: After | None) -> QuerySet[Any]:
    return rows.filter(row_than("lt", at=after.at, id=after.id)) if after else rows


def loading_of(*, loading: UUID) -> LoadingSeen | None:
    """A feed that was refused or loaded with remarks, and is not closed. One statement; as the desk."""
    row = Loading.objects.filter(id=loading, closed_at=None).first()
    if row is None:
        return None
    told = vault().open(bytes(row.told), place=told_place(row.id)) if row.told else ""
    return LoadingSeen(
        id=row.id,
        command=row.command,
        files=tuple(row.files.split(FILES)),
        outcome=LoadingOutcome(row.outcome),
        at=row.at,
        remarks=row.remarks,
        told=tuple(told.splitlines()),
    )
