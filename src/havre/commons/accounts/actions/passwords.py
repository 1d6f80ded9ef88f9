"""Choosing a password of one's own: with a provisional one, which it uses up, or from within the space."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password

from havre.commons.accounts.actions.factors import forget_remembered
from havre.commons.accounts.actions.notices import tell_change
from havre.commons.accounts.actions.sessions import end_sessions
from havre.commons.accounts.models import Account, ProvisionalSecret
from havre.commons.accounts.rules.provisional import Issue, opens
from havre.commons.accounts.rules.standing import may_enter
from havre.commons.accounts.words import AccountState, PasswordFault, SecurityChange
from havre.foundation.crypto import normalised_secret, provisional_key, provisional_secret
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.refusals import Refusal
from havre.foundation.signing_in.passwords import as_compared, fault_of


@dataclass(frozen=True)
class KnownAddress:
    """Where a change is told, in which language; none without an address on file."""

    email: str | None
    language: str


class PasswordRefused(Refusal):
    """The password is not good enough; ``fault`` says why."""

    def __init__(self, fault: PasswordFault) -> None:
        self.fault = fault
        super().__init__(fault)


class SecretNoLongerOpens(Refusal):
    """The provisional password was used (in another browser, say) or has expired."""


def choose_password(
    *,
    account: UUID,
    secret: UUID,
    password: str,
    about: Sequence[str],
    tell: KnownAddress,
    now: datetime,
) -> None:
    """Store the password and use up every live provisional one, in one transaction.

    Where it replaces another, every session ends and the address on file is told. It opens no session:
    what else a sign-in asks for (a second factor) is still asked.
    Refuses with :class:`PasswordRefused` or :class:`SecretNoLongerOpens`.
    """
    provisional = normalised_secret(provisional_secret(provisional_key(), secret))
    if normalised_secret(password) == provisional:
        raise PasswordRefused(PasswordFault.PROVISIONAL)
    if fault := fault_of(password, about=about):
        raise PasswordRefused(fault)
    hashed = make_password(as_compared(password))
    actor = Actor(name=str(account), channel=Channel.ONLINE, purpose="choose a password")
    with acting(actor=actor):
        row = Account.objects.select_for_update().get(id=account)
        issue = ProvisionalSecret.objects.filter(id=secret, account_id=account).first()
        live = issue and opens(Issue(issue.issued_at, issue.expires_at, issue.used_at), now=now)
        if not live or not may_enter(AccountState(row.state)):
            raise SecretNoLongerOpens
        ProvisionalSecret.objects.filter(account_id=account, used_at=None).update(used_at=now)
        replaced = row.password_chosen_at is not None
        row.password, row.password_chosen_at = hashed, now
        row.state = AccountState.ACTIVE
        row.save(update_fields=["password", "password_chosen_at", "state"])
        if replaced:
            _after_change(account, tell, now=now)


def change_password(
    *,
    account: UUID,
    password: str,
    about: Sequence[str],
    tell: KnownAddress,
    keep: UUID | None,
    now: datetime,
) -> None:
    """Store another password; every session ends but ``keep``, and the address on file is told.

    Whoever calls has made sure that its owner asks. Refuses with :class:`PasswordRefused`.
    """
    if fault := fault_of(password, about=about):
        raise PasswordRefused(fault)
    hashed = make_password(as_compared(password))
    actor = Actor(name=str(account), channel=Channel.ONLINE, purpose="change the password")
    with acting(actor=actor):
        Account.objects.select_for_update().get(id=account)
        ProvisionalSecret.objects.filter(account_id=account, used_at=None).update(used_at=now)
        Account.objects.filter(id=account).update(password=hashed, password_chosen_at=now)
        _after_change(account, tell, keep=keep, now=now)


def _after_change(
    account: UUID, tell: KnownAddress, *, keep: UUID | None = None, now: datetime
) -> None:
    end_sessions(account=account, keep=keep)
    forget_remembered(account=account)
    tell_change(
        account=account,
        change=SecurityChange.PASSWORD,
        address=tell.email,
        language=tell.language,
        now=now,
    )
