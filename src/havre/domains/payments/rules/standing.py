"""Where refunds go at a moment: pure rules on what was decided and from when it counts.

Nothing is changed by a clock: an account is in use because it is the last verified one whose moment
has come. So one that is stopped gives way to the one before by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from havre.domains.payments.words import Standing, State

STOP_LINK_LIFE = timedelta(days=7)


@dataclass(frozen=True)
class Course:
    """What was decided of one account, among those of one person in one currency."""

    id: UUID
    state: State
    usable_from: datetime | None = None
    stop_until: datetime | None = None


def in_use(courses: Iterable[Course], *, at: datetime) -> Course | None:
    """The one account that refunds go to at that moment."""
    return max(
        (one for one in _verified(courses) if _moment(one) <= at), key=_moment_and_id, default=None
    )


def latest(courses: Iterable[Course]) -> Course | None:
    """The last one verified, whether its moment has come or not: what a change would replace."""
    return max(_verified(courses), key=_moment_and_id, default=None)


def overtaken(courses: Iterable[Course], *, at: datetime) -> list[Course]:
    """Those that still wait for their moment and never see it once another is verified."""
    return [one for one in _verified(courses) if _moment(one) > at]


def standing(course: Course, courses: Iterable[Course], *, at: datetime) -> Standing:
    """What the account is worth at that moment, beside the others of its person and currency."""
    if course.state is not State.VERIFIED:
        return Standing(course.state.value)
    if _moment(course) > at:
        return Standing.WAITING
    current = in_use(courses, at=at)
    return Standing.IN_USE if current and current.id == course.id else Standing.REPLACED


def may_be_stopped(course: Course, *, at: datetime) -> bool:
    """By whoever it was told to: seven days from when it was verified, once."""
    verified = course.state is State.VERIFIED
    return verified and course.stop_until is not None and at < course.stop_until


def _verified(courses: Iterable[Course]) -> Iterable[Course]:
    return (one for one in courses if one.state is State.VERIFIED)


def _moment(course: Course) -> datetime:
    if course.usable_from is None:
        raise ValueError("a verified account is usable from a moment")
    return course.usable_from


def _moment_and_id(course: Course) -> tuple[datetime, UUID]:
    return _moment(course), course.id
