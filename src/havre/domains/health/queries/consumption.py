"""What was used under a contract: what its ceilings are counted from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    Case,
    CharField,
    DateField,
    DecimalField,
    Func,
    Min,
    Q,
    QuerySet,
    Sum,
    TextField,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from havre.domains.health.models import Line
from havre.domains.health.queries.reader import SHOWN, TOLD, Reader
from havre.domains.health.words import Category
from havre.foundation.dates import Period, add_months
from havre.foundation.db.reading import Given, PreparedRead
from havre.foundation.money import Money

TWO_YEARS = 24
_PRIVATE = "PRIVATE_CARE"
_EVER = date(1900, 1, 1)


@dataclass(frozen=True)
class Used:
    """What counts over one time: the insurer's part, the primary scheme's, and how many lines."""

    reimbursed: Money
    primary: Money
    count: int

    def __add__(self, other: "Used") -> "Used":
        return Used(
            self.reimbursed + other.reimbursed,
            self.primary + other.primary,
            self.count + other.count,
        )


@dataclass(frozen=True)
class Stated:
    """What the insurer's last line said was left of the guarantee's ceiling, and when it was settled."""

    left: Money
    on: date


@dataclass(frozen=True)
class Consumption:
    """What one person used of one guarantee: in the year, in 24 months, ever.

    ``guarantee`` is as the statements name it, none where they do not. ``person`` none is private care,
    of everybody and of every category together: then there is the whole year alone and nothing stated.
    ``first_in_24`` is the first day of care within the 24 months.
    ``stated`` is told to whoever is told all the care of the person.
    """

    person: UUID | None
    category: Category | None
    guarantee: str | None
    year: Used
    months_24: Used
    ever: Used
    first_in_24: date | None
    stated: Stated | None


def consumption(
    *, reader: Reader, contract: UUID, currency: str, year: Period, on: date
) -> tuple[Consumption, ...]:
    """Settled lines of care given until ``on`` under the contract, in its currency. One statement.

    ``year`` holds ``on``; 24 months are those up to it. Care that is not told to the reader comes as
    one private sum of the whole year, which names nobody and is the same for each day of it: from one
    day to the next it would tell when care was given.
    """
    rows = _used(
        household=reader.household,
        contract=contract,
        currency=currency,
        **reader.given,
        year=year.start or _EVER,
        year_end=year.end or date.max,
        months_24=add_months(on, -TWO_YEARS) + timedelta(days=1),
        on=on,
    )
    return tuple(_seen(row, reader, currency) for row in rows)


class _Row(NamedTuple):
    whose: UUID | None
    shown: str
    named: str
    year_reimbursed: Decimal | None
    year_primary: Decimal | None
    year_count: int
    two_reimbursed: Decimal | None
    two_primary: Decimal | None
    two_count: int
    ever_reimbursed: Decimal | None
    ever_primary: Decimal | None
    ever_count: int
    first_in_24: date | None
    stated_left: Decimal | None
    stated_on: date | None


def _last(field: str, kind: Any) -> Func:
    """The value of ``field`` in the last settled line of the year."""
    values = ArrayAgg(
        field,
        filter=Q(care_date__gte=Given("year")),
        order_by=("-settled_on", "-care_date", "-id"),
    )
    return Func(values, template="(%(expressions)s)[1]", output_field=kind)


def _sums(name: str, since: str | None) -> dict[str, Any]:
    within = Q(care_date__gte=Given(since)) if since else None
    return {
        f"{name}_reimbursed": Sum("reimbursed", filter=within),
        f"{name}_primary": Sum("primary_share", filter=within),
        f"{name}_count": Coalesce(Sum("count", filter=within), 0),
    }


def _lines() -> QuerySet[Line, Any]:
    shown = Case(When(TOLD, then="category"), default=Value(_PRIVATE), output_field=TextField())
    named = Case(
        When(TOLD, then=Coalesce("guarantee", Value(""))),
        default=Value(""),
        output_field=CharField(),
    )
    whose = Case(When(TOLD, then="person_id"), default=None, output_field=UUIDField())
    private = ~Q(TOLD) & Q(care_date__range=(Given("year"), Given("year_end")))
    return (
        Line.objects.filter(
            SHOWN & (Q(TOLD, care_date__lte=Given("on")) | private),
            household_id=Given("household"),
            contract_id=Given("contract"),
            currency=Given("currency"),
            settled_on__isnull=False,
        )
        .values(whose=whose, shown=shown, named=named)
        .annotate(
            **_sums("year", "year"),
            **_sums("two", "months_24"),
            **_sums("ever", None),
            first_in_24=Min("care_date", filter=Q(care_date__gte=Given("months_24"))),
            stated_left=_last("ceiling_left", DecimalField()),
            stated_on=_last("settled_on", DateField()),
        )
    )


_used = PreparedRead(_Row._make, _Row._fields, _lines)


def _seen(row: _Row, reader: Reader, currency: str) -> Consumption:
    private = row.whose is None
    # What is left as stated counts sensitive care too.
    states = row.whose is not None and reader.tells_all_of(row.whose)
    nothing = _amounts(None, None, 0, currency)
    left, day = row.stated_left, row.stated_on
    stated = Stated(Money.rounded(left, currency), day) if left is not None and day else None
    return Consumption(
        person=row.whose,
        category=None if private else Category(row.shown),
        guarantee=row.named or None,
        year=_amounts(row.year_reimbursed, row.year_primary, row.year_count, currency),
        months_24=nothing
        if private
        else _amounts(row.two_reimbursed, row.two_primary, row.two_count, currency),
        ever=nothing
        if private
        else _amounts(row.ever_reimbursed, row.ever_primary, row.ever_count, currency),
        first_in_24=None if private else row.first_in_24,
        stated=stated if states else None,
    )


def _amounts(
    reimbursed: Decimal | None, primary: Decimal | None, count: int, currency: str
) -> Used:
    return Used(
        Money.rounded(reimbursed or 0, currency), Money.rounded(primary or 0, currency), count
    )


def total(parts: Iterable[Used], currency: str) -> Used:
    """The sum of several, nothing for none."""
    return sum(parts, _amounts(None, None, 0, currency))
