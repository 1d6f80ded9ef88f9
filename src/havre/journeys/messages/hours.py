"""When the team reads: the opening hours that the house publishes for its management centre."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from havre.commons.content import queries as content
from havre.commons.content.words.contacts import Hours


def team_hours(*, today: date) -> Hours | None:
    """The hours of the first contact that manages contracts and publishes some; none where none does."""
    published = content.in_force(content.CONTACTS, today=today)
    contacts = published.document.contacts if published else ()
    known = (one.hours for one in contacts if one.role == "management")
    return next((hours for hours in known if hours), None)


def measure(hours: Hours | None) -> Callable[[datetime, datetime], int]:
    """Counts minutes of opening hours between two moments; all of them where none are published."""
    return partial(content.open_minutes, hours) if hours else _all_minutes


def is_open(hours: Hours | None, *, at: datetime) -> bool:
    """Whether somebody reads at that moment; always, where no hours are published."""
    return hours is None or content.standing(hours, at=at).is_open


def after(hours: Hours | None, *, start: datetime, minutes: int) -> datetime:
    """The moment at which so many minutes of opening hours have gone by since ``start``."""
    if hours is None:
        return start + timedelta(minutes=minutes)
    return content.after_open_minutes(hours, start, minutes)


def _all_minutes(start: datetime, end: datetime) -> int:
    return max(0, int((end - start) / timedelta(minutes=1)))
