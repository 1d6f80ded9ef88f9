"""The second step of a sign-in: a passkey, a code of the app, or a recovery code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from havre.commons.accounts.actions.confirming import Confirmed
from havre.commons.accounts.actions.saving import can_save, held, last_step, note_step
from havre.commons.accounts.actions.sign_in import Closed, SignedIn, Waits, WrongPair, closed
from havre.commons.accounts.actions.throttling import (
    count_failure,
    device_digest,
    forget_failures,
    guess_keys,
    locked,
    waits_until,
)
from havre.commons.accounts.models import (
    Account,
    CodeApp,
    KnownDevice,
    Passkey,
    RecoveryCode,
    app_secret_place,
)
from havre.commons.accounts.rules import passkeys
from havre.commons.accounts.rules.codes import DIGITS, step_of
from havre.commons.accounts.rules.passkeys import NewPasskey, Site, WrongPasskey
from havre.commons.accounts.rules.standing import may_enter
from havre.commons.accounts.words import AccountState
from havre.foundation.crypto import provisional_key, secret_digest, vault
from havre.foundation.db import Actor, Channel, acting


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
        if _takes(account, guess.code, now=now):
            forget_failures(keys, now=now)
            return Confirmed(account, by_recovery_code=not _is_of_app(guess.code))
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
    credential = passkeys.credential_of(answer)
    with acting(actor=_actor(account)):
        rows = held(Passkey.objects.filter(credential=credential))
        row = (rows.filter(account_id=account) if account else rows).first()
        if row is None:
            raise WrongPasskey
        kept = NewPasskey(bytes(row.credential), bytes(row.public_key), row.sign_count)
        row.sign_count = passkeys.read(answer, site=site, state=state, held=kept)
        row.used_at = now
        if can_save():
            row.save(update_fields=["sign_count", "used_at"])
        whose = Account.objects.get(id=row.account_id)
    return SignedIn(whose.id) if may_enter(AccountState(whose.state)) else closed(whose)


def _takes(account: UUID, code: str, *, now: datetime) -> bool:
    if _is_of_app(code):
        return _takes_app_code(account, code, now=now)
    if not can_save():  # it could not be crossed out
        return False
    taken = RecoveryCode.objects.filter(
        account_id=account, digest=secret_digest(provisional_key(), code), used_at=None
    ).update(used_at=now)
    return bool(taken)


def _is_of_app(code: str) -> bool:
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def _takes_app_code(account: UUID, code: str, *, now: datetime) -> bool:
    app = held(CodeApp.objects.filter(account_id=account)).first()
    if app is None or app.added_at is None:
        return False
    secret = vault().open(bytes(app.secret), place=app_secret_place(app.id))
    step = step_of(code, secret=secret, now=now, after=last_step(app.id, app.last_step))
    if step is None:
        return False
    if not can_save():
        note_step(app.id, step)
        return True
    app.last_step, app.used_at = step, now
    app.save(update_fields=["last_step", "used_at"])
    return True


def _actor(account: UUID | None) -> Actor:
    return Actor(name=str(account or "anonymous"), channel=Channel.ONLINE, purpose="second step")
