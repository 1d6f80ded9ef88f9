"""Everything that reads care. Each query asks as a reader, and masks what is not told to them.

A :class:`Reader` is one person of one household: another adult's care comes back as amounts only,
whoever calls.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncMonth

from havre.domains.health import rules
from havre.domains.health.models import Line, Transfer
from havre.domains.health.words import CareLine, Category, Payee, PrivateCare
from havre.domains.people.queries import PersonSeen
from havre.foundation.dates import last_months
from havre.foundation.money import Money

PAGE = 10
MONTHS = 6
_PRIVATE = "PRIVATE_CARE"
Row = TypeVar("Row", Transfer, Line)


@dataclass(frozen=True)
class Reader:
    """Who reads: their household, and the people whose care is told to them whole."""

    household: UUID
    visible: frozenset[UUID]


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


@dataclass(frozen=True)
class MonthsReimbursed:
    """What was transferred in each of the last months, in one currency: first day, amount."""

    currency: str
    months: tuple[tuple[date, Money], ...]

    @property
    def total(self) -> Money:
        return sum((amount for _first, amount in self.months), Money.zero(self.currency))


@dataclass(frozen=True)
class CategoryCosts:
    """One category over the months; none is "private care", all of another adult's together."""

    category: Category | None
    spent: Money
    reimbursed: Money


@dataclass(frozen=True)
class CostsSeen:
    """Who paid what over the last months, in one currency, and by category of expense.

    ``unstated`` is what was spent and nobody is said to have borne; ``spent`` is none where amounts
    that were not stated make it smaller than its parts.
    """

    currency: str
    spent: Money | None
    primary: Money
    other: Money
    reimbursed: Money
    left: Money
    unstated: Money
    categories: tuple[CategoryCosts, ...]


def reader_of(
    *, household: UUID, person: UUID, people: Iterable[PersonSeen], on: date, majority: int
) -> Reader:
    """The person as a reader: own care whole, minors' too for the couple, the rest masked."""
    everyone = list(people)
    answers = any(one.id == person and one.link.answers_for_minors for one in everyone)

    def told(one: PersonSeen) -> bool:
        adult = one.is_adult(on=on, majority=majority)
        return rules.sees_care(own=one.id == person, adult=adult, answers_for_minors=answers)

    return Reader(household, frozenset(one.id for one in everyone if told(one)))


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
    visible = Q(person_id__in=reader.visible)
    rows_shown = (
        Line.objects.filter(household_id=OuterRef("household_id"), transfer_id=OuterRef("id"))
        .order_by()
        .values("transfer_id")
        .annotate(
            shown=Count("id", filter=visible) + Count("person_id", filter=~visible, distinct=True)
        )
        .values("shown")
    )
    rows = (
        Transfer.objects.filter(household_id=reader.household)
        .annotate(shown=Coalesce(Subquery(rows_shown), 0))
        .order_by("-settled_on", "-id")[:size]
    )
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


def reimbursed_by_month(*, reader: Reader, today: date) -> tuple[MonthsReimbursed, ...]:
    """Transfers of this month and the five before, by month of settlement; largest currency first.

    One statement. A currency is never summed with another.
    """
    months = last_months(today, MONTHS)
    rows = (
        Transfer.objects.filter(
            household_id=reader.household, settled_on__range=(months[0][0], months[-1][1])
        )
        .values("currency", month=TruncMonth("settled_on"))
        .annotate(reimbursed=Sum("total"))
    )
    sums: dict[str, dict[date, Money]] = {}
    for row in rows:
        amount = Money.rounded(row["reimbursed"], row["currency"])
        sums.setdefault(row["currency"], {})[row["month"]] = amount
    by_currency = (
        MonthsReimbursed(
            currency,
            tuple((first, amounts.get(first, Money.zero(currency))) for first, _last in months),
        )
        for currency, amounts in sums.items()
    )
    return tuple(sorted(by_currency, key=lambda one: (-one.total.amount, one.currency)))


def costs(*, reader: Reader, today: date) -> tuple[CostsSeen, ...]:
    """Costs settled this month and the five before, by category. One statement.

    The categories of other adults' care are one: "private care". Largest currency first.
    """
    months = last_months(today, MONTHS)
    visible = When(person_id__in=reader.visible, then="category")
    rows = (
        Line.objects.filter(
            household_id=reader.household, settled_on__range=(months[0][0], months[-1][1])
        )
        .values(
            "currency",
            shown=Case(visible, default=Value(_PRIVATE), output_field=TextField()),
        )
        .annotate(
            spent_sum=Sum(_cost()),
            primary_sum=Sum("primary_share"),
            other_sum=Sum("other_share"),
            reimbursed_sum=Sum("reimbursed"),
            left_sum=Sum("left_to_pay"),
        )
    )
    by_currency: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_currency.setdefault(row["currency"], []).append(row)
    seen = (_costs(currency, group) for currency, group in by_currency.items())
    return tuple(sorted(seen, key=lambda one: (-one.reimbursed.amount, one.currency)))


def _costs(currency: str, rows: list[dict[str, Any]]) -> CostsSeen:
    def whole(name: str) -> Money:
        return sum((_some(row[name], currency) for row in rows), Money.zero(currency))

    spent, reimbursed, left = whole("spent_sum"), whole("reimbursed_sum"), whole("left_sum")
    primary, other = whole("primary_sum"), whole("other_sum")
    unstated = spent - (reimbursed + primary + other + left)
    categories = (
        CategoryCosts(
            category=None if row["shown"] == _PRIVATE else Category(row["shown"]),
            spent=_some(row["spent_sum"], currency),
            reimbursed=_some(row["reimbursed_sum"], currency),
        )
        for row in rows
    )
    return CostsSeen(
        currency=currency,
        spent=None if unstated.amount < 0 else spent,
        primary=primary,
        other=other,
        reimbursed=reimbursed,
        left=left,
        unstated=max(unstated, Money.zero(currency)),
        categories=tuple(sorted(categories, key=_most_reimbursed_first)),
    )


def _most_reimbursed_first(costs: CategoryCosts) -> tuple[Decimal, Decimal, str]:
    return -costs.reimbursed.amount, -costs.spent.amount, costs.category or ""


def _cost() -> Coalesce:
    """What was spent, in the contract's currency."""
    return Coalesce("converted", Case(When(spent_currency=F("currency"), then="spent")))


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


def _some(amount: Decimal | None, currency: str) -> Money:
    return Money.rounded(amount or 0, currency)
