"""Used and left under each ceiling of a formula, for one person: pure, from what was consumed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from havre.domains.health.queries.consumption import TWO_YEARS, Consumption, Stated, Used, total
from havre.domains.health.words import Category
from havre.domains.products.queries import FormulaSeen, GuaranteeSeen
from havre.domains.products.words import Ceiling, CeilingsCount, Per
from havre.foundation.dates import add_months
from havre.foundation.money import Money

_OVER_TIME = (Per.YEAR, Per.MONTHS_24, Per.LIFETIME)


@dataclass(frozen=True)
class Meter:
    """A ceiling with what is used and left of it: amounts, or numbers of what it counts.

    ``left`` is what the insurer's last statement line says, where it says so; ``counted`` is then what
    the lines here leave, where the two differ. ``again_on``: when nothing is left of 24 months, the
    first day on which something is.
    """

    ceiling: Ceiling
    limit: Money | int
    used: Money | int
    left: Money | int
    counted: Money | None = None
    stated_on: date | None = None
    again_on: date | None = None

    @property
    def percent(self) -> int:
        """How full, 0 to 100."""
        limit, used = _number(self.limit), _number(self.used)
        return min(100, round(100 * used / limit)) if limit > 0 else 100

    @property
    def reached(self) -> bool:
        return _number(self.left) <= 0


@dataclass(frozen=True)
class Meters:
    """The meters of one person, by the place of the guarantee; overall where there is a ceiling."""

    overall: Meter | None = None
    of_guarantee: Mapping[int, tuple[Meter, ...]] = field(default_factory=dict)


def meters_of(formula: FormulaSeen, parts: Iterable[Consumption], *, currency: str) -> Meters:
    """The meters of one person from their consumption, in the contract's currency.

    No meter where the formula counts in another currency. A line that names no guarantee of the table
    counts under its category's, if that is one row; it always counts overall.
    """
    if formula.currency not in {None, currency}:
        return Meters()
    known = list(parts)
    with_primary = formula.ceilings_count is CeilingsCount.WITH_PRIMARY
    by_place: dict[int, list[Consumption]] = {}
    for part in known:
        place = place_of(formula.guarantees, category=part.category, guarantee=part.guarantee)
        if place is not None:
            by_place.setdefault(place, []).append(part)
    return Meters(
        overall=_overall(formula, known, currency),
        of_guarantee={
            place: tuple(
                _meter(ceiling, by_place.get(place, []), currency, with_primary=with_primary)
                for ceiling in guarantee.ceilings
                if ceiling.per in _OVER_TIME
            )
            for place, guarantee in enumerate(formula.guarantees)
        },
    )


def place_of(
    guarantees: Sequence[GuaranteeSeen], *, category: Category | None, guarantee: str | None
) -> int | None:
    """The row of the table that care counts under: the one named, else its category's if that is one."""
    if category is None:
        return None
    named = [n for n, one in enumerate(guarantees) if one.is_named(guarantee)]
    if named:
        return named[0]
    of_category = [n for n, one in enumerate(guarantees) if one.category == category]
    return of_category[0] if len(of_category) == 1 else None


def _overall(formula: FormulaSeen, parts: list[Consumption], currency: str) -> Meter | None:
    """What the insurer itself reimbursed, the primary scheme's share never counted."""
    if formula.overall_ceiling is None:
        return None
    ceiling = Ceiling(Per.YEAR, formula.overall_ceiling)
    limit = Money.rounded(formula.overall_ceiling, currency)
    used = total((part.year for part in parts), currency).reimbursed
    return Meter(ceiling, limit, used, _rest(limit, used))


def _meter(
    ceiling: Ceiling, parts: list[Consumption], currency: str, *, with_primary: bool
) -> Meter:
    used = total((_over(ceiling.per, part) for part in parts), currency)
    if ceiling.amount is None:
        limit = ceiling.count or 0
        return Meter(ceiling, limit, used.count, max(0, limit - used.count))
    money = Money.rounded(ceiling.amount, currency)
    amount = used.reimbursed + used.primary if with_primary else used.reimbursed
    stated = _last_stated(parts)
    counted = _rest(money, amount)
    left = stated.left if stated else counted
    again = _again(parts) if ceiling.per is Per.MONTHS_24 and left.amount <= 0 else None
    return Meter(
        ceiling,
        money,
        money - left if stated else amount,
        left,
        counted=counted if left != counted else None,
        stated_on=stated.on if stated else None,
        again_on=again,
    )


def _over(per: Per, part: Consumption) -> Used:
    return {Per.YEAR: part.year, Per.MONTHS_24: part.months_24}.get(per, part.ever)


def _last_stated(parts: list[Consumption]) -> Stated | None:
    stated = [part.stated for part in parts if part.stated is not None]
    return max(stated, key=lambda one: one.on, default=None)


def _again(parts: list[Consumption]) -> date | None:
    firsts = [part.first_in_24 for part in parts if part.first_in_24 is not None]
    return add_months(min(firsts), TWO_YEARS) if firsts else None


def _rest(limit: Money, used: Money) -> Money:
    rest = limit - used
    return rest if rest.amount > 0 else Money.zero(limit.currency)


def _number(value: Money | int) -> float:
    return float(value.amount) if isinstance(value, Money) else value
