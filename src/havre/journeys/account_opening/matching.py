"""Is this the person of that number? Done by the worker, so that the page answers alike to all."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.queries import life
from havre.commons.accounts.words import AccountState, ReviewReason
from havre.domains.people import queries as people
from havre.domains.people.queries import Located, PersonSeen
from havre.foundation.dates import age_on
from havre.foundation.db import Actor, Channel, acting
from havre.journeys.account_opening import mails

_WORKER = Actor(name="account opening", channel=Channel.JOB, purpose="match a request")


class Outcome(StrEnum):
    """What became of a request; for the log and the tests, never for the one who asked."""

    NO_MATCH = "NO_MATCH"
    TOO_YOUNG = "TOO_YOUNG"
    OPENED = "OPENED"
    ALREADY_OPEN = "ALREADY_OPEN"
    TOO_SOON = "TOO_SOON"
    TO_REVIEW = "TO_REVIEW"
    CLOSED = "CLOSED"
    DONE_BEFORE = "DONE_BEFORE"


@dataclass(frozen=True)
class Member:
    """A person with the ids by which mails and accounts know them."""

    located: Located
    person: PersonSeen


def match(*, request_id: UUID, now: datetime) -> Outcome:
    """Match one request and do what follows, once. Two transactions: who it may be, then the act."""
    with acting(actor=_WORKER):
        request = accounts.take_request(request_id=request_id)
        located = people.locate(adherent_number=request.typed.adherent_number) if request else None
    if request is None:
        return Outcome.DONE_BEFORE
    with acting(actor=_WORKER, household=located.household if located else None):
        # Taken again under lock: a job that runs twice acts once.
        request = accounts.take_request(request_id=request_id)
        if request is None:
            return Outcome.DONE_BEFORE
        person = (
            people.person_of(household=located.household, membership=located.membership)
            if located
            else None
        )
        outcome = (
            _act(Member(located, person), request.typed, now=now)
            if located and person
            else Outcome.NO_MATCH
        )
        accounts.close_request(request_id=request_id, now=now)
    return outcome


def _act(member: Member, typed: accounts.TypedIdentity, *, now: datetime) -> Outcome:
    person = member.person
    if not people.is_same_person(
        person,
        family_name=typed.family_name,
        first_name=typed.first_name,
        birth_date=typed.birth_date,
    ):
        if person.email and person.deceased_on is None:
            mails.notice_of_attempt(member.located, person, email=person.email, now=now)
        return Outcome.NO_MATCH
    if is_too_young(person, on=now.date()):
        return Outcome.TOO_YOUNG
    if person.email is None or not accounts_seen.same_address(person.email, typed.email):
        reason = ReviewReason.ANOTHER_EMAIL if person.email else ReviewReason.NO_EMAIL_ON_FILE
        return _review(member, typed, reason, now=now)
    if _is_shared(member, on=now.date()) and not _is_open(member):
        return _review(member, typed, ReviewReason.SHARED_EMAIL, now=now)
    return open_for(member, now=now)


def is_too_young(person: PersonSeen, *, on: date) -> bool:
    """Below the age from which one agrees alone to a service on line (loi Informatique et libertés, 45)."""
    age = settings.HAVRE.ACCOUNT_AGE
    return person.birth_date is not None and age_on(person.birth_date, on) < age


def _is_shared(member: Member, *, on: date) -> bool:
    """Whether another adult of the household would read the mails."""
    return people.shares_address(
        member.person,
        household=member.located.household,
        on=on,
        majority=settings.HAVRE.MAJORITY_AGE,
    )


def _is_open(member: Member) -> bool:
    state = accounts_seen.account_state(membership=member.located.membership)
    return state is AccountState.ACTIVE


def open_for(member: Member, *, now: datetime) -> Outcome:
    """Open the account and send the two mails, apart; one already open is only recalled.

    Needs a transaction.
    """
    person, located, house = member.person, member.located, settings.HAVRE
    if person.email is None or person.adherent_number is None:
        return Outcome.NO_MATCH
    if accounts_seen.account_state(membership=located.membership) is AccountState.ACTIVE:
        mails.already_open(located, person, email=person.email, now=now)
        return Outcome.ALREADY_OPEN
    standing = life.standing_of_membership(membership=located.membership)
    if not (standing.enters or standing.opens_again):
        if standing.written_to:
            mails.account_closed(located, person, email=person.email, now=now)
        return Outcome.CLOSED
    account = accounts.open_account(
        household=located.household,
        membership=located.membership,
        person=person.id,
        adherent_number=person.adherent_number,
        language=person.language,
        now=now,
    )
    issued = accounts.issue_provisional(account=account, now=now, life=house.provisional_life)
    if issued is None:
        return Outcome.TOO_SOON
    mails.provisional_password(located, person, email=person.email, issued=issued, now=now)
    shortest, longest = house.NUMBER_MAIL_AFTER_SECONDS
    # A moment nobody can guess, so that the two mails are not seen to belong together.
    later = now + timedelta(seconds=random.SystemRandom().uniform(shortest, longest))
    mails.adherent_number(located, person, email=person.email, issued=issued, at=later, now=now)
    return Outcome.OPENED


def _review(
    member: Member, typed: accounts.TypedIdentity, reason: ReviewReason, *, now: datetime
) -> Outcome:
    person = member.person
    fresh = accounts.wait_for_review(
        household=member.located.household,
        membership=member.located.membership,
        person=person.id,
        reason=reason,
        email=typed.email.strip(),
        now=now,
    )
    # At a shared address the notice would be read by the other, and is of no use to the one who asked.
    if fresh and person.email and reason is ReviewReason.ANOTHER_EMAIL:
        mails.notice_of_review(member.located, person, email=person.email, now=now)
    return Outcome.TO_REVIEW
