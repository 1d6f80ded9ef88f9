"""What the state of an account opens, and which state may follow which: one table."""

from collections.abc import Mapping
from dataclasses import dataclass

from havre.commons.accounts.words import AccountState, ClosedFor

S, F = AccountState, ClosedFor


@dataclass(frozen=True)
class Standing:
    """``enters``: somebody may, by session, password or factor. ``told``: why it is closed is said at
    sign-in to whoever gives the right pair. ``written_to``: mails about the account leave.
    ``opens_again``: a request to open an account makes it anew. ``restored``: an operator may open it.
    """

    enters: bool = False
    told: bool = False
    written_to: bool = False
    opens_again: bool = False
    restored: bool = False


_OPEN = Standing(enters=True, written_to=True)
_CLOSED = Standing(told=True, written_to=True, restored=True)
STANDINGS: Mapping[tuple[AccountState, ClosedFor | None], Standing] = {
    (S.OPENING, None): _OPEN,
    (S.ACTIVE, None): _OPEN,
    (S.SUSPENDED, F.REPORTED): _CLOSED,
    (S.SUSPENDED, F.ASKED): _CLOSED,
    (S.DISABLED, F.MISUSE): _CLOSED,
    (S.DISABLED, F.ATTEMPTS): _CLOSED,
    (S.DISABLED, F.FRAUD_REPORTED): _CLOSED,
    (S.DISABLED, F.END_OF_RELATIONS): _CLOSED,
    # Said to the family, who may know the pair; never written to the dead.
    (S.DISABLED, F.DEATH): Standing(told=True, restored=True),
    # As if there had been none: no password is left to be right.
    (S.DELETED, F.FORGOTTEN): Standing(opens_again=True),
}
DISABLED_FOR = tuple(why for state, why in STANDINGS if state is S.DISABLED and why)
_SUSPENDS, _DISABLES = {S.OPENING, S.ACTIVE}, {S.OPENING, S.ACTIVE, S.SUSPENDED}


def standing_of(state: AccountState, why: ClosedFor | None) -> Standing:
    """What an account in this state opens."""
    return STANDINGS[state, why]


def may_enter(state: AccountState) -> bool:
    """Whether anybody enters by this account, with a session or a password. Asked by every way in."""
    return any(one.enters for (known, _why), one in STANDINGS.items() if known is state)


def may_close(state: AccountState, *, to: AccountState, why: ClosedFor) -> bool:
    """Whether an account goes from ``state`` to the closed state ``to``. Nothing follows a deletion;
    a death is recorded whatever else an account was closed for."""
    if (to, why) not in STANDINGS or state is S.DELETED:
        return False
    if to is S.SUSPENDED:
        return state in _SUSPENDS
    return to is S.DELETED or why is F.DEATH or state in _DISABLES
