"""Everything that reads what waits."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from havre.commons.worklist.models import WorkItem
from havre.commons.worklist.words import Source, Stage


class After(NamedTuple):
    """Where a page begins: behind this thing."""

    due_at: datetime
    id: UUID


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What one of the staff may come near: none is "all"."""

    products: frozenset[str] | None = None
    employers: frozenset[UUID] | None = None
    intermediaries: frozenset[UUID] | None = None


EVERYTHING = Scope()


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a queue shows. None is "any"; ``permissions`` are those of whoever looks."""

    permissions: frozenset[str]
    scope: Scope = EVERYTHING
    sources: frozenset[Source] | None = None
    kinds: frozenset[str] | None = None
    stages: frozenset[Stage] | None = None
    language: str = ""
    product: str = ""
    country: str = ""
    assigned_to: UUID | None = None
    mine_or_free: UUID | None = None
    free: bool = False
    late_at: datetime | None = None
    snoozed: bool = False


@dataclass(frozen=True, kw_only=True)
class ItemSeen:
    id: UUID
    source: Source
    source_id: UUID
    household: UUID | None
    membership: UUID | None
    kind: str
    number: str
    stage: Stage
    opened_at: datetime
    due_at: datetime
    language: str
    product: str
    country: str
    assigned_to: UUID | None
    kept_from: UUID | None
    snoozed_until: datetime | None


@dataclass(frozen=True)
class Waiting:
    """A page of a queue, and where the next begins."""

    items: tuple[ItemSeen, ...]
    later: After | None
    sooner: After | None


@dataclass(frozen=True)
class Counters:
    """How many things wait, by what they wait for, where they come from and what they are."""

    by_stage: Counter[Stage]
    by_source: Counter[Source]
    by_kind: Counter[str]
    late: int
    mine: int

    @property
    def to_do(self) -> int:
        return sum(count for stage, count in self.by_stage.items() if stage is not Stage.AWAITING)


def queue(
    wanted: Wanted,
    *,
    by: UUID,
    now: datetime,
    size: int = 25,
    after: After | None = None,
    before: After | None = None,
) -> Waiting:
    """A page of what waits, the most urgent first. One statement."""
    rows = open_items(wanted, by=by, now=now)
    if before is not None:
        rows = rows.filter(TupleLessThan(("due_at", "id"), before)).order_by("-due_at", "-id")
    elif after is not None:
        rows = rows.filter(TupleGreaterThan(("due_at", "id"), after))
    found = [seen(row) for row in rows[: size + 1]]
    more, found = len(found) > size, found[:size]
    if before is not None:
        found.reverse()
    return Waiting(
        tuple(found),
        later=_place(found[-1]) if found and (more or before is not None) else None,
        sooner=_place(found[0]) if found and (after is not None or (before and more)) else None,
    )


def counters(wanted: Wanted, *, by: UUID, now: datetime) -> Counters:
    """What waits for whoever looks, counted. One statement."""
    rows = (
        open_items(wanted, by=by, now=now)
        .order_by()
        .values("stage", "source", "kind")
        .annotate(
            count=Count("id"),
            late=Count("id", filter=Q(due_at__lt=now) & ~Q(stage=Stage.AWAITING)),
            mine=Count("id", filter=Q(assigned_to=by) & ~Q(stage=Stage.AWAITING)),
        )
    )
    made = Counters(Counter(), Counter(), Counter(), 0, 0)
    late = mine = 0
    for row in rows:
        made.by_stage[Stage(row["stage"])] += row["count"]
        made.by_source[Source(row["source"])] += row["count"]
        made.by_kind[row["kind"]] += row["count"]
        late, mine = late + row["late"], mine + row["mine"]
    return Counters(made.by_stage, made.by_source, made.by_kind, late, mine)


def item_of(*, source: Source, source_id: UUID) -> ItemSeen | None:
    """What waits for this, if it does. One statement."""
    row = WorkItem.objects.filter(source=source, source_id=source_id).first()
    return seen(row) if row else None


def items(*, ids: Iterable[UUID]) -> list[ItemSeen]:
    """Things by their ids, those that are still there. One statement."""
    return [seen(row) for row in WorkItem.objects.filter(id__in=list(ids)).order_by("due_at", "id")]


def waiting_of(*, household: UUID) -> list[ItemSeen]:
    """What waits about one household, the most urgent first. One statement."""
    rows = WorkItem.objects.filter(household_id=household).order_by("due_at", "id")
    return [seen(row) for row in rows[:200]]


def open_items(wanted: Wanted, *, by: UUID, now: datetime) -> QuerySet[WorkItem]:
    """Rows that are wanted, the most urgent first. For this app alone."""
    rows = WorkItem.objects.filter(needs__in=wanted.permissions).order_by("due_at", "id")
    rows = rows.filter(_in_scope(wanted.scope)).exclude(kept_from=by)
    asleep = Q(snoozed_until__gt=now)
    rows = rows.filter(asleep) if wanted.snoozed else rows.exclude(asleep)
    for column, values in (
        ("source", wanted.sources),
        ("kind", wanted.kinds),
        ("stage", wanted.stages),
    ):
        if values is not None:
            rows = rows.filter(**{f"{column}__in": values})
    for column in ("language", "product", "country"):
        if value := getattr(wanted, column):
            rows = rows.filter(**{column: value})
    if wanted.assigned_to is not None:
        rows = rows.filter(assigned_to=wanted.assigned_to)
    if wanted.mine_or_free is not None:
        rows = rows.filter(Q(assigned_to=wanted.mine_or_free) | Q(assigned_to=None))
    if wanted.free:
        rows = rows.filter(assigned_to=None)
    if wanted.late_at is not None:
        rows = rows.filter(due_at__lt=wanted.late_at)
    return rows


def seen(row: WorkItem) -> ItemSeen:
    """A row as others see it. For this app alone."""
    return ItemSeen(
        id=row.id,
        source=Source(row.source),
        source_id=row.source_id,
        household=row.household_id,
        membership=row.membership_id,
        kind=row.kind,
        number=row.number,
        stage=Stage(row.stage),
        opened_at=row.opened_at,
        due_at=row.due_at,
        language=row.language,
        product=row.product,
        country=row.country,
        assigned_to=row.assigned_to,
        kept_from=row.kept_from,
        snoozed_until=row.snoozed_until,
    )


def _in_scope(scope: Scope) -> Q:
    """A thing of no product, employer or intermediary is everybody's."""
    rule = Q()
    if scope.products is not None:
        rule &= Q(product__in=["", *scope.products])
    if scope.employers is not None:
        rule &= Q(employer_id__in=scope.employers)
    if scope.intermediaries is not None:
        rule &= Q(intermediary_id__in=scope.intermediaries)
    return rule


def _place(item: ItemSeen) -> After:
    return After(item.due_at, item.id)
