"""Opening hours: a civil calendar in the house's zone, whatever the reader's clock says."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from havre.commons.content.rules.hours import (
    after_open_minutes,
    open_minutes,
    openings_on,
    standing,
)
from havre.commons.content.words import Bilingual
from havre.commons.content.words.contacts import Hours


def hours(**changes: object) -> Hours:
    weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"]
    values = {
        "zone": "Europe/Paris",
        "week": [{"days": weekdays, "opens": "08:00", "closes": "18:00"}],
        "closed": [{"day": "12-25", "name": {"fr": "Noël", "en": "Christmas Day"}}],
    }
    return msgspec.convert({**values, **changes}, Hours)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "is_open", "opens", "closes"),
    [
        # Winter: 8 to 18 in Paris is 7 to 17 in UTC. Monday 16 November 2026.
        ("2026-11-16T06:59:59", False, "2026-11-16T07:00", "2026-11-16T17:00"),
        ("2026-11-16T07:00:00", True, "2026-11-16T07:00", "2026-11-16T17:00"),
        ("2026-11-16T16:59:59", True, "2026-11-16T07:00", "2026-11-16T17:00"),
        ("2026-11-16T17:00:00", False, "2026-11-17T07:00", "2026-11-17T17:00"),
        # Summer: an hour earlier in UTC.
        ("2026-07-06T06:00:00", True, "2026-07-06T06:00", "2026-07-06T16:00"),
        ("2026-07-06T16:30:00", False, "2026-07-07T06:00", "2026-07-07T16:00"),
        # Friday evening, over the change of hour of Sunday 25 October 2026 and of 28 March 2027.
        ("2026-10-23T17:00:00", False, "2026-10-26T07:00", "2026-10-26T17:00"),
        ("2027-03-26T18:00:00", False, "2027-03-29T06:00", "2027-03-29T16:00"),
        # Christmas is a Friday in 2026: nobody until Monday.
        ("2026-12-25T10:00:00", False, "2026-12-28T07:00", "2026-12-28T17:00"),
    ],
)
def test_open_now_and_the_next_opening(moment, is_open, opens, closes):
    found = standing(hours(), at=at(moment))
    assert found.is_open is is_open
    assert (found.opens, found.closes) == (at(opens), at(closes))


def test_a_holiday_of_the_day_is_named_and_that_of_another_year_is_not():
    christmas = standing(hours(), at=at("2026-12-25T10:00:00"))
    assert christmas.holiday == Bilingual(fr="Noël", en="Christmas Day")
    once = hours(closed=[{"day": "2027-03-29", "name": {"fr": "Pâques", "en": "Easter"}}])
    assert not standing(once, at=at("2027-03-29T10:00:00")).is_open
    assert standing(once, at=at("2028-03-29T10:00:00")).is_open


def test_the_day_is_that_of_the_house():
    """Half past eleven at night in UTC on Sunday: Monday in Paris, and Sunday in Mexico."""
    night = hours(week=[{"days": ["monday"], "opens": "00:00", "closes": "24:00"}])
    assert standing(night, at=at("2026-11-15T23:30:00")).is_open
    assert not standing(night, at=at("2026-11-16T23:30:00")).is_open


def test_a_day_of_a_change_of_hour_has_the_hours_it_has():
    night = hours(week=[{"days": ["sunday"], "opens": "01:00", "closes": "04:00"}], closed=[])
    for day, length in ((date(2026, 10, 25), 4), (date(2027, 3, 28), 2), (date(2027, 4, 4), 3)):
        ((opens, closes),) = openings_on(night, day)
        assert (closes - opens).total_seconds() == length * 3600
    assert standing(night, at=at("2026-10-25T01:30:00")).is_open  # 2:30 for the second time


def test_two_openings_a_day():
    cut = hours(
        week=[
            {"days": ["monday"], "opens": "13:30", "closes": "17:00"},
            {"days": ["monday"], "opens": "08:30", "closes": "12:00"},
        ]
    )
    assert standing(cut, at=at("2026-11-16T11:30:00")).opens == at("2026-11-16T12:30:00")


def test_nobody_ever_answers_and_it_ends():
    assert standing(hours(week=[]), at=at("2026-11-16T11:30:00")).opens is None


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-16T08:00:00", "2026-11-16T08:00:59", 0),
        ("2026-11-16T08:00:00", "2026-11-16T09:30:00", 90),
        # From before the opening; from Friday 17:30 to Monday 8:15 in Paris.
        ("2026-11-16T03:00:00", "2026-11-16T07:10:00", 10),
        ("2026-11-20T16:30:00", "2026-11-23T07:15:00", 45),
        # All of it in the night, or before itself; over Christmas, a Friday.
        ("2026-11-16T18:00:00", "2026-11-17T05:00:00", 0),
        ("2026-11-16T09:00:00", "2026-11-16T08:00:00", 0),
        ("2026-12-24T16:00:00", "2026-12-28T08:00:00", 120),
    ],
)
def test_minutes_in_which_somebody_reads(start, end, minutes):
    assert open_minutes(hours(), at(start), at(end)) == minutes


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-16T08:00:00", 60, "2026-11-16T09:00:00"),
        ("2026-11-20T16:30:00", 45, "2026-11-23T07:15:00"),
        ("2026-11-21T12:00:00", 30, "2026-11-23T07:30:00"),
        ("2026-11-16T08:00:00", 1200, "2026-11-18T08:00:00"),
    ],
)
def test_when_so_many_minutes_have_gone_by(start, minutes, end):
    assert after_open_minutes(hours(), at(start), minutes) == at(end)
    assert after_open_minutes(hours(week=[]), at(start), minutes) == at(start) + timedelta(
        minutes=minutes
    )
