"""What a contract was, day by day, and the days over which its ceilings and waits run."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.domains.contracts.rules import (
    ceiling_year,
    changes,
    facts_on,
    first_day_of_cover,
    version_stated,
    waits_until,
)
from havre.domains.contracts.words import ChangeKind, Facts, Scheme, Version
from havre.domains.products.words import CeilingYear
from havre.foundation.dates import Period

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 12, 31))
FACTS = st.builds(Facts, st.none(), st.sampled_from(Scheme), st.integers(1, 5))
START = date(2024, 1, 1)


def facts(zone: int) -> Facts:
    return Facts(None, Scheme.FIRST_EURO, zone)


def stated(
    known: list[Version], told: Facts, *, since: date | None, on: date, first: date | None = START
) -> list[Version]:
    """The versions after a feed said ``told`` on the day ``on``."""
    day = version_stated(known, told, since=since, first_day=first, on=on)
    if day is None:
        return known
    return [*(version for version in known if version.since < day), Version(day, told)]


@given(st.lists(st.tuples(FACTS, st.none() | DAYS), max_size=6), DAYS)
def test_what_a_feed_states_is_what_is_known_from_then_on(
    feeds: list[tuple[Facts, date | None]], on: date
) -> None:
    known: list[Version] = []
    for told, since in feeds:
        before = known
        known = stated(before, told, since=since, on=on)
        assert facts_on(known, max(since or on, known[-1].since)) == told
        # The same feed again changes nothing.
        assert stated(known, told, since=since, on=on) == known


def test_a_change_without_a_day_counts_from_the_day_it_is_learnt() -> None:
    known = stated([], facts(1), since=None, on=date(2024, 3, 1))
    known = stated(known, facts(2), since=None, on=date(2026, 6, 15))
    assert facts_on(known, date(2026, 6, 14)) == facts(1)
    assert facts_on(known, date(2026, 6, 15)) == facts(2)
    assert facts_on(known, date(2023, 1, 1)) == facts(1)
    assert facts_on([], START) is None


def test_a_stated_day_replaces_what_was_known_from_it_on() -> None:
    known = [Version(START, facts(1)), Version(date(2026, 6, 1), facts(2))]
    known = stated(known, facts(3), since=date(2025, 1, 1), on=date(2026, 7, 1))
    assert known == [Version(START, facts(1)), Version(date(2025, 1, 1), facts(3))]


def test_changes_come_newest_first_and_an_end_on_the_day_after() -> None:
    versions = [Version(START, facts(1)), Version(date(2025, 1, 1), facts(2))]
    cover = Period(START, date(2025, 5, 31))
    told = changes(Period(START, None), versions, [], [("Claire", cover)])
    assert [(change.day, change.kind) for change in told] == [
        (date(2025, 6, 1), ChangeKind.COVER_ENDS),
        (date(2025, 1, 1), ChangeKind.ZONE),
        (START, ChangeKind.CONTRACT_STARTS),
        (START, ChangeKind.COVER_STARTS),
    ]


@given(st.sampled_from(CeilingYear), DAYS, DAYS)
def test_a_year_of_ceilings_holds_its_day_and_follows_the_one_before(
    kind: CeilingYear, first: date, on: date
) -> None:
    year = ceiling_year(kind, first_day=first, on=on)
    assert year.contains(on)
    assert year.start is not None
    before = ceiling_year(kind, first_day=first, on=year.start - timedelta(days=1))
    assert before.end == year.start - timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (CeilingYear.CALENDAR, Period(date(2026, 1, 1), date(2026, 12, 31))),
        (CeilingYear.CONTRACT, Period(date(2025, 9, 1), date(2026, 8, 31))),
    ],
)
def test_the_year_is_the_calendars_or_the_contracts(kind: CeilingYear, expected: Period) -> None:
    year = ceiling_year(kind, first_day=date(2023, 9, 1), on=date(2026, 6, 15))
    assert year == expected


@pytest.mark.parametrize(
    ("joined", "months", "expected"),
    [
        (date(2026, 1, 1), 6, date(2026, 6, 30)),
        (date(2025, 12, 15), 6, None),
        (date(2025, 12, 16), 6, date(2026, 6, 15)),
        (date(2026, 6, 1), None, None),
        (None, 6, None),
    ],
)
def test_a_wait_ends_on_its_last_day(
    joined: date | None, months: int | None, expected: date | None
) -> None:
    assert waits_until(joined, months, on=date(2026, 6, 15)) == expected


def test_a_wait_runs_from_the_first_of_covers_that_follow_each_other() -> None:
    covers = [
        Period(date(2024, 1, 1), date(2024, 6, 30)),
        Period(date(2025, 1, 1), date(2025, 12, 31)),
        Period(date(2026, 1, 1), None),
    ]
    assert first_day_of_cover(covers, on=date(2026, 6, 15)) == date(2025, 1, 1)
    assert first_day_of_cover(covers[:2], on=date(2026, 6, 15)) is None
