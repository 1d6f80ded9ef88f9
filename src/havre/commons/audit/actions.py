"""Everything that writes to the journals. The history itself has no writer but its trigger."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from havre.commons.audit.models import (
    Loading,
    Opening,
    Reading,
    reason_place,
    told_place,
    words_place,
)
from havre.commons.audit.queries import FILES, opened
from havre.commons.audit.words import Datum, LoadingOutcome, Opened, OpeningPurpose
from havre.foundation.crypto import vault
from havre.foundation.ids import new_id


def record_reading(
    *, household: UUID, account: UUID, people: Iterable[UUID], datum: Datum, purpose: str
) -> None:
    """Record that an account was shown a datum of these people of its household.

    Needs the transaction in which the datum is read, so that neither happens alone. One statement.
    """
    Reading.objects.bulk_create(
        Reading(
            household_id=household,
            account_id=account,
            person_id=person,
            datum=datum,
            purpose=purpose,
        )
        for person in people
    )


def record_reading_at_desk(
    *,
    household: UUID,
    staff: UUID,
    name: str,
    people: Iterable[UUID],
    datum: Datum,
    purpose: str,
) -> None:
    """The same of somebody of the desk, in whose name they act; ``name`` is the first name that the
    household is shown. Needs the household's context as the desk. One statement.
    """
    Reading.objects.bulk_create(
        Reading(
            household_id=household,
            staff_id=staff,
            staff_name=name,
            person_id=person,
            datum=datum,
            purpose=purpose,
        )
        for person in people
    )


def open_health(
    *,
    household: UUID,
    staff: UUID,
    name: str,
    purpose: OpeningPurpose,
    case: UUID | None,
    now: datetime,
    until: datetime,
    words: str = "",
) -> Opened:
    """Open what the household's file holds about health to ``staff``, until ``until`` and no longer.

    One that is open already for the same case and purpose is what is answered, as it stands: a page
    that is loaded again opens nothing twice. ``words`` say more of why, ``name`` is the first name that the
    household is shown. At most a day. Needs the household's context as the desk, acting as ``staff``: the
    database refuses an opening in somebody else's name.
    """
    live = Opening.objects.filter(household_id=household, staff_id=staff, until__gt=now)
    found = live.filter(purpose=purpose, case_id=case).order_by("-until").first()
    if found:
        return opened(found)
    row_id = new_id()
    opening = Opening(
        id=row_id,
        household_id=household,
        staff_id=staff,
        staff_name=name,
        purpose=purpose,
        case_id=case,
        at=now,
        until=until,
        words=vault().seal(words, place=words_place(row_id)) if words else None,
    )
    opening.save(force_insert=True)
    return opened(opening)


def close_health(
    *, household: UUID, now: datetime, case: UUID | None = None, staff: UUID | None = None
) -> int:
    """End what is open in the household: that of one case, of one person, or all of it. Gives how many.

    What was open stays told. Needs the household's context as the desk.
    """
    live = Opening.objects.filter(household_id=household, until__gt=now)
    if case is not None:
        live = live.filter(case_id=case)
    if staff is not None:
        live = live.filter(staff_id=staff)
    return live.update(until=now)


def note_loading(
    *,
    command: str,
    files: Iterable[str],
    outcome: LoadingOutcome,
    told: Sequence[str],
    remarks: int,
    now: datetime,
) -> UUID:
    """Keep what a loading told; told again of the same files, it replaces what was. Needs the batch role."""
    named = FILES.join(sorted(files))
    known = Loading.objects.filter(command=command, files=named).first()
    row_id = known.id if known else new_id()
    Loading.objects.update_or_create(
        id=row_id,
        defaults={
            "command": command,
            "files": named,
            "outcome": outcome,
            "at": now,
            "remarks": remarks,
            "told": vault().seal("\n".join(told), place=told_place(row_id)),
            "closed_at": None,
            "closed_by": "",
            "reason": None,
        },
    )
    return row_id


def forget_loading(*, command: str, files: Iterable[str]) -> UUID | None:
    """These files loaded well: what was told of them is gone; its id, none where nothing was. Needs the
    batch role.
    """
    row = Loading.objects.filter(command=command, files=FILES.join(sorted(files))).first()
    if row is None:
        return None
    row_id = row.id
    row.delete()
    return row_id


def close_loading(*, loading: UUID, reason: str, by: UUID, now: datetime) -> None:
    """Nothing more is to be done about it: why, and who says so. What it told is gone. As the desk."""
    Loading.objects.filter(id=loading, closed_at=None).update(
        told=None,
        closed_at=now,
        closed_by=str(by),
        reason=vault().seal(reason, place=reason_place(loading)),
    )
