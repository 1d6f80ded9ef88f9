"""Signing in: the same statements and the same hashes whoever exists, and slower with each failure."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password

from havre.commons.accounts.actions.factors import has_factor
from havre.commons.accounts.actions.saving import can_save
from havre.commons.accounts.actions.throttling import (
    count_failure,
    device_digest,
    forget_failures,
    guess_keys,
    locked,
    waits_until,
)
from havre.commons.accounts.models import Account, KnownDevice, ProvisionalSecret, Throttle
from havre.commons.accounts.rules.standing import may_enter
from havre.commons.accounts.words import AccountState, ClosedFor
from havre.foundation.crypto import provisional_key, secret_digest
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.identifiers import adherent_key
from havre.foundation.ids import new_id
from havre.foundation.signing_in.passwords import as_compared

_WEB = Actor(name="anonymous", channel=Channel.ONLINE, purpose="sign in")
_NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Typed:
    """What came with the form. ``device`` is the token of the browser's cookie, if it has one."""

    number: str
    password: str
    address: str
    device: str | None = None


@dataclass(frozen=True)
class SignedIn:
    account: UUID


@dataclass(frozen=True)
class OpensPersonalisation:
    """A provisional password: it opens the page where one's own is chosen, nothing else."""

    account: UUID
    secret: UUID


@dataclass(frozen=True)
class Closed:
    """The pair is right, and the account is closed: the reader is told so, nobody else."""

    state: AccountState
    why: ClosedFor | None


@dataclass(frozen=True)
class NeedsSecondStep:
    """The pair is right and the account has a factor, which this browser has not given lately.

    ``secret`` is the provisional password's, where it was one: it never passes by a factor.
    """

    account: UUID
    secret: UUID | None


@dataclass(frozen=True)
class WrongPair:
    pass


@dataclass(frozen=True)
class Waits:
    until: datetime


@dataclass(frozen=True)
class _Found:
    account: Account | None
    secret: UUID | None
    password_hash: str
    throttles: list[Throttle]
    keys: tuple[bytes, ...]
    remembered: bool


Answer = SignedIn | OpensPersonalisation | NeedsSecondStep | Closed | WrongPair | Waits


def sign_in(*, typed: Typed, now: datetime) -> Answer:
    """Compare a number and a password. Opens two short transactions, with the slow hash between them."""
    with acting(actor=_WEB):
        found = _look_up(typed, now=now)
    # The hash is computed while one waits too, so that time tells nothing.
    right = check_password(as_compared(typed.password), found.password_hash)
    if until := waits_until(found.throttles, now=now):
        return Waits(until)
    with acting(actor=_WEB):
        # Guesses sent at the same moment all came this far: each meets what the one before counted.
        throttles = locked(found.keys, now=now)
        if until := waits_until(throttles, now=now):
            return Waits(until)
        return _compare(found, throttles, right=right, now=now)


def note_sign_in(*, account: UUID, zone: str | None, now: datetime) -> None:
    """Keep when and in which time zone this sign-in was; what was kept before is what home shows."""
    if not can_save():
        return
    with acting(actor=_WEB):
        row = Account.objects.select_for_update().get(id=account)
        row.previous_sign_in_at, row.previous_sign_in_zone = row.signed_in_at, row.signed_in_zone
        row.signed_in_at, row.signed_in_zone = now, zone
        row.save(
            update_fields=[
                "previous_sign_in_at",
                "previous_sign_in_zone",
                "signed_in_at",
                "signed_in_zone",
            ]
        )


def know_device(
    *,
    account: UUID,
    token: str,
    browser: str = "",
    system: str = "",
    now: datetime,
    remembered_until: datetime | None = None,
) -> None:
    """From now on failures elsewhere do not slow this browser down. Opens a transaction.

    Those who share a browser are each known there. ``remembered_until``: it just gave a factor, and
    need not again until then; without it, what was remembered stays.
    """
    if not can_save():
        return
    seen: dict[str, object] = {
        "last_seen_at": now,
        "browser": browser or None,
        "system": system or None,
    }
    if remembered_until:
        seen["remembered_until"] = remembered_until
    with acting(actor=_WEB):
        KnownDevice.objects.update_or_create(
            digest=device_digest(account, token),
            defaults=seen,
            create_defaults={
                "id": new_id(),
                "account_id": account,
                "first_seen_at": now,
                **seen,
            },
        )


def closed(account: Account) -> Closed:
    """What the owner of a closed account is told."""
    why = ClosedFor(account.closed_for) if account.closed_for else None
    return Closed(AccountState(account.state), why)


def _look_up(typed: Typed, *, now: datetime) -> _Found:
    number = adherent_key(typed.number)
    account = Account.objects.filter(number_key=number).first()
    account_id = account.id if account else _NOBODY
    device = KnownDevice.objects.filter(
        digest=device_digest(account_id, typed.device or ""), account_id=account_id
    ).first()
    keys = guess_keys(
        number=number, address=typed.address, device=typed.device, known=device is not None
    )
    until = device.remembered_until if device else None
    secret = (
        ProvisionalSecret.objects.filter(
            account_id=account_id,
            digest=secret_digest(provisional_key(), typed.password),
            used_at=None,
            expires_at__gt=now,
        )
        .values_list("id", flat=True)
        .first()
    )
    throttles = list(Throttle.objects.filter(key__in=keys))
    decoy = _decoy()  # always asked for: its first making must not tell an unknown number
    return _Found(
        account,
        secret,
        (account and account.password) or decoy,
        throttles,
        keys,
        until is not None and now < until,
    )


def _compare(found: _Found, throttles: list[Throttle], *, right: bool, now: datetime) -> Answer:
    account = found.account
    if account is None or not (found.secret or (right and account.password)):
        count_failure(throttles, now=now)
        return WrongPair()
    forget_failures(found.keys, now=now)
    if not may_enter(AccountState(account.state)):
        return closed(account)
    # A provisional password may come from a mailbox that was read: no device is remembered for it.
    if (found.secret or not found.remembered) and has_factor(account.id):
        return NeedsSecondStep(account.id, found.secret)
    return OpensPersonalisation(account.id, found.secret) if found.secret else SignedIn(account.id)


@lru_cache(maxsize=1)
def _decoy() -> str:
    """A hash of nothing, compared where there is no account."""
    return make_password("no account has this password")
