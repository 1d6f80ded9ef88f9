"""When a contract covers whom: pure rules on civil days, both bounds included."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from havre.domains.contracts.words import ContractKind, Standing, Withheld
from havre.foundation.dates import Period


def standing(period: Period, *, on: date) -> Standing:
    """Where a period is on that day."""
    if period.contains(on):
        return Standing.IN_FORCE
    if period.end is not None and period.end < on:
        return Standing.ENDED
    return Standing.TO_COME


@dataclass(frozen=True)
class Withholding:
    """What contracts of a kind withhold; of one product or one employer (SIREN) where they are named."""

    kind: ContractKind
    withholds: frozenset[Withheld]
    product: str | None = None
    employer: str | None = None

    def applies(self, *, kind: ContractKind, product: str | None, employer: str | None) -> bool:
        return (
            kind is self.kind
            and self.product in {None, product}
            and self.employer in {None, employer}
        )


def withheld(
    rules: Iterable[Withholding],
    *,
    kind: ContractKind,
    product: str | None,
    employer: str | None,
) -> frozenset[Withheld]:
    """All that a contract withholds: the rules that it meets add up."""
    met = (
        rule.withholds
        for rule in rules
        if rule.applies(kind=kind, product=product, employer=employer)
    )
    return frozenset[Withheld]().union(*met)


def within(cover: Period, contract: Period) -> Period | None:
    """The days of a cover that are days of its contract too; none when there are none."""
    if not cover.overlaps(contract):
        return None
    starts = [day for day in (cover.start, contract.start) if day is not None]
    ends = [day for day in (cover.end, contract.end) if day is not None]
    return Period(max(starts, default=None), min(ends, default=None))


def nearest(periods: Iterable[Period], *, on: date) -> Period | None:
    """The period that tells most about that day.

    The one in force (the last to start, of several), else the next to come, else the last ended.
    """
    known = sorted(periods, key=lambda period: period.start or date.min)
    by_standing: dict[Standing, list[Period]] = {}
    for period in known:
        by_standing.setdefault(standing(period, on=on), []).append(period)
    if in_force := by_standing.get(Standing.IN_FORCE):
        return in_force[-1]
    if to_come := by_standing.get(Standing.TO_COME):
        return to_come[0]
    ended = by_standing.get(Standing.ENDED, [])
    return max(ended, key=lambda period: period.end or date.max, default=None)


def last_day_of_cover(periods: Iterable[Period], *, on: date) -> date | None:
    """The last day of the cover in force that day, what follows without a gap included.

    None where no end is known, and where there is no cover that day.
    """
    known = sorted(periods, key=lambda period: period.start or date.min)
    last: date | None = None
    for period in known:
        joined = period.contains(on) or (last is not None and _follows(last, period))
        if not joined:
            continue
        if period.end is None:
            return None
        last = max(last or period.end, period.end)
    return last


def _follows(last: date, period: Period) -> bool:
    return period.start is None or period.start <= last + timedelta(days=1)
