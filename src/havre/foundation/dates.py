"""Civil days, months, ages and periods. Nothing here reads a clock: the day is always passed in."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from havre.foundation.refusals import Refusal


class EndsBeforeStart(Refusal):
    """A period's last day is before its first."""


class NotBornYet(Refusal):
    """An age was asked on a day before the birth."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to ``end``, both included: the one bound rule of the house.

    ``None`` is unbounded on that side. A period of one day starts and ends on it, and the period
    that follows starts the day after. Refuses ``EndsBeforeStart``: no period is empty.
    """

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise EndsBeforeStart(f"{self.end} is before {self.start}")

    def contains(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether some day is in both."""
        return _reaches(self.start, other.end) and _reaches(other.start, self.end)

    def holds(self, other: "Period") -> bool:
        """Whether every day of the other is in this one."""
        starts = self.start is None or (other.start is not None and self.start <= other.start)
        return starts and (self.end is None or (other.end is not None and other.end <= self.end))


def joined(periods: Iterable[Period]) -> list[Period]:
    """The same days as few periods as can be: what overlaps or follows without a gap is one."""
    made: list[Period] = []
    for period in sorted(periods, key=lambda one: one.start or date.min):
        last = made[-1] if made else None
        if last is None or (
            last.end is not None
            and period.start is not None
            and period.start > last.end + timedelta(days=1)
        ):
            made.append(period)
        else:
            ends = [one.end for one in (last, period)]
            made[-1] = Period(last.start, None if None in ends else max(e for e in ends if e))
    return made


def first_day_outside(wanted: Period, periods: Iterable[Period]) -> date | None:
    """The first of the wanted days that is in none of the periods; none if all are.

    ``wanted`` has both its days.
    """
    if wanted.start is None or wanted.end is None:
        raise ValueError("the wanted days begin and end")
    day = wanted.start
    for period in joined(periods):
        if period.contains(day):
            if period.end is None or period.end >= wanted.end:
                return None
            day = period.end + timedelta(days=1)
    return day


def _reaches(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, or earlier if negative.

    Where that month is shorter, its last day: 31 January and one month is 28 or 29 February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def age_on(birth: date, day: date) -> int:
    """Whole years lived on ``day``. Born on 29 February, one turns on 1 March of common years.

    Refuses ``NotBornYet``.
    """
    if day < birth:
        raise NotBornYet("the day is before the birth")
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def last_months(day: date, months: int) -> tuple[tuple[date, date], ...]:
    """First and last day of so many calendar months, that of ``day`` included, oldest first."""
    firsts = [add_months(day.replace(day=1), -back) for back in range(months - 1, -1, -1)]
    return tuple((first, add_months(first, 1) - timedelta(days=1)) for first in firsts)
