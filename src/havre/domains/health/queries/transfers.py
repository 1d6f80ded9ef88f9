"""Transfers with their lines, and claims that wait for one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from havre.domains.health import rules
from havre.domains.health.models import Line, Transfer
from havre.domains.health.queries.reader import Reader
from havre.domains.health.words import CareLine, Category, Payee, PrivateCare
from havre.foundation.db.reading import AnyOf, Given, PreparedRead
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
    """A transfer with its lines by day of care. The payee is named where that tells no masked care."""

    id: UUID
    settled_on: date
    reference: str
    payee: Payee
    payee_name: str | None
    iban_shown: str | None
    total: Money
    lines: tuple[CareLine, ...]
    private: tuple[PrivateCare, ...]

    @property
    def count(self) -> int:
        return len(self.lines) + len(self.private)


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
    known = Transfer.objects.filter(household_id=reader.household)
    rows, older = _page(known, "settled_on", before=before, size=size)
    lines = _lines_of(reader, [row.id for row in rows])
    return TransferPage(tuple(_transfer(row, lines.get(row.id, []), reader) for row in rows), older)


def transfer_of(*, reader: Reader, transfer: UUID) -> TransferSeen | None:
    """One transfer with its lines; another household's is not there. Two statements."""
    row = Transfer.objects.filter(household_id=reader.household, id=transfer).first()
    if row is None:
        return None
    return _transfer(row, _lines_of(reader, [row.id]).get(row.id, []), reader)


def claims_not_settled(
    *, reader: Reader, before: After | None = None, size: int = PAGE
) -> ClaimPage:
    """Claims that no transfer has paid. Other adults' are left out: they add up to no total.

    A claim first comes with lines of its own, and is settled by others: those have then had their day.
    """
    settled = Line.objects.filter(
        household_id=OuterRef("household_id"),
        source=OuterRef("source"),
        claim=OuterRef("claim"),
        transfer_id__isnull=False,
    )
    waiting = Line.objects.filter(
        ~Exists(settled),
        household_id=reader.household,
        transfer_id=None,
        person_id__in=reader.visible,
    )
    rows, older = _page(waiting, "care_date", before=before, size=size)
    return ClaimPage(tuple(_line(row) for row in rows), older)


def latest_transfers(*, reader: Reader, size: int) -> tuple[TransferBrief, ...]:
    """The newest transfers, without their lines. One statement."""
    rows = _newest(size)(household=reader.household, visible=list(reader.visible))
    return tuple(
        TransferBrief(
            id=row.id,
            settled_on=row.settled_on,
            reference=row.reference,
            total=Money.rounded(row.total, row.currency),
            count=row.shown,
        )
        for row in rows
    )


class _Brief(NamedTuple):
    id: UUID
    settled_on: date
    reference: str
    total: Decimal
    currency: str
    shown: int


@cache
def _newest(size: int) -> PreparedRead[_Brief]:
    """The newest transfers of a household, each with the number of its rows that are shown."""

    def queryset() -> "QuerySet[Transfer]":
        visible = Q(AnyOf(F("person_id"), Given("visible")))
        shown = Count("id", filter=visible) + Count("person_id", filter=~visible, distinct=True)
        rows_shown = (
            Line.objects.filter(household_id=OuterRef("household_id"), transfer_id=OuterRef("id"))
            .order_by()
            .values("transfer_id")
            .annotate(shown=shown)
            .values("shown")
        )
        return (
            Transfer.objects.filter(household_id=Given("household"))
            .annotate(shown=Coalesce(Subquery(rows_shown), 0))
            .order_by("-settled_on", "-id")[:size]
        )

    return PreparedRead(_Brief._make, _Brief._fields, queryset)


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
        lines.setdefault(row.transfer_id, []).append(_line(row))
    return lines


def _transfer(row: Transfer, lines: list[CareLine], reader: Reader) -> TransferSeen:
    told = rules.tell(lines, visible=reader.visible)
    payee = Payee(row.payee)
    named = rules.names_payee(payee=payee, told=told)
    return TransferSeen(
        id=row.id,
        settled_on=row.settled_on,
        reference=row.reference,
        payee=rules.payee_told(payee=payee, told=told),
        payee_name=row.payee_name if named else None,
        iban_shown=row.iban_shown if named else None,
        total=Money.rounded(row.total, row.currency),
        lines=told.lines,
        private=told.private,
    )


def _line(row: Line) -> CareLine:
    spent = _stated(row.spent, row.spent_currency or row.currency)
    converted = _stated(row.converted, row.currency)
    if converted is None and spent is not None and spent.currency == row.currency:
        converted = spent
    return CareLine(
        person=row.person_id,
        claim=row.claim,
        care_date=row.care_date,
        category=Category(row.category),
        act=row.act,
        provider=row.provider,
        country=row.country,
        spent=spent,
        rate=row.rate,
        rate_source=row.rate_source,
        rate_day=row.rate_day,
        cost=converted,
        primary=_stated(row.primary_share, row.currency),
        other=_stated(row.other_share, row.currency),
        guarantee=row.guarantee,
        deductible=_stated(row.deductible, row.currency),
        ceiling_left=_stated(row.ceiling_left, row.currency),
        reimbursed=_stated(row.reimbursed, row.currency),
        left=_stated(row.left_to_pay, row.currency),
        left_computed=row.left_computed,
        reason=row.reason,
        clause=row.clause,
    )


def _stated(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money.rounded(amount, currency)
