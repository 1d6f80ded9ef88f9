"""When the team reads: the opening hours that the house publishes for its management centre."""

from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings

from havre.commons.content import queries as content
from havre.commons.content.words.contacts import Hours
from havre.commons.messaging.words import Office


def team_hours(*, today: date) -> Hours | None:
    """The hours of the first contact that manages contracts and publishes some; none where none does."""
    published = content.in_force(content.CONTACTS, today=today)
    contacts = published.document.contacts if published else ()
    known = (one.hours for one in contacts if one.role == "management")
    return next((hours for hours in known if hours), None)


def office(hours: Hours | None) -> Office:
    """How answers are measured and expected; by every hour, where no hours are published."""
    return Office(minutes=partial(_minutes, hours), answer_by=partial(_answer_by, hours))


def is_open(hours: Hours | None, *, at: datetime) -> bool:
    """Whether somebody reads at that moment; always, where no hours are published."""
    return hours is None or content.standing(hours, at=at).is_open


def _minutes(hours: Hours | None, start: datetime, end: datetime) -> int:
    if hours is None:
        return max(0, int((end - start) / timedelta(minutes=1)))
    return content.open_minutes(hours, start, end)


def _answer_by(hours: Hours | None, start: datetime) -> datetime:
    target = settings.HAVRE.MESSAGE_ANSWER_MINUTES
    if hours is None:
        return start + timedelta(minutes=target)
    return content.after_open_minutes(hours, start, target)
