"""How long a guess waits, and for whom the failures count (issue: "delays from the fifth failure")."""

from datetime import UTC, datetime, timedelta

import pytest

from havre.foundation.signing_in.waiting import failures_remembered, network_of, wait_after

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [
        (1, 0),
        (4, 0),
        (5, 5),
        (6, 10),
        (7, 20),
        (8, 40),
        (12, 640),
        (13, 900),
        (14, 900),
        (10**6, 900),
    ],
)
def test_waits_begin_at_the_fifth_failure_and_double_to_a_quarter_of_an_hour(
    failures: int, seconds: int
) -> None:
    assert wait_after(failures) == timedelta(seconds=seconds)


def test_a_quiet_day_forgets_failures() -> None:
    almost = NOW + timedelta(hours=24) - timedelta(seconds=1)
    assert failures_remembered(9, last=NOW, now=almost) == 9
    assert failures_remembered(9, last=NOW, now=NOW + timedelta(hours=24)) == 0


def test_an_attacker_gets_few_guesses_a_day_at_one_number() -> None:
    guesses, moment = 0, timedelta()
    while moment < timedelta(days=1):
        guesses += 1
        moment += max(wait_after(guesses), timedelta(milliseconds=1))
    assert guesses < 120


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::2%eth1"),
    ],
)
def test_one_reader_is_one_network(one: str, other: str) -> None:
    assert network_of(one) == network_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("192.0.2.7", "192.0.2.8"), ("2001:db8:1:2::1", "2001:db8:1:3::1"), ("", "192.0.2.7")],
)
def test_two_readers_are_two_networks(one: str, other: str) -> None:
    assert network_of(one) != network_of(other)


def test_what_is_no_address_is_itself() -> None:
    assert network_of("unix:") == "unix:"
