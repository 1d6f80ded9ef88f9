"""When access ends by itself, some time after the last contract."""

from dataclasses import dataclass
from datetime import date, timedelta

from havre.commons.accounts.words import AccountState, ClosedFor
from havre.foundation.dates import add_months

ANNOUNCED = (timedelta(days=60), timedelta(days=7))
"""How long before its end access is announced: far enough ahead to act, then once more."""
END_OF_ACCESS = "end of access"
"""By whom an account was disabled that a new contract opens again by itself."""
_RUNNING = {AccountState.OPENING, AccountState.ACTIVE, AccountState.SUSPENDED}
_LASTING = date(9000, 1, 1)


@dataclass(frozen=True)
class AccessNow:
    """What an account's access has become. ``ends_on`` is its last day, once that is announced, and
    ``due`` how many days before it the announcement to send today is.
    """

    ends_on: date | None = None
    due: int | None = None
    ended: bool = False
    comes_back: bool = False


def access_now(
    state: AccountState,
    why: ClosedFor | None,
    by: str | None,
    *,
    announced: date | None,
    last_cover: date | None,
    months: int,
    today: date,
) -> AccessNow:
    """``last_cover`` is the last day of the last contract, ``date.max`` while one has no end; none where
    there never was any: then nothing ends.

    What was announced is never brought forward, and who can only be told late still has a week.
    """
    last_day = _last_day(last_cover, months)
    if state not in _RUNNING:
        ended = (AccountState.DISABLED, ClosedFor.END_OF_RELATIONS, END_OF_ACCESS)
        lasts = last_day is not None and last_day >= today
        return AccessNow(announced, comes_back=lasts and (state, why, by) == ended)
    first, second = ANNOUNCED
    if last_day is None or last_day > today + first:
        return AccessNow()
    ends_on = max(last_day, announced or today + second)
    return AccessNow(ends_on, _due(ends_on - today), ended=ends_on < today)


def _last_day(last_cover: date | None, months: int) -> date | None:
    """The last day of access. The contract that has no end is not counted from."""
    if last_cover is None or last_cover >= _LASTING:
        return last_cover
    return add_months(last_cover, months)


def _due(left: timedelta) -> int | None:
    """The announcement of which it is time; none on the last day and after."""
    due = [one for one in ANNOUNCED if timedelta() < left <= one]
    return min(due).days if due else None
