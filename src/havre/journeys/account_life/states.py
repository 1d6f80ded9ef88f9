"""Closing an account by its adherent number, and opening it again, as an operator does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.queries import life
from havre.commons.accounts.queries.life import LifeSeen
from havre.commons.accounts.words import AccountState, ClosedFor, Proof
from havre.domains.people import actions as people_actions
from havre.domains.people import queries as people
from havre.domains.people.queries import PersonSeen
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.refusals import Refusal
from havre.journeys.account_life import mails

LISTED = 200


class UnknownNumber(Refusal):
    """No account was opened with this number, or it was deleted."""


class RecordedDead(Refusal):
    """The person's file says that they died: it is corrected first."""


def show(*, number: str, by: str) -> LifeSeen:
    """The account of this number. Refuses with :class:`UnknownNumber`."""
    with _of(number, by, "look at an account") as (seen, _person):
        return seen


def suspend(*, number: str, why: str, by: str, now: datetime) -> None:
    """Close the account until it is restored, at its owner's wish (W12).

    ``why`` stands in the history. Refuses with :class:`UnknownNumber` or ``NotClosable``.
    """
    with _of(number, by, f"suspend an account: {why}") as (seen, _person):
        accounts.suspend(account=seen.id, why=ClosedFor.ASKED, by=by, now=now)


def disable(*, number: str, reason: ClosedFor, why: str, by: str, now: datetime) -> None:
    """Close the account for a reason of the house's (W13). Refuses as :func:`suspend` does."""
    purpose = f"disable an account: {reason}" + (f", {why}" if why else "")
    with _of(number, by, purpose) as (seen, _person):
        accounts.disable(account=seen.id, why=reason, by=by, now=now)


def delete(*, number: str, why: str, by: str, now: datetime) -> None:
    """Delete the account (S15). Refuses as :func:`suspend` does."""
    with _of(number, by, f"delete an account: {why}") as (seen, _person):
        accounts.delete(account=seen.id, by=by, now=now)


def restore(*, number: str, proof: Proof, email: str, by: str, now: datetime) -> None:
    """Open a closed account again and tell its owner, at ``email``, how to get a new password.

    ``email`` is what the owner says: the address on file may be that of whoever got in. Refuses with
    :class:`UnknownNumber`, ``NotRestorable``, ``WrongAddress``, or :class:`RecordedDead`.
    """
    with _of(number, by, f"restore an account: {proof}") as (seen, before):
        if before and before.deceased_on:
            raise RecordedDead
        people_actions.set_contact(adherent_number=number, email=email, by=by, now=now)
        accounts.restore(account=seen.id, proof=proof, by=by, now=now)
        person = people.person_of(household=seen.household, membership=seen.membership)
        if person and person.email:
            mails.restored(seen, person, email=person.email, now=now)


def listed(*, states: tuple[AccountState, ...], by: str) -> list[tuple[LifeSeen, str | None]]:
    """Accounts in these states with their adherent number, the last closed first, :data:`LISTED` at most."""
    actor = Actor(name=by, channel=Channel.COMMAND, purpose="list accounts")
    with acting(actor=actor):
        found = life.lives(states=states, size=LISTED)
    told = []
    for seen in found:
        with acting(actor=actor, household=seen.household):
            person = people.person_of(household=seen.household, membership=seen.membership)
        told.append((seen, person.adherent_number if person else None))
    return told


@contextmanager
def _of(number: str, by: str, purpose: str) -> Iterator[tuple[LifeSeen, PersonSeen | None]]:
    actor = Actor(name=by, channel=Channel.COMMAND, purpose=purpose)
    with acting(actor=actor):
        located = people.locate(adherent_number=number)
    if located is None:
        raise UnknownNumber
    with acting(actor=actor, household=located.household):
        seen = life.life_of(membership=located.membership)
        if seen is None:
            raise UnknownNumber
        yield (
            seen,
            people.person_of(household=located.household, membership=located.membership),
        )
