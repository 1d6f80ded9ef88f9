from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.foundation.dates import (
    EndsBeforeStart,
    NotBornYet,
    Period,
    add_months,
    age_on,
    first_day_outside,
    joined,
    last_months,
)

days = st.dates(date(1900, 1, 1), date(2200, 1, 1))
bounds = st.one_of(st.none(), days)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start, end = draw(bounds), draw(bounds)
    return Period(end, start) if start and end and end < start else Period(start, end)


def test_both_bounds_are_included() -> None:
    year = Period(date(2026, 1, 1), date(2026, 12, 31))
    assert year.contains(date(2026, 1, 1))
    assert year.contains(date(2026, 12, 31))
    assert not year.contains(date(2025, 12, 31))
    assert not year.contains(date(2027, 1, 1))


def test_a_period_may_be_a_day_but_not_less() -> None:
    assert Period(date(2026, 3, 1), date(2026, 3, 1)).contains(date(2026, 3, 1))
    with pytest.raises(EndsBeforeStart):
        Period(date(2026, 3, 1), date(2026, 2, 28))


@given(days)
def test_nothing_bounds_none(day: date) -> None:
    assert Period(None, None).contains(day)
    assert Period(day, None).contains(day + timedelta(days=10_000))
    assert Period(None, day).contains(day - timedelta(days=10_000))


@given(periods(), periods())
def test_periods_overlap_when_some_day_is_in_both(one: Period, other: Period) -> None:
    # The latest start and the earliest end are the only days that need trying.
    candidates = [day for day in (one.start, other.start, one.end, other.end) if day]
    shared = any(one.contains(day) and other.contains(day) for day in candidates)
    assert one.overlaps(other) == (shared or not candidates)
    assert one.overlaps(other) == other.overlaps(one)


def test_the_next_period_starts_the_day_after() -> None:
    first = Period(date(2026, 1, 1), date(2026, 6, 30))
    assert first.overlaps(Period(date(2026, 6, 30), None))
    assert not first.overlaps(Period(date(2026, 7, 1), None))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 15), 2, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
    ],
)
def test_months_are_added_to_the_same_day_or_the_last(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1985, 5, 20), date(2026, 5, 19), 40),
        (date(1985, 5, 20), date(2026, 5, 20), 41),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 5, 20), date(2026, 5, 20), 0),
    ],
)
def test_age_counts_whole_years(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(NotBornYet):
        age_on(date(2026, 5, 20), date(2026, 5, 19))


def test_last_months_end_with_the_current_one() -> None:  # W26
    assert last_months(date(2026, 2, 28), 3) == (
        (date(2025, 12, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
    )


@given(days, st.integers(1, 40))
def test_last_months_leave_no_gap(day: date, count: int) -> None:
    months = last_months(day, count)
    assert len(months) == count
    assert months[-1][0] <= day <= months[-1][1]
    for (_, last), (first, _) in pairwise(months):
        assert first - last == timedelta(days=1)
        assert first.day == 1


def spans(*days: tuple[int | None, int | None]) -> list[Period]:
    """Periods of June 2026; ``None`` is no bound."""
    june = [tuple(date(2026, 6, day) if day else None for day in pair) for pair in days]
    return [Period(start, end) for start, end in june]


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([], []),
        ([(1, 5), (6, 9)], [(1, 9)]),
        ([(6, 9), (1, 5)], [(1, 9)]),
        ([(1, 5), (7, 9)], [(1, 5), (7, 9)]),
        ([(1, 9), (2, 3)], [(1, 9)]),
        ([(1, 5), (3, 9)], [(1, 9)]),
        ([(1, None), (3, 9)], [(1, None)]),
        ([(None, 5), (6, None)], [(None, None)]),
        ([(3, 4), (None, None)], [(None, None)]),
    ],
)
def test_periods_without_a_day_between_are_one(
    periods: list[tuple[int | None, int | None]], expected: list[tuple[int | None, int | None]]
) -> None:
    assert joined(spans(*periods)) == spans(*expected)


@pytest.mark.parametrize(
    ("periods", "outside"),
    [
        ([(5, 20)], None),
        ([(5, 10), (11, 20)], None),
        ([(1, None)], None),
        ([(6, 20)], 5),
        ([(5, 10), (12, 20)], 11),
        ([(5, 19)], 20),
        ([], 5),
    ],
)
def test_the_first_day_that_no_period_holds(
    periods: list[tuple[int | None, int | None]], outside: int | None
) -> None:
    wanted = Period(date(2026, 6, 5), date(2026, 6, 20))
    expected = date(2026, 6, outside) if outside else None
    assert first_day_outside(wanted, spans(*periods)) == expected
