"""Everything that reads what waits."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from havre.commons.worklist.models import WorkItem
from havre.commons.worklist.words import GENERAL, Source, Stage

TOPIC = ("worklist", UUID(int=0))
"""What moves when anything begins to wait, moves or is done (see ``foundation.db.live``)."""


class Order(StrEnum):
    """What comes first. Each is the column it sorts by."""

    URGENT = "due_at"
    OLDEST = "opened_at"


class After(NamedTuple):
    """Where a page begins: behind this thing, by the moment of the order."""

    moment: datetime
    id: UUID


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What one of the staff may come near: none is "all". What is not known of a thing is in no scope
    that asks for it.
    """

    products: frozenset[str] | None = None
    employers: frozenset[UUID] | None = None
    intermediaries: frozenset[UUID] | None = None

    def covers(self, *, product: str, employer: UUID | None, intermediary: UUID | None) -> bool:
        """Whether a thing of these is near."""
        return (
            (self.products is None or product in self.products)
            and (self.employers is None or employer in self.employers)
            and (self.intermediaries is None or intermediary in self.intermediaries)
        )


EVERYTHING = Scope()


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a queue shows. None is "any"; ``permissions`` and ``compartments`` are those of whoever looks.

    ``snoozed`` none is awake or asleep.
    """

    permissions: frozenset[str]
    compartments: frozenset[str] = frozenset({GENERAL})
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
    snoozed: bool | None = False
    order: Order = Order.URGENT


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
    needs: str
    compartment: str
    employer: UUID | None
    intermediary: UUID | None
    kept_from: UUID | None
    snoozed_until: datetime | None
    papers: int
    scanning: int

    def place(self, order: Order = Order.URGENT) -> After:
        """Where it stands in a queue of that order."""
        return After(self.due_at if order is Order.URGENT else self.opened_at, self.id)


@dataclass(frozen=True)
class Waiting:
    """A page of a queue, and where the next begins."""

    items: tuple[ItemSeen, ...]
    later: After | None
    sooner: After | None


@dataclass(frozen=True)
class Counters:
    """How many things wait. Those that wait for a member count in ``by_stage`` alone, those asleep in
    ``snoozed`` alone.
    """

    by_stage: Counter[Stage]
    by_source: Counter[Source]
    by_kind: Counter[str]
    late: int
    mine: int
    snoozed: int

    @property
    def to_do(self) -> int:
        return sum(self.by_source.values())


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
    order = wanted.order
    if before is not None:
        rows = rows.filter(TupleLessThan((order, "id"), before)).order_by(f"-{order}", "-id")
    elif after is not None:
        rows = rows.filter(TupleGreaterThan((order, "id"), after))
    found = [seen(row) for row in rows[: size + 1]]
    more, found = len(found) > size, found[:size]
    if before is not None:
        found.reverse()
    return Waiting(
        tuple(found),
        later=found[-1].place(order) if found and (more or before is not None) else None,
        sooner=found[0].place(order)
        if found and (after is not None or (before and more))
        else None,
    )


def counters(wanted: Wanted, *, by: UUID, now: datetime) -> Counters:
    """What waits for whoever looks, counted. One statement."""
    awake, mine = Q(snoozed_until=None) | Q(snoozed_until__lte=now), Q(assigned_to=by)
    rows = (
        open_items(replace(wanted, snoozed=None), by=by, now=now)
        .order_by()
        .values("stage", "source", "kind")
        .annotate(
            awake=Count("id", filter=awake),
            asleep=Count("id", filter=~awake),
            late=Count("id", filter=awake & Q(due_at__lt=now)),
            mine=Count("id", filter=awake & mine),
        )
    )
    by_stage: Counter[Stage] = Counter()
    by_source: Counter[Source] = Counter()
    by_kind: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for row in rows:
        by_stage[Stage(row["stage"])] += row["awake"]
        sums["snoozed"] += row["asleep"]
        if row["stage"] != Stage.AWAITING:
            by_source[Source(row["source"])] += row["awake"]
            by_kind[row["kind"]] += row["awake"]
            sums["late"] += row["late"]
            sums["mine"] += row["mine"]
    return Counters(
        by_stage, by_source, by_kind, late=sums["late"], mine=sums["mine"], snoozed=sums["snoozed"]
    )


class Against(StrEnum):
    """How old a thing is against its target, at a moment."""

    LATE_LONG = "late-long"  # for over a week
    LATE = "late"
    SOON = "soon"  # due within two days
    IN_TIME = "in-time"
    AWAITING = "awaiting"  # the member's turn


@dataclass(frozen=True)
class Backlog:
    """How many things of a kind wait, by their age against the target, those put off too."""

    source: Source
    kind: str
    needs: str
    compartment: str
    waiting: Counter[Against]


_LONG, _SOON = timedelta(days=7), timedelta(days=2)


def backlog(scope: Scope, *, now: datetime) -> list[Backlog]:
    """All that waits within a scope, counted whatever the permission it needs. One statement."""
    member = Q(stage=Stage.AWAITING)
    ages = {
        Against.LATE_LONG: ~member & Q(due_at__lt=now - _LONG),
        Against.LATE: ~member & Q(due_at__gte=now - _LONG, due_at__lt=now),
        Against.SOON: ~member & Q(due_at__gte=now, due_at__lt=now + _SOON),
        Against.IN_TIME: ~member & Q(due_at__gte=now + _SOON),
        Against.AWAITING: member,
    }
    rows = (
        WorkItem.objects.filter(_in_scope(scope))
        .order_by()
        .values("source", "kind", "needs", "compartment")
        .annotate(**{one.name: Count("id", filter=held) for one, held in ages.items()})
    )
    return [
        Backlog(
            Source(row["source"]),
            row["kind"],
            row["needs"],
            row["compartment"],
            Counter({one: row[one.name] for one in Against}),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Facets:
    """What occurs among what waits: countries, languages, products."""

    countries: tuple[str, ...]
    languages: tuple[str, ...]
    products: tuple[str, ...]


def facets(wanted: Wanted, *, by: UUID, now: datetime) -> Facets:
    """What a queue can be narrowed to. One statement."""
    rows = open_items(wanted, by=by, now=now).order_by()
    found = list(rows.values_list("country", "language", "product").distinct())
    countries, languages, products = (
        tuple(sorted({row[place] for row in found} - {""})) for place in range(3)
    )
    return Facets(countries, languages, products)


def is_within(item: ItemSeen, wanted: Wanted, *, by: UUID) -> bool:
    """Whether whoever looks may come near this thing, by permission, compartment and scope."""
    return (
        item.needs in wanted.permissions
        and item.compartment in wanted.compartments
        and item.kept_from != by
        and wanted.scope.covers(
            product=item.product, employer=item.employer, intermediary=item.intermediary
        )
    )


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
    rows = WorkItem.objects.filter(
        _in_scope(wanted.scope),
        needs__in=wanted.permissions,
        compartment__in=wanted.compartments,
    ).order_by(wanted.order, "id")
    rows = rows.exclude(kept_from=by)
    asleep = Q(snoozed_until__gt=now)
    if wanted.snoozed is not None:
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
        needs=row.needs,
        compartment=row.compartment,
        employer=row.employer_id,
        intermediary=row.intermediary_id,
        kept_from=row.kept_from,
        snoozed_until=row.snoozed_until,
        papers=row.papers,
        scanning=row.scanning,
    )


def _in_scope(scope: Scope) -> Q:
    """As ``Scope.covers`` says."""
    rule = Q()
    if scope.products is not None:
        rule &= Q(product__in=scope.products)
    if scope.employers is not None:
        rule &= Q(employer_id__in=scope.employers)
    if scope.intermediaries is not None:
        rule &= Q(intermediary_id__in=scope.intermediaries)
    return rule
