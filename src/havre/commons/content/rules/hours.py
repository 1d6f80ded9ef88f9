"""When somebody answers: opening hours on a civil calendar, compared as moments."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from havre.commons.content.words.contacts import Hours, Standing, Weekday
from havre.commons.content.words.kinds import Bilingual

_WEEK: tuple[Weekday, ...] = get_args(Weekday)
_LOOK_AHEAD_DAYS = 31
_COUNTED_DAYS = 731


def standing(hours: Hours, *, at: datetime) -> Standing:
    """Whether somebody answers at a moment, and the opening that goes on or comes next (in UTC)."""
    today = at.astimezone(ZoneInfo(hours.zone)).date()
    holiday = holiday_on(hours, today)
    for ahead in range(-1, _LOOK_AHEAD_DAYS):  # from yesterday: an opening may end at midnight
        for opens, closes in openings_on(hours, today + timedelta(days=ahead)):
            if at < closes:
                return Standing(opens <= at, opens, closes, holiday)
    return Standing(False, None, None, holiday)


def openings_on(hours: Hours, day: date) -> Iterator[tuple[datetime, datetime]]:
    """The openings of a day in their order, in UTC: two moments of one zone compare by its clock
    alone, which a change of hour turns round."""
    if holiday_on(hours, day):
        return
    named = _WEEK[day.weekday()]
    spans = [(one.opens, one.closes) for one in hours.week if named in one.days]
    for opens, closes in sorted(spans):
        yield _moment(day, opens, hours.zone), _moment(day, closes, hours.zone)


def open_minutes(hours: Hours, start: datetime, end: datetime) -> int:
    """Minutes of opening hours between two moments, those begun left out; none before ``start``."""
    seconds = 0.0
    for opens, closes in _openings_from(hours, start):
        if opens >= end:
            break
        seconds += max(0.0, (min(closes, end) - max(opens, start)).total_seconds())
    return int(seconds // 60)


def after_open_minutes(hours: Hours, start: datetime, minutes: int) -> datetime:
    """The moment at which so many minutes of opening hours have gone by since ``start``.

    Where nobody opens for months, they are minutes of any hour.
    """
    left = timedelta(minutes=minutes)
    for opens, closes in _openings_from(hours, start):
        begins = max(opens, start)
        if begins + left <= closes:
            return begins + left
        left -= max(timedelta(0), closes - begins)
    return start + timedelta(minutes=minutes)


def _openings_from(hours: Hours, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Openings in their order, from the one of ``start`` on, for two years."""
    first = start.astimezone(ZoneInfo(hours.zone)).date() - timedelta(days=1)
    for ahead in range(_COUNTED_DAYS):
        yield from openings_on(hours, first + timedelta(days=ahead))


def holiday_on(hours: Hours, day: date) -> Bilingual | None:
    """What the day is called, where nobody answers because of it."""
    names = (day.isoformat(), day.isoformat()[5:])
    return next((one.name for one in hours.closed if one.day in names), None)


def _moment(day: date, clock: str, zone: str) -> datetime:
    if clock == "24:00":
        day, clock = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone)).astimezone(UTC)
