"""What the state of an account opens."""

from havre.commons.accounts.words import AccountState


def may_enter(state: AccountState) -> bool:
    """Whether anybody enters by this account, with a session or a password. Asked by every way in."""
    return state in {AccountState.OPENING, AccountState.ACTIVE}
