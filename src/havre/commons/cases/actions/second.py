"""Two persons: what the first one read and chose is kept for the second, who decides."""

from datetime import datetime
from uuid import UUID

from havre.commons.cases.actions.deciding import given_as
from havre.commons.cases.actions.locked import kept, locked, tell
from havre.commons.cases.models import Case, Decision
from havre.commons.cases.queries import CaseSeen, seen
from havre.commons.cases.words import By, DecisionState, EventKind, Ruling
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Source, Stage


def ask_second(
    *, household: UUID, case: UUID, ruling: Ruling, version: int, needs: str, now: datetime
) -> CaseSeen:
    """Another person must look: the request leaves whoever sends it, who may not take it back.

    ``ruling`` is what the first one would decide: it is kept, and nothing comes of it by itself. ``needs``
    is the permission of the second. Refuses ``CaseClosed`` and ``ChangedMeanwhile``.
    """
    row = locked(household=household, case=case, version=version)
    _forget_proposals(row)
    given_as(row, ruling, DecisionState.PROPOSED, effective_at=now, now=now)
    row.second_of = ruling.by.id
    kept(row, "second_of")
    tell(row, EventKind.SECOND_ASKED, by=ruling.by, now=now)
    worklist.move(
        source=Source.CASE,
        source_id=case,
        stage=Stage.SECOND,
        kept_from=UUID(ruling.by.id),
        needs=needs,
        freed=True,
    )
    return seen(row)


def return_from_second(
    *, household: UUID, case: UUID, by: By, version: int, needs: str, now: datetime
) -> CaseSeen:
    """The second sends it back without deciding; ``needs`` is the first one's permission."""
    row = locked(household=household, case=case, version=version)
    _forget_proposals(row)
    back_to_first(row, needs=needs)
    kept(row, "second_of")
    tell(row, EventKind.SECOND_RETURNED, by=by, now=now)
    return seen(row)


def back_to_first(row: Case, *, needs: str) -> None:
    """Nobody has looked at it yet, as it stands; ``needs`` is the permission of whoever does."""
    row.second_of = ""
    worklist.move(source=Source.CASE, source_id=row.id, stage=Stage.READ, needs=needs, freed=True)


def _forget_proposals(row: Case) -> None:
    Decision.objects.filter(
        household_id=row.household_id, case_id=row.id, state=DecisionState.PROPOSED
    ).update(state=DecisionState.UNDONE)
