"""What something costs a month: pure, from a price list and frozen facts. No person, nothing of care."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from havre.domains.pricing.words import Asked, Tariff
from havre.foundation.money import Money


def monthly(tariffs: Sequence[Tariff], asked: Asked, *, on: date) -> Money | None:
    """The sum over the people asked for; none where the list says nothing of one of them.

    Of two lines that hold, the nearer one counts: that of the zone, then that of the scheme. Two
    currencies make no price.
    """
    found = [_of_age(tariffs, asked, age=age, on=on) for age in asked.ages]
    if not found or None in found:
        return None
    lines = [line for line in found if line is not None]
    currencies = {line.currency for line in lines}
    if len(currencies) != 1:
        return None
    return Money.rounded(sum((line.monthly for line in lines), Decimal()), currencies.pop())


def _of_age(tariffs: Sequence[Tariff], asked: Asked, *, age: int, on: date) -> Tariff | None:
    holding = [line for line in tariffs if line.holds(asked, age=age, on=on)]
    return max(holding, key=_nearness, default=None)


def _nearness(line: Tariff) -> tuple[bool, bool, date]:
    return line.zone is not None, line.scheme != "", line.period.start or date.min
