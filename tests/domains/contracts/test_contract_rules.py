"""When a contract covers whom, both bounds included."""

from datetime import date

import pytest

from havre.domains.contracts.rules import last_day_of_cover, nearest, standing, within
from havre.domains.contracts.words import Standing
from havre.foundation.dates import Period

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
JULY = Period(date(2026, 7, 1), date(2026, 7, 31))
AUGUST = Period(date(2026, 8, 1), date(2026, 8, 31))
FROM_JULY = Period(date(2026, 7, 1), None)
FOR_EVER = Period(None, None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 5, 31), Standing.TO_COME),
        (date(2026, 6, 1), Standing.IN_FORCE),
        (date(2026, 6, 30), Standing.IN_FORCE),
        (date(2026, 7, 1), Standing.ENDED),
    ],
)
def test_the_first_and_last_day_are_days_of_cover(day: date, expected: Standing) -> None:
    assert standing(JUNE, on=day) is expected


def test_a_period_without_bounds_is_in_force() -> None:
    assert standing(FOR_EVER, on=date(1900, 1, 1)) is Standing.IN_FORCE
    assert standing(FROM_JULY, on=date(2999, 1, 1)) is Standing.IN_FORCE


@pytest.mark.parametrize(
    ("cover", "contract", "expected"),
    [
        (FROM_JULY, JULY, JULY),
        (JULY, FROM_JULY, JULY),
        (FROM_JULY, Period(None, date(2026, 8, 31)), Period(date(2026, 7, 1), date(2026, 8, 31))),
        (JUNE, FROM_JULY, None),
        (JUNE, FOR_EVER, JUNE),
    ],
)
def test_a_cover_counts_on_days_of_its_contract_only(
    cover: Period, contract: Period, expected: Period | None
) -> None:
    assert within(cover, contract) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 5, 1), JUNE),
        (date(2026, 6, 15), JUNE),
        (date(2026, 7, 15), AUGUST),
        (date(2026, 12, 1), AUGUST),
    ],
)
def test_the_nearest_is_in_force_else_to_come_else_the_last_ended(
    day: date, expected: Period
) -> None:
    assert nearest([AUGUST, JUNE], on=day) == expected


def test_of_two_in_force_the_last_to_start_tells_most() -> None:
    assert nearest([FROM_JULY, AUGUST], on=date(2026, 8, 2)) == AUGUST
    assert nearest([], on=date(2026, 8, 2)) is None


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([JUNE], date(2026, 6, 30)),
        ([JULY, JUNE], date(2026, 7, 31)),
        ([JUNE, AUGUST], date(2026, 6, 30)),
        ([JUNE, FROM_JULY], None),
        ([JULY], None),
        ([FOR_EVER, JUNE], None),
        ([Period(date(2026, 1, 1), date(2026, 12, 31)), JUNE], date(2026, 12, 31)),
    ],
)
def test_the_last_day_of_cover_goes_on_over_what_follows_without_a_gap(
    periods: list[Period], expected: date | None
) -> None:
    assert last_day_of_cover(periods, on=date(2026, 6, 15)) == expected
