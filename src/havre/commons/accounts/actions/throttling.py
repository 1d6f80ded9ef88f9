"""Counting failures, so that guesses are slower each time. Under lock: guesses at once get no more tries."""

import hmac
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from havre.commons.accounts.actions.saving import can_save, counter, forget_counter
from havre.commons.accounts.models import Throttle
from havre.foundation.crypto import provisional_key
from havre.foundation.signing_in.waiting import (
    FREE_FAILURES,
    failures_remembered,
    network_of,
    wait_after,
)


def guess_keys(
    *, number: str, address: str, device: str | None, known: bool, what: bytes = b""
) -> tuple[bytes, ...]:
    """Where a guess is counted: a browser of the owner's by itself, any other by number and address.

    ``what`` keeps guesses of another thing than the password apart.
    """
    if known:
        return (keyed(what + b"owner", f"{number} {device}"),)
    return (keyed(what + b"number", number), keyed(what + b"address", network_of(address)))


def device_digest(account: UUID, token: str) -> bytes:
    """What is kept of the token of a browser's cookie."""
    return keyed(b"device", f"{account} {token}")


def keyed(label: bytes, text: str) -> bytes:
    return hmac.digest(provisional_key(), b"sign-in " + label + b"\0" + text.encode(), sha256)


def locked(keys: tuple[bytes, ...], *, now: datetime) -> list[Throttle]:
    """The counters, made where there were none, and held to the end of the transaction."""
    # In one order, so that two requests never wait for each other.
    blank = [_blank(key, now=now) for key in sorted(keys)]
    if not can_save():
        return [counter(bytes(row.key), row) for row in blank]
    Throttle.objects.bulk_create(blank, ignore_conflicts=True)
    return list(Throttle.objects.select_for_update().filter(key__in=keys).order_by("key"))


def _blank(key: bytes, *, now: datetime) -> Throttle:
    return Throttle(key=key, failures=0, last_failure_at=now, wait_until=now)


def waits_until(throttles: list[Throttle], *, now: datetime) -> datetime | None:
    return max((row.wait_until for row in throttles if row.wait_until > now), default=None)


def count_failure(throttles: list[Throttle], *, now: datetime, free: int = FREE_FAILURES) -> None:
    for row in throttles:
        row.failures = failures_remembered(row.failures, last=row.last_failure_at, now=now) + 1
        row.last_failure_at = now
        row.wait_until = now + wait_after(row.failures, free=free)
        if can_save():
            row.save(force_update=True)


def forget_failures(keys: tuple[bytes, ...], *, now: datetime) -> None:
    """Of the number or the device; an address shared with someone who guesses stays slow."""
    if not can_save():
        return forget_counter(keys[0], _blank(keys[0], now=now))
    Throttle.objects.filter(key=keys[0]).delete()
    return None
