"""What is left of each limit before care of a day: pure, from what was settled or accepted before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from havre.domains.health.rules.proposal import Room
from havre.domains.health.words import Agreement, Category
from havre.domains.products.words import Ceiling, Per
from havre.foundation.dates import Period, add_months
from havre.foundation.money import Money

_TWO_YEARS = 24


@dataclass(frozen=True, kw_only=True)
class Past:
    """A line of one person under one contract, in its currency, paid or accepted and to be paid.

    ``guarantee`` is as the line names it. ``stated_left`` is what the insurer said was left of the
    guarantee's ceiling when it settled the line on ``settled_on``.
    """

    care_date: date
    category: Category
    guarantee: str | None
    count: int
    reimbursed: Money
    primary: Money
    deductible: Money
    settled_on: date | None
    stated_left: Money | None


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits that hold for care of a day: ``year`` is the one over which they count, ``agreement``
    what was agreed to that covers it."""

    currency: str
    year: Period
    ceilings: tuple[Ceiling, ...] = ()
    with_primary: bool = False
    overall: Decimal | None = None
    deductible: Decimal | None = None
    agreement: Agreement | None = None


def room(
    limits: Limits, *, of_guarantee: Sequence[Past], everything: Iterable[Past], on: date
) -> Room:
    """What is left before care of that day. The insurer's own figure goes before what is counted."""
    known = list(everything)
    of_year = [one for one in known if limits.year.contains(one.care_date)]
    return Room(
        left={
            ceiling: _left(ceiling, limits, of_guarantee, on)
            for ceiling in limits.ceilings
            if ceiling.per in {Per.YEAR, Per.MONTHS_24, Per.LIFETIME}
        },
        overall=_rest(limits.overall, [one.reimbursed for one in of_year], limits.currency),
        deductible=_rest(limits.deductible, [one.deductible for one in of_year], limits.currency),
        agreed=_agreed(limits, known),
    )


def _agreed(limits: Limits, past: Iterable[Past]) -> Money | None:
    """A line does not say what it was agreed to by: all such care of those days counts."""
    agreement = limits.agreement
    if agreement is None or agreement.limit is None:
        return None
    used = [one.reimbursed for one in past if agreement.is_of(one.category, one.care_date)]
    return _floor(agreement.limit, used)


def _left(ceiling: Ceiling, limits: Limits, past: Iterable[Past], on: date) -> Money | int:
    within = [one for one in past if _counts(ceiling.per, one.care_date, limits.year, on)]
    used = [(one, _used(one, limits)) for one in within]
    if ceiling.amount is None:
        counted = sum(one.count for one, amount in used if amount.amount > 0)
        return max(0, (ceiling.count or 0) - counted)
    stated = max(
        (one for one in within if one.stated_left is not None and one.settled_on is not None),
        key=lambda one: (one.settled_on, one.care_date),
        default=None,
    )
    if stated is None or stated.stated_left is None:
        return _floor(Money.rounded(ceiling.amount, limits.currency), [one for _, one in used])
    return _floor(stated.stated_left, [amount for one, amount in used if one.settled_on is None])


def _counts(per: Per, day: date, year: Period, on: date) -> bool:
    if per is Per.YEAR:
        return year.contains(day)
    since = add_months(on, -_TWO_YEARS) + timedelta(days=1)
    return per is Per.LIFETIME or since <= day <= on


def _used(past: Past, limits: Limits) -> Money:
    return past.reimbursed + past.primary if limits.with_primary else past.reimbursed


def _rest(limit: Decimal | None, used: list[Money], currency: str) -> Money | None:
    return None if limit is None else _floor(Money.rounded(limit, currency), used)


def _floor(limit: Money, used: list[Money]) -> Money:
    return max(limit - sum(used, Money.zero(limit.currency)), Money.zero(limit.currency))
