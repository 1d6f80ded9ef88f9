"""The rate between two currencies on a day, from what is published against the euro: pure, exact.

Never between two days: the last published day on or before the one asked, and not too long before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from havre.domains.payments.words import RateSource
from havre.foundation.refusals import Refusal

# What is a fixed number of units for a euro by treaty or decree, and so is published by nobody.
FIXED = {
    "EUR": Decimal(1),
    "XOF": Decimal("655.957"),
    "XAF": Decimal("655.957"),
    "KMF": Decimal("491.96775"),
    "XPF": 1000 / Decimal("8.38"),  # décret 98-1152: a thousand francs are 8.38 euros
}
# The ECB publishes on working days: at most four days apart, at Easter and at Christmas.
OLDEST = timedelta(days=7)
_DECIMALS = Decimal(1).scaleb(-10)  # what a line of a statement keeps of a rate


class NoRate(Refusal):
    """No rate may be used. ``currency`` is the one without, ``last`` the day of its last rate before,
    none where it is not published at all."""

    def __init__(self, currency: str, last: date | None) -> None:
        super().__init__(f"no rate of {currency}; the last is of {last or 'no day'}")
        self.currency = currency
        self.last = last


@dataclass(frozen=True)
class Rate:
    """Units of the currency asked for, for one of the other, to ten decimals; ``day`` it was published."""

    value: Decimal
    day: date
    source: RateSource


def rate(
    published: Iterable[tuple[str, date, Decimal]], *, currency: str, to: str, day: date
) -> Rate:
    """The rate by which ``currency`` is converted ``to``. Refuses ``NoRate``.

    ``published`` are currency, day and units for a euro, of both, until that day. Both sides are of one
    day.
    """
    if currency == to:
        return Rate(Decimal(1), day, RateSource.FIXED)
    known: dict[str, dict[date, Decimal]] = {one: {} for one in (currency, to) if one not in FIXED}
    for name, on, per_euro in published:
        if name in known and on <= day:
            known[name][on] = per_euro
    for one, days in known.items():
        last = max(days, default=None)
        if last is None or last < day - OLDEST:
            raise NoRate(one, last)
    on = day
    if known:
        shared = set.intersection(*map(set, known.values()))
        if not shared:
            raise NoRate(next(iter(known)), None)
        on = max(shared)
    per_euro_on = {**FIXED, **{one: days[on] for one, days in known.items()}}
    value = (per_euro_on[to] / per_euro_on[currency]).quantize(_DECIMALS, ROUND_HALF_UP)
    return Rate(value, on, RateSource.ECB if known else RateSource.FIXED)
