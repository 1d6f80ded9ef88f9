"""Someone signed in confirms that they are still themselves, before a sensitive act."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password

from havre.commons.accounts.actions.sign_in import Waits, WrongPair
from havre.commons.accounts.actions.throttling import (
    count_failure,
    device_digest,
    forget_failures,
    guess_keys,
    locked,
    waits_until,
)
from havre.commons.accounts.models import Account, KnownDevice
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.signing_in.passwords import as_compared


@dataclass(frozen=True)
class Confirmed:
    """``by_recovery_code``: with what is kept for the day when everything else is lost."""

    account: UUID
    by_recovery_code: bool = False


def confirm_password(
    *, account: UUID, password: str, address: str, device: str | None, now: datetime
) -> Confirmed | Waits | WrongPair:
    """Compare the password of someone signed in. Failures count where those of sign-in do.

    Opens two short transactions, with the slow hash between them.
    """
    actor = Actor(name=str(account), channel=Channel.ONLINE, purpose="confirm it is you")
    with acting(actor=actor):
        row = Account.objects.get(id=account)
        known = KnownDevice.objects.filter(
            digest=device_digest(account, device or ""), account_id=account
        ).exists()
    number = row.number_key or str(account)
    keys = guess_keys(number=number, address=address, device=device, known=known)
    right = check_password(as_compared(password), row.password)
    with acting(actor=actor):
        throttles = locked(keys, now=now)
        if until := waits_until(throttles, now=now):
            return Waits(until)
        if right:
            forget_failures(keys, now=now)
            return Confirmed(account)
        count_failure(throttles, now=now)
        return WrongPair()
