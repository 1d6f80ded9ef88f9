"""Settled care searched: in groups, page by page both ways, with the sums of the whole search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from havre.domains.health.models import Line
from havre.domains.health.queries.criteria import Criteria, matching
from havre.domains.health.queries.lines import care_line, stated
from havre.domains.health.queries.reader import Reader, told
from havre.domains.health.words import CareLine, PrivateCare
from havre.foundation.db.keyset import row_than
from havre.foundation.money import Money

ENTRIES = 25
PRIVATE = "PRIVATE_CARE"
_LAST = 2**63 - 1


class Group(StrEnum):
    """How a search is presented. Masked care is a group of its own but by transfer."""

    TRANSFER = "TRANSFER"
    PERSON = "PERSON"
    CATEGORY = "CATEGORY"


@dataclass(frozen=True)
class Place:
    """The place of an entry in the whole list: its group, then the newest settlement first."""

    rank: int
    day: date
    transfer: UUID
    line: int
    back: bool = False

    @property
    def order(self) -> tuple[int, int, int, int]:
        return self.rank, -self.day.toordinal(), -self.transfer.int, self.line


@dataclass(frozen=True)
class Entry:
    """A line told whole, or all the masked care of one transfer. ``group`` is a person, a category
    or ``PRIVATE``; "" by transfer."""

    place: Place
    group: str
    settled_on: date
    transfer: UUID
    currency: str
    line: CareLine | None = None
    private: PrivateCare | None = None


@dataclass(frozen=True)
class EntryPage:
    entries: tuple[Entry, ...]
    older: Place | None
    newer: Place | None


@dataclass(frozen=True)
class GroupSums:
    """Of the whole search, one group in one currency. A sum of which a part is not stated is none.

    ``lines`` are those told whole; ``transfers`` counts those with a row that matches.
    """

    group: str
    currency: str
    cost: Money | None
    reimbursed: Money
    left: Money | None
    lines: int
    transfers: int


def sums(*, reader: Reader, criteria: Criteria, group: Group) -> tuple[GroupSums, ...]:
    """The groups of the whole search, the most reimbursed first. One statement."""
    rows = (
        _found(reader, criteria)
        .values("currency", shown_group=_group(reader, group))
        .annotate(
            rows=Count("id"),
            told_rows=Count("id", filter=told(reader)),
            transfers=Count("transfer_id", distinct=True),
            **_SUMS,
        )
    )
    found = (
        GroupSums(
            group=row["shown_group"],
            currency=row["currency"],
            cost=_whole(row, "cost"),
            reimbursed=Money.rounded(row["reimbursed_sum"] or 0, row["currency"]),
            left=_whole(row, "left"),
            lines=row["told_rows"],
            transfers=row["transfers"],
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda one: (one.currency, -one.reimbursed.amount, one.group)))


def entries(
    *,
    reader: Reader,
    criteria: Criteria,
    group: Group,
    order: Sequence[str] = (),
    at: Place | None = None,
    size: int = ENTRIES,
) -> EntryPage:
    """A page of the search, in groups that come in ``order``. Two statements.

    Masked care is one entry a transfer, so that no page tells of how many lines it is.
    """
    lines = _lines(reader, criteria, group, order, at, size)
    found = lines if criteria.of_care else lines + _masked(reader, criteria, group, order, at, size)
    back = at is not None and at.back
    found.sort(key=lambda entry: entry.place.order, reverse=back)
    page, more = found[:size], len(found) > size
    if back:
        page.reverse()
    # Where one came from, there is more that way.
    older, newer = (True, more) if back else (more, at is not None)
    return EntryPage(
        tuple(page),
        page[-1].place if page and older else None,
        _back(page[0].place) if page and newer else None,
    )


def _back(place: Place) -> Place:
    return Place(place.rank, place.day, place.transfer, place.line, back=True)


def _found(reader: Reader, criteria: Criteria) -> "QuerySet[Line]":
    return Line.objects.filter(matching(criteria, reader), household_id=reader.household)


def _group(reader: Reader, group: Group) -> Any:
    if group is Group.TRANSFER:
        return Value("", output_field=TextField())
    column = F("category") if group is Group.CATEGORY else Cast("person_id", TextField())
    return Case(When(told(reader), then=column), default=Value(PRIVATE), output_field=TextField())


def _lines(
    reader: Reader,
    criteria: Criteria,
    group: Group,
    order: Sequence[str],
    at: Place | None,
    size: int,
) -> list[Entry]:
    column = "category" if group is Group.CATEGORY else "person_id"
    ranks = [When(**{column: one}, then=rank) for rank, one in enumerate(order) if one != PRIVATE]
    rank = Case(*ranks, default=len(order), output_field=IntegerField())
    rows = _found(reader, criteria).filter(told(reader))
    grouped = group is not Group.TRANSFER
    rows = rows.annotate(rank=rank) if grouped else rows
    if at is not None:
        rows = rows.filter(_beyond(at, grouped=grouped, line=at.line))
    back = at is not None and at.back
    keys = [*(["rank"] if grouped else []), "-settled_on", "-transfer_id", "id"]
    found = rows.order_by(*(_turned(key) if back else key for key in keys))[: size + 1]
    return [_line_entry(row, group, reader) for row in found]


def _line_entry(row: Any, group: Group, reader: Reader) -> Entry:
    grouped = group is not Group.TRANSFER
    return Entry(
        place=Place(row.rank if grouped else 0, row.settled_on, row.transfer_id, row.id),
        group=(row.category if group is Group.CATEGORY else str(row.person_id)) if grouped else "",
        settled_on=row.settled_on,
        transfer=row.transfer_id,
        currency=row.currency,
        line=care_line(row, reader),
    )


def _masked(
    reader: Reader,
    criteria: Criteria,
    group: Group,
    order: Sequence[str],
    at: Place | None,
    size: int,
) -> list[Entry]:
    """Private care, after the lines of its transfer, or as the group after all others."""
    grouped = group is not Group.TRANSFER
    rank = len(order) + 1 if grouped else 0
    rows = _found(reader, criteria).exclude(told(reader))
    if at is not None and at.rank == rank:
        rows = rows.filter(_beyond(at, grouped=False, line=at.line, own=_LAST))
    elif at is not None and (at.rank > rank) is not at.back:
        return []
    back = at is not None and at.back
    keys = ("-settled_on", "-transfer_id")
    found = (
        rows.values("settled_on", "transfer_id", "currency")
        .annotate(rows=Count("id"), **_SUMS)
        .order_by(*(_turned(key) if back else key for key in keys))[: size + 1]
    )
    return [
        Entry(
            place=Place(rank, row["settled_on"], row["transfer_id"], _LAST),
            group=PRIVATE if grouped else "",
            settled_on=row["settled_on"],
            transfer=row["transfer_id"],
            currency=row["currency"],
            private=_private(row),
        )
        for row in found
    ]


def _beyond(at: Place, *, grouped: bool, line: int, own: int | None = None) -> Q:
    """What comes after a place, or before it on the way back. ``own`` is the line of all rows alike."""
    less, more = ("gt", "lt") if at.back else ("lt", "gt")
    place = {"settled_on": at.day, "transfer_id": at.transfer}
    other, up_to = row_than(less, **place), row_than(f"{less}e", **place)
    if own is None:
        beyond = up_to & (other | Q(**{f"id__{more}": line}))
    else:
        beyond = up_to if (own < line if at.back else own > line) else other
    return Q(**{f"rank__{more}": at.rank}) | (Q(rank=at.rank) & beyond) if grouped else beyond


def _turned(key: str) -> str:
    return key.removeprefix("-") if key.startswith("-") else f"-{key}"


_COST = Coalesce("converted", Case(When(spent_currency=F("currency"), then="spent")))
_AMOUNTS = {
    "cost": _COST,
    "primary": F("primary_share"),
    "other": F("other_share"),
    "reimbursed": F("reimbursed"),
    "left": F("left_to_pay"),
}
_SUMS: dict[str, Any] = {
    **{f"{name}_sum": Sum(amount) for name, amount in _AMOUNTS.items()},
    **{f"{name}_count": Count(amount) for name, amount in _AMOUNTS.items()},
}


def _whole(row: dict[str, Any], name: str) -> Money | None:
    """The sum where every amount is stated; a part of it would read as the whole."""
    amount: Decimal | None = row[f"{name}_sum"]
    return stated(amount, row["currency"]) if row[f"{name}_count"] == row["rows"] else None


def _private(row: dict[str, Any]) -> PrivateCare:
    return PrivateCare(
        cost=_whole(row, "cost"),
        primary=_whole(row, "primary"),
        other=_whole(row, "other"),
        reimbursed=stated(row["reimbursed_sum"], row["currency"]),
        left=_whole(row, "left"),
    )
