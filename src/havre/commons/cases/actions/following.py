"""What else happens to a request on its way."""

import json
from datetime import datetime
from uuid import UUID

from havre.commons.cases.actions.locked import kept, locked, tell
from havre.commons.cases.actions.second import back_to_first
from havre.commons.cases.models import (
    Case,
    Content,
    Note,
    Opinion,
    content_place,
    note_place,
    opinion_place,
)
from havre.commons.cases.queries import CaseSeen, seen
from havre.commons.cases.words import Answers, By, CaseStatus, EventKind
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Source, Stage
from havre.foundation.crypto import vault
from havre.foundation.ids import new_id


def mark_read(*, household: UUID, case: UUID, by: By, now: datetime) -> None:
    """Someone of the house read it; told once. A request that is closed says nothing more."""
    row = Case.objects.filter(
        household_id=household, id=case, read_at=None, status=CaseStatus.IN_PROGRESS
    )
    if row.update(read_at=now):
        tell(Case.objects.get(household_id=household, id=case), EventKind.READ, by=by, now=now)
        worklist.move(source=Source.CASE, source_id=case, stage=Stage.READ)


def acknowledge(*, household: UUID, case: UUID, by: By, now: datetime) -> bool:
    """A formal complaint is acknowledged; false where it was. Its next clock is its answer's."""
    rows = Case.objects.filter(household_id=household, id=case, acknowledged_at=None)
    if not rows.update(acknowledged_at=now):
        return False
    row = Case.objects.get(household_id=household, id=case)
    tell(row, EventKind.ACKNOWLEDGED, by=by, now=now)
    worklist.move(source=Source.CASE, source_id=case, stage=Stage.READ, due_at=row.due_at)
    return True


def add_note(*, household: UUID, case: UUID, words: str, by: By, now: datetime) -> UUID:
    """A word between those who work here, on a closed request too."""
    row = Case.objects.get(household_id=household, id=case)
    note = new_id()
    Note(
        id=note,
        household_id=household,
        case_id=case,
        compartment=row.compartment,
        at=now,
        by=by.id,
        by_name=by.name,
        words=vault().seal(words, place=note_place(note)),
    ).save(force_insert=True)
    return note


def correct(
    *,
    household: UUID,
    case: UUID,
    title: str,
    answers: Answers,
    by: By,
    version: int,
    needs: str,
    now: datetime,
) -> CaseSeen:
    """What the request says is set right, by its member or for them. The history keeps what it said.

    Where a first person had looked, they looked at something else: the request waits for a first one
    again, of whom ``needs`` is the permission. Refuses ``CaseClosed`` and ``ChangedMeanwhile``.
    """
    row = locked(household=household, case=case, version=version)
    Content.objects.filter(household_id=household, id=case).update(
        title=vault().seal(title, place=content_place("title", case)),
        answers=vault().seal(json.dumps(answers), place=content_place("answers", case)),
    )
    tell(row, EventKind.CORRECTED, by=by, now=now)
    if row.second_of:
        back_to_first(row, needs=needs)
    kept(row, "second_of")
    return seen(row)


def withdraw(*, household: UUID, case: UUID, by: By, now: datetime) -> CaseSeen:
    """Who made it no longer wants it. Refuses ``CaseClosed``."""
    row = locked(household=household, case=case)
    row.status, row.waiting_since = CaseStatus.WITHDRAWN, None
    kept(row, "status", "waiting_since")
    tell(row, EventKind.WITHDRAWN, by=by, now=now)
    worklist.take_away(source=Source.CASE, source_id=case)
    return seen(row)


def contest(*, household: UUID, case: UUID, by: By, now: datetime) -> None:
    """Note on a decided request that its member contests it: the complaint is a request of its own."""
    row = Case.objects.get(household_id=household, id=case)
    tell(row, EventKind.CONTESTED, by=by, now=now)


def give_opinion(*, household: UUID, case: UUID, score: int, words: str, now: datetime) -> None:
    """What the answer was worth, from 1 to 5; said again, the last word stands."""
    said = vault().seal(words, place=opinion_place(case)) if words else None
    Opinion.objects.bulk_create(
        [Opinion(id=case, household_id=household, score=score, words=said, given_at=now)],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["score", "words", "given_at"],
    )
