"""What was reimbursed and what care cost, over the last months."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, F, QuerySet, Sum, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, TruncMonth

from havre.domains.health.models import Line, Transfer
from havre.domains.health.queries.reader import SHOWN, TOLD, Reader
from havre.domains.health.words import Category
from havre.foundation.dates import last_months
from havre.foundation.db.reading import Given, PreparedRead
from havre.foundation.money import Money

MONTHS = 6
_PRIVATE = "PRIVATE_CARE"


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
    """One category over the months; none is "private care", all that is masked together."""

    category: Category | None
    spent: Money
    reimbursed: Money


@dataclass(frozen=True)
class PersonCosts:
    """One beneficiary over the months; none is "private care", which names nobody."""

    person: UUID | None
    reimbursed: Money


@dataclass(frozen=True)
class CostsSeen:
    """Who paid what over the last months, in one currency, and by category, beneficiary and month.

    ``unstated`` is what was spent and nobody is said to have borne; ``spent`` is none where amounts
    that were not stated make it smaller than its parts. A share that no line states is none, not zero.
    """

    currency: str
    spent: Money | None
    primary: Money | None
    other: Money | None
    reimbursed: Money
    left: Money | None
    unstated: Money
    categories: tuple[CategoryCosts, ...]
    people: tuple[PersonCosts, ...]
    months: tuple[tuple[date, Money], ...]


def reimbursed_by_month(*, reader: Reader, today: date) -> tuple[MonthsReimbursed, ...]:
    """Transfers of this month and the five before, by month of settlement; largest currency first.

    One statement. A currency is never summed with another. Where a contract withholds amounts from
    the reader, only what the told lines add up to.
    """
    months = last_months(today, MONTHS)
    period = {"first": months[0][0], "last": months[-1][1]}
    if reader.withholds:
        rows = _by_month_told(household=reader.household, **reader.given, **period)
    else:
        rows = _by_month(household=reader.household, **period)
    sums: dict[str, dict[date, Money]] = {}
    for row in rows:
        sums.setdefault(row.currency, {})[row.month] = Money.rounded(row.reimbursed, row.currency)
    by_currency = (
        MonthsReimbursed(
            currency,
            tuple((first, amounts.get(first, Money.zero(currency))) for first, _last in months),
        )
        for currency, amounts in sums.items()
    )
    return tuple(sorted(by_currency, key=lambda one: (-one.total.amount, one.currency)))


def costs(*, reader: Reader, today: date) -> tuple[CostsSeen, ...]:
    """Costs settled this month and the five before. One statement.

    Masked care is one category and one beneficiary: "private care". Largest currency first.
    """
    months = last_months(today, MONTHS)
    rows = _by_category(
        household=reader.household, **reader.given, first=months[0][0], last=months[-1][1]
    )
    firsts = [first for first, _last in months]
    by_currency: dict[str, list[_CategoryRow]] = {}
    for row in rows:
        by_currency.setdefault(row.currency, []).append(row)
    seen = (_costs(currency, group, firsts) for currency, group in by_currency.items())
    return tuple(sorted(seen, key=lambda one: (-one.reimbursed.amount, one.currency)))


class _MonthRow(NamedTuple):
    currency: str
    month: date
    reimbursed: Decimal


_SETTLED: dict[str, Any] = {
    "household_id": Given("household"),
    "settled_on__range": (Given("first"), Given("last")),
}
_by_month = PreparedRead(
    _MonthRow._make,
    _MonthRow._fields,
    lambda: (
        Transfer.objects.filter(**_SETTLED)
        .values("currency", month=TruncMonth("settled_on"))
        .annotate(reimbursed=Sum("total"))
    ),
)
_by_month_told = PreparedRead(
    _MonthRow._make,
    _MonthRow._fields,
    lambda: (
        Line.objects.filter(SHOWN, **_SETTLED, reimbursed__isnull=False)
        .values("currency", month=TruncMonth("settled_on"))
        .annotate(reimbursed=Sum("reimbursed"))
    ),
)


class _CategoryRow(NamedTuple):
    currency: str
    shown: str
    whose: str
    month: date
    spent_sum: Decimal | None
    primary_sum: Decimal | None
    other_sum: Decimal | None
    reimbursed_sum: Decimal | None
    left_sum: Decimal | None


def _costs_settled() -> QuerySet[Line, Any]:
    shown = Case(When(TOLD, then="category"), default=Value(_PRIVATE), output_field=TextField())
    person = Cast("person_id", TextField())
    whose = Case(When(TOLD, then=person), default=Value(_PRIVATE), output_field=TextField())
    return (
        Line.objects.filter(SHOWN, **_SETTLED)
        .values("currency", shown=shown, whose=whose, month=TruncMonth("settled_on"))
        .annotate(
            spent_sum=Sum(_cost()),
            primary_sum=Sum("primary_share"),
            other_sum=Sum("other_share"),
            reimbursed_sum=Sum("reimbursed"),
            left_sum=Sum("left_to_pay"),
        )
    )


_by_category = PreparedRead(_CategoryRow._make, _CategoryRow._fields, _costs_settled)


def _costs(currency: str, rows: list[_CategoryRow], months: list[date]) -> CostsSeen:
    nothing = Money.zero(currency)

    def whole(amounts: Iterable[Decimal | None]) -> Money | None:
        stated = [_some(amount, currency) for amount in amounts if amount is not None]
        return sum(stated, nothing) if stated else None

    spent = whole(row.spent_sum for row in rows) or nothing
    primary = whole(row.primary_sum for row in rows)
    other = whole(row.other_sum for row in rows)
    reimbursed = whole(row.reimbursed_sum for row in rows) or nothing
    left = whole(row.left_sum for row in rows)
    borne = (reimbursed, primary, other, left)
    unstated = spent - sum((share for share in borne if share), nothing)
    return CostsSeen(
        currency=currency,
        spent=None if unstated.amount < 0 else spent,
        primary=primary,
        other=other,
        reimbursed=reimbursed,
        left=left,
        unstated=max(unstated, nothing),
        categories=_categories(currency, rows),
        people=_people(currency, rows),
        months=tuple(
            (first, _sum(currency, (row.reimbursed_sum for row in rows if row.month == first)))
            for first in months
        ),
    )


def _categories(currency: str, rows: list[_CategoryRow]) -> tuple[CategoryCosts, ...]:
    groups: dict[str, list[_CategoryRow]] = {}
    for row in rows:
        groups.setdefault(row.shown, []).append(row)
    costs = (
        CategoryCosts(
            category=None if shown == _PRIVATE else Category(shown),
            spent=_sum(currency, (row.spent_sum for row in group)),
            reimbursed=_sum(currency, (row.reimbursed_sum for row in group)),
        )
        for shown, group in groups.items()
    )
    return tuple(sorted(costs, key=_most_reimbursed_first))


def _people(currency: str, rows: list[_CategoryRow]) -> tuple[PersonCosts, ...]:
    groups: dict[str, list[Decimal | None]] = {}
    for row in rows:
        groups.setdefault(row.whose, []).append(row.reimbursed_sum)
    costs = (
        PersonCosts(None if whose == _PRIVATE else UUID(whose), _sum(currency, amounts))
        for whose, amounts in groups.items()
    )
    return tuple(sorted(costs, key=lambda one: (-one.reimbursed.amount, str(one.person))))


def _sum(currency: str, amounts: Iterable[Decimal | None]) -> Money:
    return sum((_some(amount, currency) for amount in amounts), Money.zero(currency))


def _most_reimbursed_first(costs: CategoryCosts) -> tuple[Decimal, Decimal, str]:
    return -costs.reimbursed.amount, -costs.spent.amount, costs.category or ""


def _cost() -> Coalesce:
    """What was spent, in the contract's currency."""
    return Coalesce("converted", Case(When(spent_currency=F("currency"), then="spent")))


def _some(amount: Decimal | None, currency: str) -> Money:
    return Money.rounded(amount or 0, currency)
