"""Where refunds go at a moment, by rules alone: no clock changes a row."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from havre.domains.payments.rules.standing import (
    Course,
    in_use,
    latest,
    may_be_stopped,
    overtaken,
    standing,
)
from havre.domains.payments.words import Standing, State

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
WAIT = timedelta(hours=72)
OLD = Course(UUID(int=1), State.VERIFIED, NOW - timedelta(days=900))
NEW = Course(UUID(int=2), State.VERIFIED, NOW + WAIT, NOW + timedelta(days=7))


def test_refunds_go_where_they_went_until_the_moment_comes() -> None:
    assert in_use([OLD, NEW], at=NOW + WAIT - timedelta(seconds=1)) == OLD
    assert in_use([OLD, NEW], at=NOW + WAIT) == NEW
    assert standing(OLD, [OLD, NEW], at=NOW) is Standing.IN_USE
    assert standing(NEW, [OLD, NEW], at=NOW) is Standing.WAITING
    assert standing(OLD, [OLD, NEW], at=NOW + WAIT) is Standing.REPLACED


def test_one_that_is_stopped_gives_way_to_the_one_before() -> None:
    stopped = Course(NEW.id, State.STOPPED, NEW.usable_from)
    later = NOW + timedelta(days=5)
    assert in_use([OLD, stopped], at=later) == OLD
    assert standing(OLD, [OLD, stopped], at=later) is Standing.IN_USE


def test_only_what_is_verified_is_ever_paid_to() -> None:
    for state in set(State) - {State.VERIFIED}:
        assert in_use([Course(UUID(int=3), state, NOW)], at=NOW) is None


def test_the_last_one_is_what_a_change_would_replace() -> None:
    assert latest([OLD, NEW]) == NEW
    assert latest([]) is None
    assert overtaken([OLD, NEW], at=NOW) == [NEW]


def test_it_is_stopped_within_seven_days_and_once() -> None:
    last = NOW + timedelta(days=7)
    assert may_be_stopped(NEW, at=last - timedelta(seconds=1))
    assert not may_be_stopped(NEW, at=last)
    assert not may_be_stopped(OLD, at=NOW)  # nobody was told of it
    assert not may_be_stopped(Course(NEW.id, State.STOPPED, NOW, last), at=NOW)


@given(st.lists(st.tuples(st.sampled_from(State), st.integers(-500, 500)), max_size=8))
def test_at_most_one_account_is_in_use_at_any_moment(drawn: list[tuple[State, int]]) -> None:
    courses = [
        Course(UUID(int=number + 1), state, NOW + timedelta(hours=hours))
        for number, (state, hours) in enumerate(drawn)
    ]
    used = [one for one in courses if standing(one, courses, at=NOW) is Standing.IN_USE]
    assert len(used) <= 1
    assert used == [one for one in courses if one == in_use(courses, at=NOW)]
