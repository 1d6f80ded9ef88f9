"""When a provisional password may be issued (issue: one per 15 minutes and three a day), and opens."""

from datetime import UTC, datetime, timedelta

from havre.commons.accounts.rules.provisional import Issue, may_issue, opens

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
LIFE = timedelta(hours=24)


def _issued(ago: timedelta, *, used: bool = False) -> Issue:
    at = NOW - ago
    return Issue(issued_at=at, expires_at=at + LIFE, used_at=at if used else None)


def test_the_first_is_issued() -> None:
    assert may_issue([], now=NOW)


def test_one_in_fifteen_minutes() -> None:
    assert not may_issue([_issued(timedelta(minutes=14, seconds=59))], now=NOW)
    assert may_issue([_issued(timedelta(minutes=15))], now=NOW)


def test_using_one_does_not_make_another_come_sooner() -> None:
    assert not may_issue([_issued(timedelta(minutes=1), used=True)], now=NOW)


def test_three_a_day() -> None:
    three = [_issued(timedelta(hours=hours)) for hours in (1, 2, 23)]
    assert not may_issue(three, now=NOW)
    assert may_issue([*three[:2], _issued(timedelta(hours=24))], now=NOW)


def test_a_live_unused_one_opens() -> None:
    assert opens(_issued(LIFE - timedelta(seconds=1)), now=NOW)


def test_a_used_or_an_expired_one_does_not() -> None:
    assert not opens(_issued(timedelta(minutes=1), used=True), now=NOW)
    assert not opens(_issued(LIFE), now=NOW)
