"""An account is proposed, verified by two people, and may be stopped by whoever it was told to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from havre.domains.payments import queries
from havre.domains.payments.actions.telling import ACCOUNT_CHANGED, ACCOUNT_STOPPED, tell
from havre.domains.payments.actions.waiting import STOPPED, look_at, looked_at
from havre.domains.payments.models import BankAccount, number_place
from havre.domains.payments.queries import AccountSeen
from havre.domains.payments.rules import standing as rules
from havre.domains.payments.rules.numbers import AccountNumber
from havre.domains.payments.words import CameBy, State
from havre.foundation.crypto import link_digest, link_token, provisional_key, vault
from havre.foundation.ids import new_id
from havre.foundation.money import minor_units
from havre.foundation.refusals import Refusal

_DECIDED = (
    *("state", "verified_at", "verified_by", "second_by", "usable_from"),
    *("stop_digest", "stop_until"),
)


class NoSuchAccount(Refusal):
    """The household has no account of this id."""


class AlreadyDecided(Refusal):
    """Someone decided about this account before."""


class SamePersonTwice(Refusal):
    """The second pair of eyes is another person's."""


class ChangedMeanwhile(Refusal):
    """Another account was verified since the page was read: look at it first."""


class TooLateToStop(Refusal):
    """The seven days are over, or there is nothing left to stop."""


@dataclass(frozen=True)
class Stopped:
    """What was stopped, and the account that refunds go to again, none if there is none."""

    account: AccountSeen
    back: AccountSeen | None


def propose(
    *,
    household: UUID,
    person: UUID,
    number: AccountNumber,
    currency: str,
    account_name: str,
    came_by: CameBy,
    proof: UUID | None = None,
    now: datetime,
) -> UUID:
    """Keep an account to be verified; its id. The same one proposed again is the same row.

    ``number`` is of ``account_number``, which checks it. Nothing is paid to it before ``validate``.
    Needs the household's guard. Refuses ``UnknownCurrency``.
    """
    minor_units(currency)
    row = new_row(household, person, number, currency, account_name, came_by, now)
    row.proof_id = proof
    known = BankAccount.objects.filter(
        household_id=household,
        person_id=person,
        currency=currency,
        number_index=row.number_index,
        state=State.PROPOSED,
    )
    if (before := known.values_list("id", flat=True).first()) is not None:
        return before
    BankAccount.objects.bulk_create([row], ignore_conflicts=True)  # of two clicks, the first
    return known.values_list("id", flat=True)[0]


def validate(
    *,
    household: UUID,
    account: UUID,
    verified_by: str,
    second_by: str,
    instead_of: UUID | None,
    wait: timedelta,
    now: datetime,
) -> AccountSeen:
    """Let refunds go to a proposed account once ``wait`` is over, and tell every address on file.

    ``instead_of`` is the account that the page showed as the last verified one of this person and
    currency. Until the moment comes, refunds go where they went. The mails carry a link that stops it
    for seven days. Needs the caller's transaction under the desk's guard. Refuses ``NoSuchAccount``,
    ``AlreadyDecided``, ``SamePersonTwice`` and ``ChangedMeanwhile``.
    """
    row, together = _locked(household, account)
    if row.state != State.PROPOSED:
        raise AlreadyDecided
    if verified_by == second_by:
        raise SamePersonTwice
    courses = [queries.course(one) for one in together]
    last = rules.latest(courses)
    if (last.id if last else None) != instead_of:
        raise ChangedMeanwhile
    never_used = [one.id for one in rules.overtaken(courses, at=now)]
    BankAccount.objects.filter(household_id=household, id__in=never_used).update(
        state=State.REPLACED, ended_at=now, ended_by=second_by
    )
    verify(row, by=verified_by, second_by=second_by, usable_from=now + wait, now=now)
    row.save(update_fields=_DECIDED)
    looked_at(row.id)
    tell(row, kind=ACCOUNT_CHANGED, now=now)
    return _seen(household, account, now)


def refuse(*, household: UUID, account: UUID, by: str, now: datetime) -> None:
    """The account is none that refunds may go to. Needs the household's guard.

    Refuses ``NoSuchAccount`` and ``AlreadyDecided``.
    """
    row, _ = _locked(household, account)
    if row.state != State.PROPOSED:
        raise AlreadyDecided
    _end(row, State.REFUSED, by=by, now=now)
    looked_at(row.id)


def stop(
    *, household: UUID, account: UUID, by: str, now: datetime, by_the_house: bool = False
) -> Stopped:
    """Nothing more goes to this account: refunds go again where they went before it.

    By whoever it was told to, for seven days; by the house, always. Every address on file is told, and
    it waits for somebody to look. Needs the household's guard. Refuses ``NoSuchAccount`` and
    ``TooLateToStop``.
    """
    row, _ = _locked(household, account)
    may = rules.may_be_stopped(queries.course(row), at=now)
    if not may and not (by_the_house and row.state == State.VERIFIED):
        raise TooLateToStop
    _end(row, State.STOPPED, by=by, now=now)
    look_at(row, kind=STOPPED, now=now)
    tell(row, kind=ACCOUNT_STOPPED, now=now)
    back = queries.usable_on(
        household=household, person=row.person_id, currency=row.currency, at=now
    )
    return Stopped(_seen(household, account, now), back)


def new_row(
    household: UUID,
    person: UUID,
    number: AccountNumber,
    currency: str,
    account_name: str,
    came_by: CameBy,
    now: datetime,
) -> BankAccount:
    """An account not saved yet, its number sealed."""
    row_id = new_id()
    return BankAccount(
        id=row_id,
        household_id=household,
        person_id=person,
        currency=currency,
        kind=number.kind,
        number=vault().seal(number.number, place=number_place(row_id)),
        number_index=queries.number_index(number.number),
        number_shown=number.shown,
        bic=number.bic,
        bank_country=number.bank_country,
        bank_name=number.bank_name,
        account_name=account_name,
        came_by=came_by,
        proposed_at=now,
    )


def verify(
    row: BankAccount, *, by: str, second_by: str | None, usable_from: datetime, now: datetime
) -> None:
    """Mark a row verified, with the digest of the link that stops it; the caller saves it."""
    row.state = State.VERIFIED
    row.verified_at = now
    row.verified_by = by
    row.second_by = second_by
    row.usable_from = usable_from
    row.stop_digest = link_digest(provisional_key(), link_token(provisional_key(), row.id))
    row.stop_until = now + rules.STOP_LINK_LIFE


def _locked(household: UUID, account: UUID) -> tuple[BankAccount, list[BankAccount]]:
    """The account, and all of its person and currency: whoever decides of one waits for the others."""
    its = Q(household_id=household, id=account)
    own = BankAccount.objects.filter(its).values_list("person_id", "currency").first()
    if own is None:
        raise NoSuchAccount
    together = list(
        BankAccount.objects.select_for_update()
        .filter(household_id=household, person_id=own[0], currency=own[1])
        .order_by("id")
    )
    return next(row for row in together if row.id == account), together


def _end(row: BankAccount, state: State, *, by: str, now: datetime) -> None:
    row.state, row.ended_at, row.ended_by = state, now, by
    row.save(update_fields=["state", "ended_at", "ended_by"])


def _seen(household: UUID, account: UUID, at: datetime) -> AccountSeen:
    seen = queries.account_of(household=household, account=account, at=at)
    if seen is None:
        raise NoSuchAccount
    return seen
