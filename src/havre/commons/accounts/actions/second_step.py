"""The second step of a sign-in: a passkey, a code of the app, or a recovery code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from havre.commons.accounts.access import FACTORS
from havre.commons.accounts.actions.confirming import Confirmed
from havre.commons.accounts.actions.saving import SAVING
from havre.commons.accounts.actions.sign_in import Closed, SignedIn, Waits, WrongPair, closed
from havre.commons.accounts.actions.throttling import (
    count_failure,
    device_digest,
    forget_failures,
    guess_keys,
    locked,
    waits_until,
)
from havre.commons.accounts.models import Account, KnownDevice
from havre.commons.accounts.rules.standing import may_enter
from havre.commons.accounts.words import AccountState
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.signing_in import factors
from havre.foundation.signing_in.passkeys import Site


@dataclass(frozen=True)
class Guess:
    """A code as typed, and where it came from."""

    code: str
    address: str
    device: str | None = None


def take_code(*, account: UUID, guess: Guess, now: datetime) -> Confirmed | Waits | WrongPair:
    """Take a code of the app or a recovery code, each once. Opens a transaction.

    Failures are counted apart from those of the password: who knows it must not set them back.
    """
    with acting(actor=_actor(account)):
        known = KnownDevice.objects.filter(
            digest=device_digest(account, guess.device or ""), account_id=account
        ).exists()
        keys = guess_keys(
            number=str(account),
            address=guess.address,
            device=guess.device,
            known=known,
            what=b"factor ",
        )
        throttles = locked(keys, now=now)
        if until := waits_until(throttles, now=now):
            return Waits(until)
        if factors.take_code(FACTORS, SAVING, owner=account, code=guess.code, now=now):
            forget_failures(keys, now=now)
            return Confirmed(account, by_recovery_code=not factors.is_of_app(guess.code))
        count_failure(throttles, now=now)
        return WrongPair()


def take_passkey(
    *,
    account: UUID | None,
    answer: Mapping[str, Any],
    site: Site,
    state: Mapping[str, Any],
    now: datetime,
) -> SignedIn | Closed:
    """Whose passkey answered: one of ``account``, or of anybody where none is named. Opens a transaction.

    Its device verified its owner, so it stands for both steps. Refuses :class:`WrongPasskey`.
    """
    with acting(actor=_actor(account)):
        owner = factors.take_passkey(
            FACTORS, SAVING, owner=account, answer=answer, site=site, state=state, now=now
        )
        whose = Account.objects.get(id=owner)
    return SignedIn(whose.id) if may_enter(AccountState(whose.state)) else closed(whose)


def _actor(account: UUID | None) -> Actor:
    return Actor(name=str(account or "anonymous"), channel=Channel.ONLINE, purpose="second step")
