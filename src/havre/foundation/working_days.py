"""Working time: Monday to Friday, whole days of the house's time zone."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SATURDAY = 5


def worked_seconds(
    start: datetime, end: datetime, *, zone: ZoneInfo, closed: Collection[date] = ()
) -> int:
    """Seconds of working days between two moments; ``closed`` are holidays. Never negative."""
    total, moment = timedelta(), start.astimezone(zone)
    end = end.astimezone(zone)
    while moment < end:
        midnight = datetime.combine(moment.date() + timedelta(days=1), time(), zone)
        until = min(midnight, end)
        if _works(moment.date(), closed):
            # Across a change of clocks the wall says 24 hours and the day had 23: UTC tells.
            total += until.astimezone(ZoneInfo("UTC")) - moment.astimezone(ZoneInfo("UTC"))
        moment = until
    return int(total.total_seconds())


def add_working_days(
    start: datetime, days: int, *, zone: ZoneInfo, closed: Collection[date] = ()
) -> datetime:
    """The end of the working day so many working days after that of ``start``."""
    day = start.astimezone(zone).date()
    left = days
    while left > 0:
        day += timedelta(days=1)
        if _works(day, closed):
            left -= 1
    return datetime.combine(day, time(18), zone)


def _works(day: date, closed: Collection[date]) -> bool:
    return day.weekday() < _SATURDAY and day not in closed
