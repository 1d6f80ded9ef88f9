"""Everything that changes what waits. Each needs the transaction of what it tells of."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from havre.commons.worklist.models import WorkItem
from havre.commons.worklist.queries import ItemSeen, Wanted, open_items, seen
from havre.commons.worklist.words import Item, Source, Stage
from havre.foundation.refusals import Refusal


class TakenMeanwhile(Refusal):
    """Someone else has it, or it was done meanwhile."""


def put(item: Item) -> None:
    """Something waits; put again, it says how things stand now and stays with whoever has it."""
    values = {
        "household_id": item.household,
        "membership_id": item.membership,
        "kind": item.kind,
        "number": item.number,
        "needs": item.needs,
        "stage": item.stage,
        "due_at": item.due_at,
        "language": item.language,
        "product": item.product,
        "country": item.country,
        "employer_id": item.employer,
        "intermediary_id": item.intermediary,
        "kept_from": item.kept_from,
        "snoozed_until": None,
    }
    made = WorkItem(
        source=item.source, source_id=item.source_id, opened_at=item.opened_at, **values
    )
    WorkItem.objects.bulk_create(
        [made],
        update_conflicts=True,
        unique_fields=["source", "source_id"],
        update_fields=[*values],
    )


def move(
    *,
    source: Source,
    source_id: UUID,
    stage: Stage,
    due_at: datetime | None = None,
    kept_from: UUID | None = None,
    needs: str = "",
    freed: bool = False,
) -> None:
    """It waits for something else. ``freed``: it is nobody's any more."""
    values: dict[str, object] = {"stage": stage, "snoozed_until": None}
    if needs:  # what waits for a second person is not the first one's; what comes back is
        values |= {"needs": needs, "kept_from": kept_from}
    if due_at is not None:
        values["due_at"] = due_at
    if freed:
        values |= {"assigned_to": None, "assigned_at": None}
    WorkItem.objects.filter(source=source, source_id=source_id).update(**values)


def take_away(*, source: Source, source_id: UUID) -> None:
    """It was done. Said twice is said once."""
    WorkItem.objects.filter(source=source, source_id=source_id).delete()


def take(*, item: UUID, by: UUID, now: datetime) -> None:
    """Take what is nobody's. Refuses ``TakenMeanwhile``; what one has already stays one's own."""
    free = WorkItem.objects.filter(Q(assigned_to=None) | Q(assigned_to=by), id=item)
    if not free.exclude(kept_from=by).update(assigned_to=by, assigned_at=now, snoozed_until=None):
        raise TakenMeanwhile(f"{item} is someone else's, or was done")


def assign(*, items: Collection[UUID], to: UUID | None, now: datetime) -> int:
    """Give things to one of the staff, or to nobody; how many were there to give."""
    rows = WorkItem.objects.filter(id__in=items)
    if to is not None:
        rows = rows.exclude(kept_from=to)
    return rows.update(assigned_to=to, assigned_at=now if to else None)


def snooze(*, items: Collection[UUID], until: datetime | None) -> int:
    """Keep things out of the queues until then, or bring them back; how many were there."""
    return WorkItem.objects.filter(id__in=items).update(snoozed_until=until)


def take_next(*, wanted: Wanted, by: UUID, now: datetime) -> ItemSeen | None:
    """The most urgent thing that is one's own or nobody's, taken; none where nothing waits.

    Two who ask at once get two things: one that somebody is just taking is passed over.
    """
    mine = replace(wanted, mine_or_free=by)
    row = (
        open_items(mine, by=by, now=now)
        .exclude(stage=Stage.AWAITING)
        .select_for_update(skip_locked=True)
        .first()
    )
    if row is None:
        return None
    row.assigned_to, row.assigned_at = by, now
    row.save(update_fields=["assigned_to", "assigned_at"])
    return seen(row)
