"""Transfers with their lines, and claims that wait for one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from havre.domains.health import rules
from havre.domains.health.models import Line, Transfer
from havre.domains.health.queries.reader import SHOWN, TOLD, Reader, shown, told
from havre.domains.health.words import CareLine, Category, Payee, PrivateCare, Said
from havre.foundation.db.reading import Given, PreparedRead
from havre.foundation.money import Money

PAGE = 10
Row = TypeVar("Row", Transfer, Line)


@dataclass(frozen=True)
class After:
    """Where a page ended: the day and the id of its last row."""

    day: date
    id: UUID | int


@dataclass(frozen=True)
class TransferSeen:
    """A transfer with its lines by day of care. The payee is named where that tells no masked care.

    ``private`` is all masked care together. Where a contract withholds even its amounts from the
    reader, the transfer is ``partial``, and its total is what the told rows add up to.
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

    @property
    def count(self) -> int:
        return len(self.lines) + (self.private is not None)


@dataclass(frozen=True)
class TransferPage:
    transfers: tuple[TransferSeen, ...]
    older: After | None


@dataclass(frozen=True)
class ClaimPage:
    """Claims not settled yet, the newest care first."""

    lines: tuple[CareLine, ...]
    older: After | None


@dataclass(frozen=True)
class TransferBrief:
    """A transfer in one line; ``count`` is the number of rows it shows to this reader."""

    id: UUID
    settled_on: date
    reference: str
    total: Money
    count: int


def transfers(*, reader: Reader, before: After | None = None, size: int = PAGE) -> TransferPage:
    """Transfers with their lines, the newest first, from where a page ended. Two statements."""
    rows, older = _page(_known(reader), "settled_on", before=before, size=size)
    lines = _lines_of(reader, [row.id for row in rows])
    return TransferPage(tuple(_transfer(row, lines.get(row.id, []), reader) for row in rows), older)


def transfer_of(*, reader: Reader, transfer: UUID) -> TransferSeen | None:
    """One transfer with its lines; not there if another household's, or if no row of it is told.

    Two statements.
    """
    row = _known(reader).filter(id=transfer).first()
    if row is None:
        return None
    return _transfer(row, _lines_of(reader, [row.id]).get(row.id, []), reader)


def line_of(*, reader: Reader, line: int) -> CareLine | None:
    """One line that is told to the reader whole; any other is not there. One statement."""
    row = Line.objects.filter(told(reader), household_id=reader.household, id=line).first()
    return _line(row, reader) if row else None


def claims_not_settled(
    *, reader: Reader, before: After | None = None, size: int = PAGE
) -> ClaimPage:
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
    rows, older = _page(waiting, "care_date", before=before, size=size)
    return ClaimPage(tuple(_line(row, reader) for row in rows), older)


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
    rows: "QuerySet[Row]", day: str, *, before: After | None, size: int
) -> tuple[list[Row], After | None]:
    if before is not None:
        # The first condition bounds the index; the second leaves out what that day has shown.
        rows = rows.filter(
            Q(**{f"{day}__lte": before.day})
            & (Q(**{f"{day}__lt": before.day}) | Q(id__lt=before.id))
        )
    found = list(rows.order_by(f"-{day}", "-id")[: size + 1])
    shown = found[:size]
    older = After(getattr(shown[-1], day), shown[-1].id) if len(found) > size else None
    return shown, older


def _lines_of(reader: Reader, transfer_ids: list[UUID]) -> dict[UUID, list[CareLine]]:
    rows = Line.objects.filter(
        household_id=reader.household, transfer_id__in=transfer_ids
    ).order_by("care_date", "id")
    lines: dict[UUID, list[CareLine]] = {}
    for row in rows:
        lines.setdefault(row.transfer_id, []).append(_line(row, reader))
    return lines


def _transfer(row: Transfer, lines: list[CareLine], reader: Reader) -> TransferSeen:
    told = rules.tell(lines, telling_of=reader.telling)
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


def _line(row: Line, reader: Reader) -> CareLine:
    """The line as it came, but for what its contract tells nobody."""
    guaranteed = row.contract_id not in reader.unguaranteed
    spent = _stated(row.spent, row.spent_currency or row.currency)
    converted = _stated(row.converted, row.currency)
    if converted is None and spent is not None and spent.currency == row.currency:
        converted = spent
    return CareLine(
        id=row.id,
        transfer=row.transfer_id,
        settled_on=row.settled_on,
        person=row.person_id,
        contract=row.contract_id,
        claim=row.claim,
        care_date=row.care_date,
        category=Category(row.category),
        sensitive=row.sensitive,
        act=Said(row.act, row.act_en),
        provider=row.provider,
        country=row.country,
        spent=spent,
        rate=row.rate,
        rate_source=_said(row.rate_source, row.rate_source_en),
        rate_day=row.rate_day,
        cost=converted,
        primary=_stated(row.primary_share, row.currency),
        other=_stated(row.other_share, row.currency),
        guarantee=_said(row.guarantee, row.guarantee_en) if guaranteed else None,
        deductible=_stated(row.deductible, row.currency) if guaranteed else None,
        ceiling_left=_stated(row.ceiling_left, row.currency) if guaranteed else None,
        reimbursed=_stated(row.reimbursed, row.currency),
        left=_stated(row.left_to_pay, row.currency),
        left_computed=row.left_computed,
        reason=_said(row.reason, row.reason_en),
        clause=_said(row.clause, row.clause_en),
    )


def _said(text: str | None, english: str | None) -> Said | None:
    return None if text is None else Said(text, english)


def _stated(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money.rounded(amount, currency)
