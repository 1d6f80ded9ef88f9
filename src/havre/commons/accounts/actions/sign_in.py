"""Signing in: the same statements and the same hashes whoever exists, and slower with each failure."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password

from havre.commons.accounts.models import Account, KnownDevice, ProvisionalSecret, Throttle
from havre.commons.accounts.rules.waiting import failures_remembered, wait_after
from havre.foundation.crypto import provisional_key, secret_digest
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.identifiers import adherent_key
from havre.foundation.ids import new_id

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
class WrongPair:
    pass


@dataclass(frozen=True)
class Waits:
    until: datetime


@dataclass(frozen=True)
class _Found:
    account: Account | None
    secret: UUID | None
    throttles: dict[bytes, Throttle]
    keys: tuple[bytes, ...]


def sign_in(*, typed: Typed, now: datetime) -> SignedIn | OpensPersonalisation | WrongPair | Waits:
    """Compare a number and a password. Opens two short transactions, with the slow hash between them."""
    with acting(actor=_WEB):
        found = _look_up(typed, now=now)
    waits = [row.wait_until for row in found.throttles.values() if row.wait_until > now]
    # The hash is computed while one waits too, so that time tells nothing.
    right = check_password(typed.password, (found.account and found.account.password) or _decoy())
    if waits:
        return Waits(until=max(waits))
    with acting(actor=_WEB):
        if found.account and found.secret:
            _forget_failures(found)
            return OpensPersonalisation(found.account.id, found.secret)
        if found.account and right and found.account.password:
            _forget_failures(found)
            return SignedIn(found.account.id)
        _count_failure(found, now=now)
    return WrongPair()


def note_sign_in(*, account: UUID, zone: str | None, now: datetime) -> None:
    """Keep when and in which time zone this sign-in was; what was kept before is what home shows."""
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


def know_device(*, account: UUID, token: str, now: datetime) -> None:
    """From now on failures elsewhere do not slow this browser down. Opens a transaction."""
    with acting(actor=_WEB):
        KnownDevice.objects.update_or_create(
            digest=_keyed(b"device", token),
            defaults={"account_id": account, "last_seen_at": now},
            create_defaults={
                "id": new_id(),
                "account_id": account,
                "first_seen_at": now,
                "last_seen_at": now,
            },
        )


def _look_up(typed: Typed, *, now: datetime) -> _Found:
    number = adherent_key(typed.number)
    account = Account.objects.filter(number_key=number).first()
    known = KnownDevice.objects.filter(
        digest=_keyed(b"device", typed.device or ""), account_id=account.id if account else _NOBODY
    ).exists()
    keys = (
        (_keyed(b"owner", f"{number} {typed.device}"),)
        if known
        else (_keyed(b"number", number), _keyed(b"address", typed.address))
    )
    secret = (
        ProvisionalSecret.objects.filter(
            account_id=account.id if account else _NOBODY,
            digest=secret_digest(provisional_key(), typed.password),
            used_at=None,
            expires_at__gt=now,
        )
        .values_list("id", flat=True)
        .first()
    )
    throttles = {bytes(row.key): row for row in Throttle.objects.filter(key__in=keys)}
    return _Found(account, secret, throttles, keys)


def _count_failure(found: _Found, *, now: datetime) -> None:
    for key in sorted(found.keys):  # in one order, so that two requests never wait for each other
        row, made = Throttle.objects.select_for_update().get_or_create(
            key=key, defaults={"failures": 1, "last_failure_at": now, "wait_until": now}
        )
        if made:
            continue
        row.failures = failures_remembered(row.failures, last=row.last_failure_at, now=now) + 1
        row.last_failure_at = now
        row.wait_until = now + wait_after(row.failures)
        row.save()


def _forget_failures(found: _Found) -> None:
    """Of the number or the device; an address shared with someone who guesses stays slow."""
    Throttle.objects.filter(key=found.keys[0]).delete()


@lru_cache(maxsize=1)
def _decoy() -> str:
    """A hash of nothing, compared where there is no account."""
    return make_password("no account has this password")


def _keyed(label: bytes, text: str) -> bytes:
    return hmac.digest(provisional_key(), b"sign-in " + label + b"\0" + text.encode(), sha256)
