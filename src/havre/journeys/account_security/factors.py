"""Adding and removing second factors, each told to the address on file in the same transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.queries import AccountSeen
from havre.commons.accounts.words import SecurityChange
from havre.domains.people import queries as people
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.account_security.choosing import chooser
from havre.journeys.account_security.reporting import UnknownNumber


def add_passkey(
    *,
    account: AccountSeen,
    answer: Mapping[str, Any],
    state: Mapping[str, Any],
    site: accounts.Site,
    name: str,
    now: datetime,
) -> tuple[str, ...]:
    """Keep a passkey; gives the new recovery codes, if any.

    Refuses with ``WrongPasskey`` or ``TooManyPasskeys``.
    """
    with _telling(account, SecurityChange.FACTOR_ADDED, now=now):
        return accounts.add_passkey(
            account=account.id, answer=answer, state=state, site=site, name=name, now=now
        )


def finish_app(*, account: AccountSeen, code: str, now: datetime) -> tuple[str, ...] | None:
    """Add the app that shows ``code``; none where it is not its code. Refuses with ``NoAppBegun``."""
    address = _address(account)
    with acting(actor=_actor(account)):
        codes = accounts.finish_app(account=account.id, code=code, now=now)
        if codes is not None:
            _tell(account, SecurityChange.FACTOR_ADDED, address, now=now)
        return codes


def take_code(
    *, account: UUID, guess: accounts.Guess, now: datetime
) -> accounts.Confirmed | accounts.Waits | accounts.WrongPair:
    """Take a code of the app or a recovery code, each once; the use of a recovery code is told."""
    actor = Actor(name=str(account), channel=Channel.ONLINE, purpose="second step")
    with acting(actor=actor):
        said = accounts.take_code(account=account, guess=guess, now=now)
        if isinstance(said, accounts.Confirmed) and said.by_recovery_code:
            household, membership = accounts_seen.place_of(account=account)
            told = chooser(household=household, membership=membership).tell
            accounts.tell_change(
                account=account,
                change=SecurityChange.RECOVERY_CODE_USED,
                address=told.email,
                language=told.language,
                now=now,
            )
        return said


def remove(*, account: AccountSeen, factor: UUID, now: datetime) -> None:
    """Remove one factor. Refuses with ``UnknownFactor``."""
    with _telling(account, SecurityChange.FACTOR_REMOVED, now=now):
        accounts.remove_factor(account=account.id, factor=factor)


def renew_codes(*, account: AccountSeen, now: datetime) -> tuple[str, ...]:
    """New recovery codes in the place of the others. Refuses with ``UnknownFactor``."""
    with _telling(account, SecurityChange.RECOVERY_CODES, now=now):
        return accounts.renew_recovery_codes(account=account.id, now=now)


def remove_all(*, number: str, reason: str, by: str, now: datetime) -> int:
    """Remove every factor of someone who lost them, once their identity was checked; how many.

    ``reason`` stands in the history as what it was done for. Refuses with ``UnknownNumber``.
    """
    actor = Actor(name=by, channel=Channel.COMMAND, purpose=f"remove factors: {reason}")
    with acting(actor=actor):
        located = people.locate(adherent_number=number)
    if located is None:
        raise UnknownNumber
    with acting(actor=actor, household=located.household):
        account = accounts_seen.account_of_membership(membership=located.membership)
        if account is None:
            raise UnknownNumber
        person = people.person_of(household=located.household, membership=located.membership)
        removed = accounts.remove_factors(account=account)
        if removed and person:
            accounts.tell_change(
                account=account,
                change=SecurityChange.FACTOR_REMOVED,
                address=person.email,
                language=person.language,
                now=now,
            )
        return removed


@contextmanager
def _telling(account: AccountSeen, change: SecurityChange, *, now: datetime) -> Iterator[None]:
    address = _address(account)
    with acting(actor=_actor(account)):
        yield
        _tell(account, change, address, now=now)


def _tell(
    account: AccountSeen, change: SecurityChange, address: str | None, *, now: datetime
) -> None:
    accounts.tell_change(
        account=account.id, change=change, address=address, language=account.language, now=now
    )


def _address(account: AccountSeen) -> str | None:
    with acting(actor=_actor(account), role=Role.MEMBER, household=account.household):
        person = people.person_of(household=account.household, membership=account.membership)
    return person.email if person else None


def _actor(account: AccountSeen) -> Actor:
    return Actor(name=str(account.id), channel=Channel.ONLINE, purpose="second factors")
