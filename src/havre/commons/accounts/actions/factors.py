"""Adding and removing what proves who signs in beside the password."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from havre.commons.accounts.access import FACTORS
from havre.commons.accounts.models import Account, KnownDevice, ProvisionalSecret
from havre.foundation.signing_in import factors
from havre.foundation.signing_in.factors import (
    MOST_PASSKEYS,
    AppAlreadyThere,
    NoAppBegun,
    TooManyPasskeys,
    UnknownFactor,
)
from havre.foundation.signing_in.passkeys import Site

__all__ = [
    "MOST_PASSKEYS",
    "AppAlreadyThere",
    "NoAppBegun",
    "TooManyPasskeys",
    "UnknownFactor",
]


def begin_app(*, account: UUID, now: datetime) -> None:
    """Draw the secret of an app, which opens nothing until a code of it is given. Needs a transaction.

    One that is being set up stays: a double click draws nothing anew. Refuses ``AppAlreadyThere``.
    """
    _lock(account)
    factors.begin_app(FACTORS, owner=account, now=now)


def finish_app(*, account: UUID, code: str, now: datetime) -> tuple[str, ...] | None:
    """Add the app that shows ``code``; gives the new recovery codes, if any. Needs a transaction.

    None where it is not its code. Refuses ``NoAppBegun``.
    """
    _lock(account)
    if not factors.finish_app(FACTORS, owner=account, code=code, now=now):
        return None
    return _added(account, now=now)


def add_passkey(
    *,
    account: UUID,
    answer: Mapping[str, Any],
    site: Site,
    state: Mapping[str, Any],
    name: str,
    now: datetime,
) -> tuple[str, ...]:
    """Keep the passkey that a device made; gives the new recovery codes, if any. Needs a transaction.

    Refuses ``WrongPasskey`` or ``TooManyPasskeys``.
    """
    _lock(account)
    factors.add_passkey(
        FACTORS, owner=account, answer=answer, site=site, state=state, name=name, now=now
    )
    return _added(account, now=now)


def remove_factor(*, account: UUID, factor: UUID) -> None:
    """Remove a passkey or the app, and with the last one the recovery codes. Needs a transaction.

    Refuses ``UnknownFactor``.
    """
    _lock(account)
    factors.remove_factor(FACTORS, owner=account, factor=factor)
    forget_remembered(account=account)


def remove_factors(*, account: UUID) -> int:
    """Remove every factor of an account whose owner lost them; how many. Needs a transaction."""
    Account.objects.only("id").get(id=account)
    removed = factors.remove_factors(FACTORS, owner=account)
    forget_remembered(account=account)
    return removed


def renew_recovery_codes(*, account: UUID, now: datetime) -> tuple[str, ...]:
    """New recovery codes; the ones before no longer open. Needs a transaction.

    Refuses ``UnknownFactor`` where there is no factor to recover from.
    """
    _lock(account)
    return factors.renew_codes(FACTORS, owner=account, now=now)


def answer_offer(*, account: UUID, now: datetime) -> None:
    """The member saw the offer of a second factor and wants none now. Needs a transaction."""
    Account.objects.filter(id=account, factors_answered_at=None).update(factors_answered_at=now)


def forget_remembered(*, account: UUID) -> None:
    """From now on every device of the account is asked for a factor. Needs a transaction."""
    KnownDevice.objects.filter(account_id=account).exclude(remembered_until=None).update(
        remembered_until=None
    )


def has_factor(account: UUID) -> bool:
    """Whether signing in asks for more than the password. Needs a transaction."""
    return factors.has_factor(FACTORS, owner=account)


def _lock(account: UUID) -> None:
    Account.objects.select_for_update().get(id=account)


def _added(account: UUID, *, now: datetime) -> tuple[str, ...]:
    """What follows any new factor: what was open without it closes."""
    forget_remembered(account=account)
    # A provisional password that passed the gate before must not pass by the factor.
    ProvisionalSecret.objects.filter(account_id=account, used_at=None).update(used_at=now)
    answer_offer(account=account, now=now)
    if factors.has_codes(FACTORS, owner=account):
        return ()
    return factors.renew_codes(FACTORS, owner=account, now=now)
