"""A decision: given, undone while it can be, and then, with its effect, done.

What was given waits a few seconds. Until then nothing happened: to undo is to forget it, and no mail
has left. Then the worker takes it up, in one transaction with its effect.
"""

import json
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from havre.commons.cases.actions.locked import ChangedMeanwhile, kept, locked, tell
from havre.commons.cases.models import Ask, Case, Content, Decision, content_place, said_place
from havre.commons.cases.queries import CaseSeen, DecisionSeen, decision_seen, seen
from havre.commons.cases.words import (
    OPEN,
    AskState,
    By,
    CaseStatus,
    DecisionState,
    EventKind,
    Ruling,
    Side,
)
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Source, Stage
from havre.foundation.crypto import vault
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal
from havre.foundation.working_days import worked_seconds

_EFFECT_WITHIN = timedelta(minutes=2)


class TooLateToUndo(Refusal):
    """The decision took effect, or was undone already."""


def decide(
    *,
    household: UUID,
    case: UUID,
    ruling: Ruling,
    version: int,
    undo_for: timedelta,
    now: datetime,
) -> DecisionSeen:
    """Give a decision that takes effect after ``undo_for``.

    The same decision given twice is given once. Refuses ``CaseClosed`` and ``ChangedMeanwhile``.
    """
    row = locked(household=household, case=case)
    given = Decision.objects.filter(
        household_id=household, case_id=case, state=DecisionState.PENDING
    ).first()
    if given is not None:
        if (given.by, given.outcome) == (ruling.by.id, ruling.outcome):
            return decision_seen(given)
        raise ChangedMeanwhile(f"{case} is being decided")
    if row.version != version:
        raise ChangedMeanwhile(f"{case} is at {row.version}, not {version}")
    made = given_as(row, ruling, DecisionState.PENDING, effective_at=now + undo_for, now=now)
    tell(row, EventKind.DECIDING, by=ruling.by, now=now)
    kept(row)
    # Nobody takes it meanwhile; where its effect never comes, it is back.
    worklist.set_aside(source=Source.CASE, source_id=case, until=now + undo_for + _EFFECT_WITHIN)
    return decision_seen(made)


def given_as(
    row: Case, ruling: Ruling, state: DecisionState, *, effective_at: datetime, now: datetime
) -> Decision:
    """The row of a decision; for the actions of this app."""
    made = Decision(
        id=new_id(),
        household_id=row.household_id,
        case_id=row.id,
        compartment=row.compartment,
        outcome=ruling.outcome,
        state=state,
        given_at=now,
        effective_at=effective_at,
        by=ruling.by.id,
        by_name=ruling.by.name,
        reason=ruling.reason,
        clause=ruling.clause,
    )
    said = json.dumps({"words": ruling.words, "details": ruling.details})
    made.said = vault().seal(said, place=said_place(made.id))
    made.save(force_insert=True)
    return made


def undo(*, household: UUID, decision: UUID, by: By, now: datetime) -> CaseSeen:
    """Forget a decision that took no effect yet. Refuses ``TooLateToUndo``."""
    given = Decision.objects.filter(household_id=household, id=decision).first()
    if given is None:
        raise TooLateToUndo(str(decision))
    row = Case.objects.select_for_update().get(household_id=household, id=given.case_id)
    waiting = Decision.objects.filter(
        household_id=household, id=decision, state=DecisionState.PENDING, effective_at__gt=now
    )
    if not waiting.update(state=DecisionState.UNDONE):
        raise TooLateToUndo(str(decision))
    tell(row, EventKind.UNDONE, by=by, now=now)
    kept(row)
    worklist.set_aside(source=Source.CASE, source_id=row.id, until=None)
    return seen(row)


def to_apply(*, household: UUID, decision: UUID, now: datetime) -> DecisionSeen | None:
    """The decision whose time has come, its request locked; none where it is done or was undone.

    A request that its member took back meanwhile stays so: the decision is undone.
    """
    given = Decision.objects.filter(household_id=household, id=decision).first()
    if given is None:
        return None
    row = Case.objects.select_for_update().get(household_id=household, id=given.case_id)
    given.refresh_from_db()
    if given.state != DecisionState.PENDING or given.effective_at > now:
        return None
    if CaseStatus(row.status) not in OPEN:
        given.state = DecisionState.UNDONE
        given.save(update_fields=["state"])
        return None
    return decision_seen(given)


def conclude(*, decision: DecisionSeen, now: datetime) -> CaseSeen:
    """The decision is done. Needs the transaction of its effect, and the lock of ``to_apply``."""
    row = Case.objects.get(household_id=decision.household, id=decision.case)
    zone = ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)
    if row.waiting_since is not None:  # decided while the member was asked
        row.waited_seconds += worked_seconds(row.waiting_since, decision.given_at, zone=zone)
    worked = worked_seconds(row.filed_at, decision.given_at, zone=zone) - row.waited_seconds
    row.status, row.waiting_since = CaseStatus(decision.outcome), None
    row.decided_at, row.worked_seconds = decision.given_at, max(worked, 0)
    row.reason, row.clause = decision.reason, decision.clause
    row.decided_by, row.decider_name = decision.by, decision.by_name
    kept(
        row,
        *("status", "waiting_since", "waited_seconds", "decided_at", "worked_seconds"),
        *("reason", "clause", "decided_by", "decider_name"),
    )
    Decision.objects.filter(household_id=row.household_id, id=decision.id).update(
        state=DecisionState.DONE
    )
    Content.objects.filter(household_id=row.household_id, id=row.id).update(
        words=vault().seal(decision.words, place=content_place("words", row.id))
    )
    Ask.objects.filter(household_id=row.household_id, case_id=row.id, state=AskState.OPEN).update(
        state=AskState.WITHDRAWN, answered_at=now
    )
    by = By(id=decision.by, side=Side.STAFF, name=decision.by_name)
    tell(row, EventKind(decision.outcome), by=by, now=decision.given_at, words=decision.words)
    worklist.take_away(source=Source.CASE, source_id=row.id)
    return seen(row)


def not_applied(*, decision: DecisionSeen, why: str, now: datetime) -> None:
    """The effect could not be: the request waits again, and says so. ``why`` names what stood against it.

    Needs a transaction of its own: that of the effect is gone.
    """
    row = Case.objects.select_for_update().get(household_id=decision.household, id=decision.case)
    failed = Decision.objects.filter(
        household_id=decision.household, id=decision.id, state=DecisionState.PENDING
    ).update(state=DecisionState.FAILED, failure=why)
    if not failed:
        return
    tell(row, EventKind.NOT_APPLIED, by=By(id="worker", side=Side.HOUSE), now=now, words=why)
    kept(row)
    worklist.move(source=Source.CASE, source_id=row.id, stage=Stage.CONFLICT)
