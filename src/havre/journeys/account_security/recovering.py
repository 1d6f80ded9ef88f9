"""A forgotten password or number: found by the worker, sent to the address on file and nowhere else."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.queries import life
from havre.commons.accounts.words import RequestKind
from havre.domains.people import queries as people
from havre.domains.people.queries import Located, PersonSeen
from havre.foundation.db import Actor, Channel, acting
from havre.journeys.account_security import mails

_WORKER = Actor(name="account recovery", channel=Channel.JOB, purpose="match a request")


class Outcome(StrEnum):
    """What became of a request; for the log and the tests, never for the one who asked."""

    NO_MATCH = "NO_MATCH"
    SENT = "SENT"
    TOO_SOON = "TOO_SOON"
    NO_ACCOUNT = "NO_ACCOUNT"
    SHARED = "SHARED"
    CLOSED = "CLOSED"
    DONE_BEFORE = "DONE_BEFORE"


def recover(*, request_id: UUID, now: datetime) -> Outcome:
    """Match one request and send what was lost, once. Two transactions: whose it may be, then the act."""
    with acting(actor=_WORKER):
        request = accounts.take_request(request_id=request_id)
        located = _whose(request.kind, request.typed) if request else None
    if request is None:
        return Outcome.DONE_BEFORE
    with acting(actor=_WORKER, household=located.household if located else None):
        # Taken again under lock: a job that runs twice acts once.
        request = accounts.take_request(request_id=request_id)
        if request is None:
            return Outcome.DONE_BEFORE
        act = _send_password if request.kind is RequestKind.PASSWORD else _send_number
        outcome = act(located, request.typed, now=now) if located else Outcome.NO_MATCH
        accounts.close_request(request_id=request_id, now=now)
    return outcome


def _whose(kind: RequestKind, typed: accounts.TypedIdentity) -> Located | None:
    if kind is RequestKind.PASSWORD:
        return people.locate(adherent_number=typed.adherent_number)
    for household, membership in accounts_seen.places_by_email(email=typed.email):
        with acting(actor=_WORKER, household=household):
            person = people.person_of(household=household, membership=membership)
        if person and _is_that_person(person, typed):
            return Located(household, membership)
    return None


def _is_that_person(person: PersonSeen, typed: accounts.TypedIdentity) -> bool:
    return people.is_same_person(
        person,
        family_name=typed.family_name,
        first_name=typed.first_name,
        birth_date=typed.birth_date,
    )


def _send_password(located: Located, typed: accounts.TypedIdentity, *, now: datetime) -> Outcome:
    """A provisional password; the one that is lost works on until another was chosen with it.

    None to an address that another adult of the household reads too: it would open one's care to them.
    """
    person = people.person_of(household=located.household, membership=located.membership)
    if (
        person is None
        or person.email is None
        or person.deceased_on is not None
        or person.birth_date != typed.birth_date
    ):
        return Outcome.NO_MATCH
    account = accounts_seen.account_of_membership(membership=located.membership)
    if account is None:
        mails.no_account_yet(located, person, email=person.email, now=now)
        return Outcome.NO_ACCOUNT
    standing = life.standing_of_membership(membership=located.membership)
    if standing.opens_again:
        mails.no_account_yet(located, person, email=person.email, now=now)
        return Outcome.NO_ACCOUNT
    if not standing.enters:
        if standing.written_to:
            mails.account_closed(located, person, email=person.email, now=now)
        return Outcome.CLOSED
    if people.shares_address(
        person,
        household=located.household,
        on=now.date(),
        majority=settings.HAVRE.MAJORITY_AGE,
    ):
        return Outcome.SHARED
    valid = timedelta(minutes=settings.HAVRE.FORGOTTEN_PASSWORD_MINUTES)
    issued = accounts.issue_provisional(account=account, now=now, life=valid)
    if issued is None:
        return Outcome.TOO_SOON
    mails.new_password(located, person, email=person.email, issued=issued, now=now)
    return Outcome.SENT


def _send_number(located: Located, typed: accounts.TypedIdentity, *, now: datetime) -> Outcome:
    """The number, to the address on file, which has to be the one that was typed."""
    person = people.person_of(household=located.household, membership=located.membership)
    if (
        person is None
        or person.email is None
        or person.adherent_number is None
        or not _is_that_person(person, typed)
        or not accounts_seen.same_address(person.email, typed.email)
    ):
        return Outcome.NO_MATCH
    if not life.may_be_written_to(membership=located.membership):
        return Outcome.CLOSED
    mails.number_again(located, person, email=person.email, now=now)
    return Outcome.SENT
