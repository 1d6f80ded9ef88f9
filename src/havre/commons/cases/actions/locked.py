"""A request under a lock, as every change of one begins."""

import json
from datetime import datetime
from uuid import UUID

from havre.commons.cases.models import Case, Event, event_place
from havre.commons.cases.queries import topic_of
from havre.commons.cases.words import OPEN, By, CaseStatus, EventKind
from havre.foundation.crypto import vault
from havre.foundation.db import live
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal


class CaseClosed(Refusal):
    """The request was decided or withdrawn: nothing more is asked, answered or decided."""


class ChangedMeanwhile(Refusal):
    """Someone else changed the request since it was read: read it again, then decide."""


def locked(*, household: UUID, case: UUID, version: int | None = None) -> Case:
    """The open request, locked until the transaction ends. Refuses ``CaseClosed``, ``ChangedMeanwhile``."""
    row = Case.objects.select_for_update().get(household_id=household, id=case)
    if CaseStatus(row.status) not in OPEN:
        raise CaseClosed(f"{case} is {row.status}")
    if version is not None and row.version != version:
        raise ChangedMeanwhile(f"{case} is at {row.version}, not {version}")
    return row


def kept(row: Case, *fields: str) -> None:
    """Write these columns; whoever read the request before must read it again."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def tell(row: Case, kind: EventKind, *, by: By, now: datetime, words: str = "") -> None:
    """Add to the timeline of a request."""
    event = Event(
        id=new_id(),
        household_id=row.household_id,
        case_id=row.id,
        compartment=row.compartment,
        kind=kind,
        at=now,
        side=by.side,
        by=by.id,
        by_name=by.name,
    )
    event.words = vault().seal(words, place=event_place(event.id)) if words else None
    event.save(force_insert=True)
    live.announce(topic_of(row.id))


def canonical(value: object) -> bytes:
    """The same bytes for the same values, whatever their order."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
