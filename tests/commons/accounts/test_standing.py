"""What each state of an account opens: one table, every state in it."""

from datetime import date

import pytest

from havre.commons.accounts.rules.ending import END_OF_ACCESS, AccessNow, access_now
from havre.commons.accounts.rules.standing import STANDINGS, may_close, may_enter, standing_of
from havre.commons.accounts.words import AccountState, ClosedFor

S, F = AccountState, ClosedFor
TODAY = date(2026, 6, 15)


def test_every_state_and_every_reason_has_a_line() -> None:
    assert {state for state, _why in STANDINGS} == set(AccountState)
    assert {why for _state, why in STANDINGS if why} == set(ClosedFor)


def test_only_an_open_account_is_entered() -> None:
    # W13
    assert [state for state in AccountState if may_enter(state)] == [S.OPENING, S.ACTIVE]
    assert all(one.enters is may_enter(state) for (state, _why), one in STANDINGS.items())


def test_nobody_writes_to_the_dead_nor_of_what_was_deleted() -> None:
    silent = {key for key, one in STANDINGS.items() if not one.written_to}
    assert silent == {(S.DISABLED, F.DEATH), (S.DELETED, F.FORGOTTEN)}


def test_what_is_deleted_is_opened_anew_and_never_restored() -> None:
    deleted = standing_of(S.DELETED, F.FORGOTTEN)
    assert deleted.opens_again
    assert not deleted.restored
    assert not deleted.told
    assert [key for key, one in STANDINGS.items() if one.opens_again] == [(S.DELETED, F.FORGOTTEN)]


@pytest.mark.parametrize(
    ("state", "to", "why", "may"),
    [
        (S.ACTIVE, S.SUSPENDED, F.ASKED, True),
        (S.OPENING, S.DISABLED, F.DEATH, True),
        (S.SUSPENDED, S.SUSPENDED, F.ASKED, False),
        (S.SUSPENDED, S.DISABLED, F.MISUSE, True),
        (S.DISABLED, S.DISABLED, F.MISUSE, False),
        (S.DISABLED, S.DISABLED, F.DEATH, True),
        (S.DISABLED, S.SUSPENDED, F.ASKED, False),
        (S.DISABLED, S.DELETED, F.FORGOTTEN, True),
        (S.DELETED, S.DISABLED, F.DEATH, False),
        (S.DELETED, S.DELETED, F.FORGOTTEN, False),
        (S.ACTIVE, S.DISABLED, F.ASKED, False),  # no line of the table
    ],
)
def test_which_state_may_follow(
    state: AccountState, to: AccountState, why: ClosedFor, may: bool
) -> None:
    assert may_close(state, to=to, why=why) is may


def _on(
    today: date,
    *,
    last_cover: date | None = date(2024, 6, 30),
    announced: date | None = None,
    state: AccountState = S.ACTIVE,
    why: ClosedFor | None = None,
    by: str | None = None,
) -> AccessNow:
    return access_now(
        state, why, by, announced=announced, last_cover=last_cover, months=24, today=today
    )


LAST = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 4, 30), None),
        (date(2026, 5, 1), 60),
        (date(2026, 6, 22), 60),
        (date(2026, 6, 23), 7),
        (date(2026, 6, 29), 7),
        (LAST, None),
    ],
)
def test_the_end_is_announced_60_and_7_days_before(today: date, due: int | None) -> None:
    # W14
    known = None if today < date(2026, 5, 1) else LAST
    told = _on(today, announced=known)
    assert (told.due, told.ends_on, told.ended) == (due, known, False)


def test_access_ends_the_day_after_its_last() -> None:
    # W14
    assert not _on(LAST, announced=LAST).ended
    assert _on(date(2026, 7, 1), announced=LAST).ended


def test_who_is_told_late_still_has_a_week() -> None:
    late = _on(date(2026, 8, 1))
    assert (late.ends_on, late.due, late.ended) == (date(2026, 8, 8), 7, False)
    assert _on(date(2026, 8, 9), announced=late.ends_on).ended


def test_what_was_announced_is_never_brought_forward() -> None:
    earlier = date(2024, 6, 1)
    assert _on(TODAY, last_cover=earlier, announced=LAST).ends_on == LAST


@pytest.mark.parametrize("last_cover", [None, date.max, date(2025, 1, 31)])
def test_nothing_ends_while_a_contract_lasts_or_where_none_was(last_cover: date | None) -> None:
    assert _on(TODAY, last_cover=last_cover, announced=LAST) == AccessNow()


def test_only_what_ended_by_itself_comes_back_by_itself() -> None:
    ended = {"state": S.DISABLED, "why": F.END_OF_RELATIONS, "by": END_OF_ACCESS}
    assert _on(TODAY, **ended, last_cover=date.max).comes_back
    assert not _on(TODAY, **(ended | {"by": "command:nora"}), last_cover=date.max).comes_back
    assert not _on(TODAY, **(ended | {"why": F.MISUSE}), last_cover=date.max).comes_back
    assert not _on(TODAY, **ended, last_cover=date(2020, 1, 1)).comes_back
    assert not _on(TODAY, **ended, last_cover=None).comes_back
