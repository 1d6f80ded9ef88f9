"""Transfers with their lines, and claims that wait for one."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from havre.domains.health.models import Line, Transfer
from havre.domains.health.queries.criteria import Criteria, matching
from havre.domains.health.queries.lines import care_line
from havre.domains.health.queries.reader import SHOWN, TOLD, Reader, shown, told
from havre.domains.health.rules import telling as rules
from havre.domains.health.words import CareLine, Payee, PrivateCare
from havre.foundation.db.keyset import row_than
from havre.foundation.db.reading import Given, PreparedRead
from havre.foundation.money import Money

PAGE = 10
Row = TypeVar("Row", Transfer, Line)


@dataclass(frozen=True)
class After:
    """Where a page ended: the day and the id of its last row, or of its first on the way back."""

    day: date
    id: UUID | int
    back: bool = False


@dataclass(frozen=True)
class TransferSeen:
    """A transfer with its lines by day of care. The payee is named where that tells no masked care.

    ``private`` is all masked care together. Where a contract withholds even its amounts from the
    reader, the transfer is ``partial``, and its total is what the told rows add up to. ``others`` is
    the number of its rows that a search did not match.
    """

    id: UUID
    settled_on: date
    reference: str
    payee: Payee
    payee_name: str | None
    iban_shown: str | None
    total: Money
    lines: tuple[CareLine, ...]
    private: PrivateCare | None
    partial: bool = False
    others: int = 0

    @property
    def count(self) -> int:
        return len(self.lines) + (self.private is not None)


@dataclass(frozen=True)
class TransferPage:
    transfers: tuple[TransferSeen, ...]
    older: After | None
    newer: After | None


@dataclass(frozen=True)
class ClaimPage:
    """Claims not settled yet, the newest care first."""

    lines: tuple[CareLine, ...]
    older: After | None
    newer: After | None


@dataclass(frozen=True)
class TransferBrief:
    """A transfer in one line; ``count`` is the number of rows it shows to this reader."""

    id: UUID
    settled_on: date
    reference: str
    total: Money
    count: int


def transfers(
    *,
    reader: Reader,
    criteria: Criteria | None = None,
    at: After | None = None,
    size: int = PAGE,
) -> TransferPage:
    """Transfers with their lines, the newest first, from where a page ended. Two statements.

    With ``criteria``, those of which a row matches, and of their rows those that match.
    """
    known = Transfer.objects.filter(household_id=reader.household)
    if criteria is not None or reader.withholds:
        known = known.filter(id__in=_found(reader, criteria or Criteria(), at=at, size=size))
    rows, older, newer = _page(known, "settled_on", at=at, size=size)
    lines = _lines_of(reader, [row.id for row in rows], criteria)
    seen = (_transfer(row, lines.get(row.id, []), reader) for row in rows)
    if criteria is not None:
        seen = (_matched(one, lines.get(one.id, []), criteria) for one in seen)
    return TransferPage(tuple(seen), older, newer)


def _found(
    reader: Reader, criteria: Criteria, *, at: After | None, size: int
) -> "QuerySet[Line, Any]":
    """The transfers of a page and the next one, read off the lines in their order.

    Asked of each transfer in turn whether a line matches, the database reads them all on a deep page.
    """
    lines = Line.objects.filter(matching(criteria, reader), household_id=reader.household)
    order = _order("settled_on", "transfer_id", at=at)
    lines = _beyond(lines, "settled_on", "transfer_id", at=at).order_by(*order)
    return lines.distinct("settled_on", "transfer_id").values("transfer_id")[: size + 1]


def _matched(seen: TransferSeen, rows: "list[_Care]", criteria: Criteria) -> TransferSeen:
    """The rows that a search matched; who was paid is told as without it."""
    matched = {row.line.id for row in rows if row.matched}
    lines = tuple(line for line in seen.lines if line.id in matched)
    private = None if criteria.of_care else seen.private
    found = replace(seen, lines=lines, private=private)
    return replace(found, others=seen.count - found.count)


def transfer_of(*, reader: Reader, transfer: UUID) -> TransferSeen | None:
    """One transfer with its lines; not there if another household's, or if no row of it is told.

    Two statements.
    """
    row = _known(reader).filter(id=transfer).first()
    if row is None:
        return None
    return _transfer(row, _lines_of(reader, [row.id], None).get(row.id, []), reader)


def line_of(*, reader: Reader, line: int) -> CareLine | None:
    """One line that is told to the reader whole; any other is not there. One statement."""
    row = Line.objects.filter(told(reader), household_id=reader.household, id=line).first()
    return care_line(row, reader) if row else None


def claims_not_settled(*, reader: Reader, at: After | None = None, size: int = PAGE) -> ClaimPage:
    """Claims that no transfer has paid. Masked ones are left out: they add up to no total.

    A claim first comes with lines of its own, and is settled by others: those have then had their day.
    """
    settled = Line.objects.filter(
        household_id=OuterRef("household_id"),
        source=OuterRef("source"),
        claim=OuterRef("claim"),
        transfer_id__isnull=False,
    )
    waiting = Line.objects.filter(
        ~Exists(settled), told(reader), household_id=reader.household, transfer_id=None
    )
    rows, older, newer = _page(waiting, "care_date", at=at, size=size)
    return ClaimPage(tuple(care_line(row, reader) for row in rows), older, newer)


def latest_transfers(*, reader: Reader, size: int) -> tuple[TransferBrief, ...]:
    """The newest transfers, without their lines. One statement."""
    read = _newest(size, partial=reader.withholds)
    rows = read(household=reader.household, **reader.given)
    return tuple(
        TransferBrief(
            id=row.id,
            settled_on=row.settled_on,
            reference=row.reference,
            total=Money.rounded(row.amount, row.currency),
            count=row.shown,
        )
        for row in rows
    )


class _Brief(NamedTuple):
    id: UUID
    settled_on: date
    reference: str
    amount: Decimal
    currency: str
    shown: int


@cache
def _newest(size: int, *, partial: bool) -> PreparedRead[_Brief]:
    """The newest transfers of a household, each with the number of its rows that are shown.

    ``partial`` leaves out transfers of which no row is, and sums up the rows of the others.
    """

    def queryset() -> "QuerySet[Transfer, Any]":
        masked = Case(When(SHOWN & ~TOLD, then=1))
        rows_shown = (
            Line.objects.filter(household_id=OuterRef("household_id"), transfer_id=OuterRef("id"))
            .order_by()
            .values("transfer_id")
            .annotate(
                shown=Count("id", filter=TOLD) + Count(masked, distinct=True),
                told=Sum("reimbursed", filter=SHOWN),
            )
        )
        count = Subquery(rows_shown.values("shown"))
        transfers = Transfer.objects.filter(household_id=Given("household")).annotate(
            shown=Coalesce(count, 0),
            amount=Coalesce(Subquery(rows_shown.values("told")), Decimal(0))
            if partial
            else F("total"),
        )
        if partial:
            transfers = transfers.filter(shown__gt=0)
        return transfers.order_by("-settled_on", "-id")[:size]

    return PreparedRead(_Brief._make, _Brief._fields, queryset)


def _known(reader: Reader) -> "QuerySet[Transfer]":
    """The transfers of which something is told: all, unless a contract withholds amounts."""
    known = Transfer.objects.filter(household_id=reader.household)
    if not reader.withholds:
        return known
    lines = Line.objects.filter(
        shown(reader), household_id=OuterRef("household_id"), transfer_id=OuterRef("id")
    )
    return known.filter(Exists(lines))


def _page(
    rows: "QuerySet[Row]", day: str, *, at: After | None, size: int
) -> tuple[list[Row], After | None, After | None]:
    """The rows of a page, the newest first, and where the older and the newer ones begin."""
    back = at is not None and at.back
    rows = _beyond(rows, day, "id", at=at)
    found = list(rows.order_by(*_order(day, "id", at=at))[: size + 1])
    page, more = found[:size], len(found) > size
    if back:
        page.reverse()
    # Where one came from, there is more that way.
    older, newer = (True, more) if back else (more, at is not None)
    return (
        page,
        After(getattr(page[-1], day), page[-1].id) if page and older else None,
        After(getattr(page[0], day), page[0].id, back=True) if page and newer else None,
    )


def _beyond(
    rows: "QuerySet[Any, Any]", day: str, key: str, *, at: After | None
) -> "QuerySet[Any, Any]":
    """The rows after a place, or before it on the way back."""
    if at is None:
        return rows
    return rows.filter(row_than("gt" if at.back else "lt", **{day: at.day, key: at.id}))


def _order(day: str, key: str, *, at: After | None) -> tuple[str, str]:
    """The newest first; the oldest on the way back."""
    return (day, key) if at is not None and at.back else (f"-{day}", f"-{key}")


class _Care(NamedTuple):
    line: CareLine
    matched: bool


def _lines_of(
    reader: Reader, transfer_ids: list[UUID], criteria: Criteria | None
) -> dict[UUID, list[_Care]]:
    """Every line, since all decide what is told of a transfer; those that match are marked."""
    rows = (
        Line.objects.filter(household_id=reader.household, transfer_id__in=transfer_ids)
        .annotate(
            matched=Case(When(matching(criteria, reader), then=True), default=False)
            if criteria
            else Value(True)
        )
        .order_by("care_date", "id")
    )
    lines: dict[UUID, list[_Care]] = {}
    for row in rows:
        lines.setdefault(row.transfer_id, []).append(_Care(care_line(row, reader), row.matched))
    return lines


def _transfer(row: Transfer, lines: list[_Care], reader: Reader) -> TransferSeen:
    told = rules.tell((care.line for care in lines), telling_of=reader.telling)
    payee = Payee(row.payee)
    named = rules.names_payee(payee=payee, told=told)
    return TransferSeen(
        id=row.id,
        settled_on=row.settled_on,
        reference=row.reference,
        payee=rules.payee_told(payee=payee, told=told),
        payee_name=row.payee_name if named else None,
        iban_shown=row.iban_shown if named else None,
        total=rules.total_told(Money.rounded(row.total, row.currency), told=told),
        lines=told.lines,
        private=told.private,
        partial=told.partial,
    )
