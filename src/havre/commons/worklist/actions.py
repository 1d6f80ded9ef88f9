"""Everything that changes what waits. Each needs the transaction of what it tells of."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from havre.commons.worklist.models import WorkItem
from havre.commons.worklist.queries import TOPIC, ItemSeen, Wanted, open_items, seen
from havre.commons.worklist.rules import aim_of
from havre.commons.worklist.words import Item, Source, Stage
from havre.foundation.db import live
from havre.foundation.refusals import Refusal


class TakenMeanwhile(Refusal):
    """Someone else has it, or it was done meanwhile."""


def put(item: Item) -> None:
    """Something waits; put again, it says how things stand now and stays with whoever has it."""
    put_many([item])


def put_many(items: Iterable[Item]) -> None:
    """Several things wait, as ``put`` has it. One statement a thousand."""
    rows = [_row(item) for item in items]
    if not rows:
        return
    WorkItem.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["source", "source_id"],
        update_fields=_AS_IT_STANDS,
        batch_size=1000,
    )
    _tell()


_AS_IT_STANDS = [
    *("household_id", "membership_id", "kind", "number", "needs", "compartment", "stage", "due_at"),
    *("language", "product", "country", "employer_id", "intermediary_id", "kept_from"),
    "snoozed_until",
]


def _row(item: Item) -> WorkItem:
    zone = ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)
    return WorkItem(
        source=item.source,
        source_id=item.source_id,
        household_id=item.household,
        membership_id=item.membership,
        kind=item.kind,
        number=item.number,
        needs=item.needs,
        compartment=item.compartment,
        stage=item.stage,
        opened_at=item.opened_at,
        due_at=item.due_at or aim_of(item.source, item.opened_at, zone=zone),
        language=item.language,
        product=item.product,
        country=item.country,
        employer_id=item.employer,
        intermediary_id=item.intermediary,
        kept_from=item.kept_from,
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
    _tell()


def set_aside(*, source: Source, source_id: UUID, until: datetime | None) -> None:
    """Out of every queue until then: it is being done. None brings it back."""
    WorkItem.objects.filter(source=source, source_id=source_id).update(snoozed_until=until)
    _tell()


def note_papers(*, source: Source, source_id: UUID, papers: int, scanning: int) -> None:
    """How many papers there are with it, of which how many wait for the scan. One statement."""
    rows = WorkItem.objects.filter(source=source, source_id=source_id)
    if rows.update(papers=papers, scanning=scanning):
        _tell()


def take_away(*, source: Source, source_id: UUID) -> None:
    """It was done. Said twice is said once."""
    if WorkItem.objects.filter(source=source, source_id=source_id).delete()[0]:
        _tell()


def take(*, item: UUID, by: UUID, now: datetime) -> None:
    """Take what is nobody's. Refuses ``TakenMeanwhile``; what one has already stays one's own."""
    free = WorkItem.objects.filter(Q(assigned_to=None) | Q(assigned_to=by), id=item)
    if not free.exclude(kept_from=by).update(assigned_to=by, assigned_at=now, snoozed_until=None):
        raise TakenMeanwhile(f"{item} is someone else's, or was done")
    _tell()


def assign(
    *, items: Collection[UUID], to: UUID | None, wanted: Wanted, by: UUID, now: datetime
) -> int:
    """Give things to one of the staff, or to nobody; how many there were to give.

    ``wanted`` is what ``by`` may come near: the rest stays as it is.
    """
    rows = open_items(wanted, by=by, now=now).filter(id__in=items)
    if to is not None:
        rows = rows.exclude(kept_from=to)
    given = rows.order_by().update(assigned_to=to, assigned_at=now if to else None)
    _tell()
    return given


def snooze(
    *,
    items: Collection[UUID],
    until: datetime | None,
    wanted: Wanted,
    by: UUID,
    now: datetime,
) -> int:
    """Keep things out of the queues until then, or bring them back; how many were there."""
    rows = open_items(wanted, by=by, now=now).filter(id__in=items)
    kept = rows.order_by().update(snoozed_until=until)
    _tell()
    return kept


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
    _tell()
    return seen(row)


def _tell() -> None:
    """Whoever has a queue before them sees it move."""
    live.announce(live.topic(*TOPIC))
