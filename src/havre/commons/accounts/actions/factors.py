"""Adding and removing what proves who signs in beside the password."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from havre.commons.accounts.models import (
    Account,
    CodeApp,
    KnownDevice,
    Passkey,
    ProvisionalSecret,
    RecoveryCode,
    app_secret_place,
)
from havre.commons.accounts.rules import passkeys
from havre.commons.accounts.rules.codes import new_app_secret, step_of
from havre.commons.accounts.rules.passkeys import Site, WrongPasskey
from havre.foundation.crypto import drawn_code, provisional_key, secret_digest, vault
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal

CODES = 10
MOST_PASSKEYS = 10
_SETTING_UP = timedelta(hours=1)


class AppAlreadyThere(Refusal):
    """The account has an app for codes: it is removed before another one is added."""


class NoAppBegun(Refusal):
    """No app is being set up, or for too long."""


class TooManyPasskeys(Refusal):
    """The account has ``MOST_PASSKEYS``: one is removed before another is added."""


class UnknownFactor(Refusal):
    """The account has no such factor."""


def begin_app(*, account: UUID, now: datetime) -> None:
    """Draw the secret of an app, which opens nothing until a code of it is given. Needs a transaction.

    One that is being set up stays: a double click draws nothing anew. Refuses ``AppAlreadyThere``.
    """
    Account.objects.select_for_update().get(id=account)
    found = CodeApp.objects.filter(account_id=account).first()
    if found and found.added_at:
        raise AppAlreadyThere
    if found and now - found.begun_at < _SETTING_UP:
        return
    CodeApp.objects.filter(account_id=account).delete()
    row_id = new_id()
    CodeApp(
        id=row_id,
        account_id=account,
        secret=vault().seal(new_app_secret(), place=app_secret_place(row_id)),
        begun_at=now,
    ).save(force_insert=True)


def finish_app(*, account: UUID, code: str, now: datetime) -> tuple[str, ...] | None:
    """Add the app that shows ``code``; gives the new recovery codes, if any. Needs a transaction.

    None where it is not its code. Refuses ``NoAppBegun``.
    """
    Account.objects.select_for_update().get(id=account)
    found = CodeApp.objects.filter(account_id=account, added_at=None).first()
    if found is None or now - found.begun_at >= _SETTING_UP:
        raise NoAppBegun
    secret = vault().open(bytes(found.secret), place=app_secret_place(found.id))
    step = step_of(code, secret=secret, now=now, after=None)
    if step is None:
        return None
    found.added_at, found.last_step = now, step
    found.save(update_fields=["added_at", "last_step"])
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

    Refuses :class:`WrongPasskey` or :class:`TooManyPasskeys`.
    """
    Account.objects.select_for_update().get(id=account)
    if Passkey.objects.filter(account_id=account).count() >= MOST_PASSKEYS:
        raise TooManyPasskeys
    made = passkeys.read_new(answer, site=site, state=state)
    if Passkey.objects.filter(credential=made.credential).exists():
        raise WrongPasskey
    Passkey(
        id=new_id(),
        account_id=account,
        credential=made.credential,
        public_key=made.public_key,
        sign_count=made.sign_count,
        name=name,
        added_at=now,
    ).save(force_insert=True)
    return _added(account, now=now)


def remove_factor(*, account: UUID, factor: UUID) -> None:
    """Remove a passkey or the app, and with the last one the recovery codes. Needs a transaction.

    Refuses ``UnknownFactor``.
    """
    Account.objects.select_for_update().get(id=account)
    removed, _ = Passkey.objects.filter(account_id=account, id=factor).delete()
    removed += (
        CodeApp.objects.filter(account_id=account, id=factor).exclude(added_at=None).delete()[0]
    )
    if not removed:
        raise UnknownFactor
    if not has_factor(account):
        RecoveryCode.objects.filter(account_id=account).delete()
    forget_remembered(account=account)


def remove_factors(*, account: UUID) -> int:
    """Remove every factor of an account whose owner lost them; how many. Needs a transaction."""
    Account.objects.filter(id=account).get()
    removed = Passkey.objects.filter(account_id=account).delete()[0]
    removed += CodeApp.objects.filter(account_id=account).delete()[0]
    RecoveryCode.objects.filter(account_id=account).delete()
    forget_remembered(account=account)
    return removed


def renew_recovery_codes(*, account: UUID, now: datetime) -> tuple[str, ...]:
    """New recovery codes; the ones before no longer open. Needs a transaction.

    Refuses ``UnknownFactor`` where there is no factor to recover from.
    """
    Account.objects.select_for_update().get(id=account)
    if not has_factor(account):
        raise UnknownFactor
    RecoveryCode.objects.filter(account_id=account).delete()
    codes = tuple(drawn_code() for _ in range(CODES))
    RecoveryCode.objects.bulk_create(
        RecoveryCode(
            id=new_id(),
            account_id=account,
            digest=secret_digest(provisional_key(), code),
            made_at=now,
        )
        for code in codes
    )
    return codes


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
    return (
        Passkey.objects.filter(account_id=account).exists()
        or CodeApp.objects.filter(account_id=account).exclude(added_at=None).exists()
    )


def _added(account: UUID, *, now: datetime) -> tuple[str, ...]:
    """What follows any new factor: what was open without it closes."""
    forget_remembered(account=account)
    # A provisional password that passed the gate before must not pass by the factor.
    ProvisionalSecret.objects.filter(account_id=account, used_at=None).update(used_at=now)
    answer_offer(account=account, now=now)
    if RecoveryCode.objects.filter(account_id=account).exists():
        return ()
    return renew_recovery_codes(account=account, now=now)
