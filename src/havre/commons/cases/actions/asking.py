"""Asking the member for what is missing, and the answer that comes back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from havre.commons.cases.actions.locked import kept, locked, tell
from havre.commons.cases.models import Ask, Case, ask_place
from havre.commons.cases.queries import CaseSeen, seen
from havre.commons.cases.words import Asked, AskState, By, CaseStatus, EventKind
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Source, Stage
from havre.foundation.crypto import vault
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal
from havre.foundation.working_days import worked_seconds


class NothingAsked(Refusal):
    """There is nothing to ask, or what was answered is no longer asked."""


def ask(
    *,
    household: UUID,
    case: UUID,
    asked: Sequence[Asked],
    by: By,
    version: int,
    now: datetime,
) -> CaseSeen:
    """Ask the member for exactly this; the request waits for the answer from now.

    A paper asked before under the same code is counted: asking twice is a published figure. Refuses
    ``NothingAsked``, ``CaseClosed``, ``ChangedMeanwhile``.
    """
    if not asked:
        raise NothingAsked("say what is missing")
    row = locked(household=household, case=case, version=version)
    before = set(
        Ask.objects.filter(household_id=household, case_id=case).values_list("piece", flat=True)
    )
    for one in asked:
        _add(row, one, by=by, now=now)
    row.status = CaseStatus.AWAITING_REPLY
    row.waiting_since = row.waiting_since or now
    row.read_at = row.read_at or now
    row.asked_times += 1
    row.asked_twice = row.asked_twice or any(one.piece and one.piece in before for one in asked)
    kept(row, "status", "waiting_since", "read_at", "asked_times", "asked_twice")
    tell(row, EventKind.ASKED, by=by, now=now)
    worklist.move(source=Source.CASE, source_id=case, stage=Stage.AWAITING)
    return seen(row)


def answer(
    *,
    household: UUID,
    case: UUID,
    answers: Mapping[UUID, tuple[AskState, str]],
    by: By,
    now: datetime,
) -> CaseSeen:
    """Answer what was asked: by its id, whether it was given or is not had, and a word about it.

    When nothing is left to answer the request is the house's again, most urgent first by its own
    target. Answered twice is answered once. Refuses ``NothingAsked`` and ``CaseClosed``.
    """
    row = locked(household=household, case=case)
    rows = {
        one.id: one
        for one in Ask.objects.filter(household_id=household, case_id=case, state=AskState.OPEN)
    }
    given = {ask_id: said for ask_id, said in answers.items() if ask_id in rows}
    if not given:
        raise NothingAsked(str(case))
    for ask_id, (state, words) in given.items():
        one = rows.pop(ask_id)
        one.state, one.answered_at = state, now
        one.answer = vault().seal(words, place=ask_place("answer", ask_id)) if words else None
        one.save(update_fields=["state", "answered_at", "answer"])
    tell(row, EventKind.ANSWERED, by=by, now=now)
    if not rows:
        _resume(row, now=now)
    kept(row, "status", "waiting_since", "waited_seconds")
    return seen(row)


def withdraw_ask(*, household: UUID, case: UUID, ask: UUID, now: datetime) -> CaseSeen:
    """The house no longer needs it. Refuses ``CaseClosed``."""
    row = locked(household=household, case=case)
    rows = Ask.objects.filter(household_id=household, case_id=case, state=AskState.OPEN)
    if rows.filter(id=ask).update(state=AskState.WITHDRAWN, answered_at=now) and not rows.exists():
        _resume(row, now=now)
        kept(row, "status", "waiting_since", "waited_seconds")
    return seen(row)


def due_reminders(*, asked_before: datetime) -> list[tuple[UUID, UUID]]:
    """Requests that wait for their member since before then and were not reminded: household and id.

    Needs the batch role.
    """
    rows = Ask.objects.filter(state=AskState.OPEN, reminded_at=None, asked_at__lt=asked_before)
    return list(rows.values_list("household_id", "case_id").distinct()[:500])


def remind(*, household: UUID, case: UUID, by: By, now: datetime) -> CaseSeen | None:
    """Note that the member is reminded, once; none where there is nothing to remind of."""
    row = Case.objects.select_for_update().get(household_id=household, id=case)
    rows = Ask.objects.filter(household_id=household, case_id=case, state=AskState.OPEN)
    if CaseStatus(row.status) is not CaseStatus.AWAITING_REPLY:
        return None
    if not rows.filter(reminded_at=None).update(reminded_at=now):
        return None
    tell(row, EventKind.REMINDED, by=by, now=now)
    return seen(row)


def _add(row: Case, one: Asked, *, by: By, now: datetime) -> None:
    made = Ask(
        id=new_id(),
        household_id=row.household_id,
        case_id=row.id,
        compartment=row.compartment,
        piece=one.piece,
        reason=one.reason,
        asked_at=now,
        asked_by=by.id,
        asker_name=by.name,
    )
    made.words = vault().seal(one.words, place=ask_place("words", made.id))
    made.save(force_insert=True)


def _resume(row: Case, *, now: datetime) -> None:
    """The member's turn is over: the time it took is left out of ours."""
    if row.waiting_since is not None:
        zone = ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)
        row.waited_seconds += worked_seconds(row.waiting_since, now, zone=zone)
    row.status, row.waiting_since = CaseStatus.IN_PROGRESS, None
    worklist.move(source=Source.CASE, source_id=row.id, stage=Stage.REPLIED)
