"""When a contract covers whom: pure rules on civil days, both bounds included."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from havre.domains.contracts.words import (
    Change,
    ChangeKind,
    ContractKind,
    Facts,
    Standing,
    Version,
    Withheld,
)
from havre.domains.products.words import Bilingual, CeilingYear
from havre.foundation.dates import Period, add_months


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


def first_day_of_cover(periods: Iterable[Period], *, on: date) -> date | None:
    """The first day of the cover in force or to come, what precedes without a gap included."""
    known = sorted(periods, key=lambda period: period.start or date.min)
    first: date | None = None
    last: date | None = None
    for period in known:
        if last is None or not _follows(last, period):
            first = period.start
        if period.contains(on) or period.start is None or period.start > on:
            return first
        last = period.end
    return None


def _follows(last: date, period: Period) -> bool:
    return period.start is None or period.start <= last + timedelta(days=1)


# --- What a contract was, day by day -------------------------------------------------------------


def facts_on(versions: Sequence[Version], day: date) -> Facts | None:
    """The facts in force that day; before the first version, those of the first. None of none."""
    known = sorted(versions, key=lambda version: version.since)
    begun = [version for version in known if version.since <= day]
    found = begun[-1:] or known[:1]
    return found[0].facts if found else None


def version_stated(
    known: Sequence[Version], facts: Facts, *, since: date | None, first_day: date | None, on: date
) -> date | None:
    """From which day the facts that a feed states on the day ``on`` are to be kept; none: known already.

    A stated ``since`` is believed: what was known from that day on is replaced. Left out, a first
    version holds from the contract's first day, and a change from the day it was learnt.
    """
    if since is None:
        if not known:
            return first_day or on
        latest = max(known, key=lambda version: version.since)
        return None if latest.facts == facts else max(on, latest.since)
    if not known:
        return since
    same = facts_on(known, since) == facts and min(v.since for v in known) <= since
    return None if same and not any(version.since > since for version in known) else since


def changes(
    period: Period,
    versions: Sequence[Version],
    options: Iterable[tuple[Bilingual, Period]],
    covers: Iterable[tuple[object, Period]],
) -> tuple[Change, ...]:
    """What changed on which day, the newest first; a start together with the contract is its own.

    An end is told on the first day without.
    """
    told = [
        *_bounds(period, ChangeKind.CONTRACT_STARTS, ChangeKind.CONTRACT_ENDS),
        *_versions_told(versions),
    ]
    for name, days in options:
        told += _bounds(days, ChangeKind.OPTION_STARTS, ChangeKind.OPTION_ENDS, name)
    for person, days in covers:
        told += _bounds(days, ChangeKind.COVER_STARTS, ChangeKind.COVER_ENDS, person)
    return tuple(sorted(told, key=lambda change: change.day, reverse=True))


def _bounds(
    days: Period, starts: ChangeKind, ends: ChangeKind, subject: object = None
) -> Iterator[Change]:
    if days.start is not None:
        yield Change(days.start, starts, subject)
    if days.end is not None and days.end < date.max:
        yield Change(days.end + timedelta(days=1), ends, subject)


def _versions_told(versions: Sequence[Version]) -> Iterator[Change]:
    known = sorted(versions, key=lambda version: version.since)
    for before, after in pairwise(known):
        if before.facts.formula != after.facts.formula:
            yield Change(after.since, ChangeKind.FORMULA, after.facts.formula)
        if before.facts.zone != after.facts.zone:
            yield Change(after.since, ChangeKind.ZONE, after.facts.zone)
        if before.facts.scheme != after.facts.scheme:
            yield Change(after.since, ChangeKind.SCHEME, after.facts.scheme)


# --- Ceilings ------------------------------------------------------------------------------------


def ceiling_year(kind: CeilingYear, *, first_day: date | None, on: date) -> Period:
    """The year of ``on`` over which ceilings count. Without a known first day, the calendar's."""
    if kind is CeilingYear.CALENDAR or first_day is None:
        return Period(date(on.year, 1, 1), date(on.year, 12, 31))
    years = on.year - first_day.year
    if add_months(first_day, 12 * years) > on:
        years -= 1
    return Period(add_months(first_day, 12 * years), _eve(add_months(first_day, 12 * (years + 1))))


def waits_until(joined: date | None, months: int | None, *, on: date) -> date | None:
    """The last day of a waiting period that still runs on that day; none where nothing is waited for."""
    if joined is None or not months:
        return None
    last = _eve(add_months(joined, months))
    return last if last >= on else None


def _eve(day: date) -> date:
    return day - timedelta(days=1)


def zone_holds(limit: int | None, *, zone: int | None) -> bool:
    """Whether a contract of this zone holds in a country of that one: each holds those of lower number.

    A contract without a zone depends on no country; a country whose zone is not known is in none.
    """
    return limit is None or (zone is not None and zone <= limit)
