"""Signing in at the desk: the same statements and hashes whoever exists, and slower with each failure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password

from havre.commons.accounts.actions import Confirmed, Waits, WrongPair
from havre.commons.accounts.actions.saving import SAVING
from havre.commons.accounts.actions.throttling import (
    count_failure,
    forget_failures,
    guess_keys,
    locked,
    waits_until,
)
from havre.commons.staff.access import FACTORS
from havre.commons.staff.actions.joining import email_index
from havre.commons.staff.models import StaffMember, email_place
from havre.commons.staff.words import StaffState
from havre.foundation.crypto import vault
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.signing_in import factors
from havre.foundation.signing_in.addresses import address_key
from havre.foundation.signing_in.passkeys import Site, WrongPasskey
from havre.foundation.signing_in.passwords import as_compared

_PASSWORD, _FACTOR = b"staff ", b"staff factor "


@dataclass(frozen=True)
class Typed:
    """What came with the form. ``known`` is who signed in from this browser before, as its cookie says."""

    email: str
    password: str
    address: str
    known: UUID | None = None


@dataclass(frozen=True)
class NeedsFactor:
    """The pair is right. ``has_factor`` is false for who has none yet, who sets one up and does nothing
    else until then."""

    staff: UUID
    has_factor: bool


def sign_in(*, typed: Typed, now: datetime) -> NeedsFactor | WrongPair | Waits:
    """Compare an address and a password. Opens two short transactions, with the slow hash between them."""
    with acting(actor=_actor(None)):
        row = StaffMember.objects.filter(email_index=email_index(typed.email)).first()
        has_factor = factors.has_factor(FACTORS, owner=row.id if row else UUID(int=0))
    decoy = _decoy()  # always asked for: its first making must not tell an unknown address
    right = check_password(as_compared(typed.password), (row and row.password) or decoy)
    keys = _keys(address_key(typed.email), typed.address, known=bool(row and typed.known == row.id))
    with acting(actor=_actor(None)):
        throttles = locked(keys, now=now)
        if until := waits_until(throttles, now=now):
            return Waits(until)
        if row is None or not right or row.state != StaffState.ACTIVE:
            count_failure(throttles, now=now)
            return WrongPair()
        forget_failures(keys, now=now)
        return NeedsFactor(row.id, has_factor)


def confirm_password(
    *, staff: UUID, password: str, address: str, known: bool, now: datetime
) -> Confirmed | Waits | WrongPair:
    """Compare the password of someone signed in. Failures count where those of sign-in do."""
    with acting(actor=_actor(staff)):
        row = StaffMember.objects.get(id=staff)
    email = vault().open(bytes(row.email), place=email_place(staff))
    keys = _keys(address_key(email), address, known=known)
    right = check_password(as_compared(password), row.password)
    with acting(actor=_actor(staff)):
        throttles = locked(keys, now=now)
        if until := waits_until(throttles, now=now):
            return Waits(until)
        if right:
            forget_failures(keys, now=now)
            return Confirmed(staff)
        count_failure(throttles, now=now)
        return WrongPair()


def take_code(
    *, staff: UUID, code: str, address: str, known: bool, now: datetime
) -> Confirmed | Waits | WrongPair:
    """Take a code of the app or a recovery code, each once; failures are counted apart from those of
    the password. Opens a transaction."""
    keys = _keys(str(staff), address, known=known, what=_FACTOR)
    with acting(actor=_actor(staff)):
        throttles = locked(keys, now=now)
        if until := waits_until(throttles, now=now):
            return Waits(until)
        if factors.take_code(FACTORS, SAVING, owner=staff, code=code, now=now):
            forget_failures(keys, now=now)
            return Confirmed(staff, by_recovery_code=not factors.is_of_app(code))
        count_failure(throttles, now=now)
        return WrongPair()


def take_passkey(
    *,
    staff: UUID | None,
    answer: Mapping[str, Any],
    site: Site,
    state: Mapping[str, Any],
    now: datetime,
) -> UUID:
    """Whose passkey answered, who works here still. Opens a transaction. Refuses :class:`WrongPasskey`."""
    with acting(actor=_actor(staff)):
        owner = factors.take_passkey(
            FACTORS, SAVING, owner=staff, answer=answer, site=site, state=state, now=now
        )
        if not StaffMember.objects.filter(id=owner, state=StaffState.ACTIVE).exists():
            raise WrongPasskey
    return owner


def _keys(subject: str, address: str, *, known: bool, what: bytes = _PASSWORD) -> tuple[bytes, ...]:
    """Where a guess is counted: apart from those about members."""
    return guess_keys(number=subject, address=address, device="desk", known=known, what=what)


def _actor(staff: UUID | None) -> Actor:
    return Actor(name=str(staff or "anonymous"), channel=Channel.DESK, purpose="sign in")


@lru_cache(maxsize=1)
def _decoy() -> str:
    """A hash of nothing, compared where nobody works here by this address."""
    return make_password("nobody has this password")
