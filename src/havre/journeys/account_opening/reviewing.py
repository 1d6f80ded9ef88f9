"""Deciding a request to open an account whose address is not the one on file."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.queries import ReviewSeen
from havre.commons.accounts.words import Proof, ReviewState
from havre.commons.notifications import queries as notifications
from havre.domains.people import actions as people_actions
from havre.domains.people import queries as people
from havre.domains.people.queries import Located, PersonSeen
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.account_opening import mails
from havre.journeys.account_opening.matching import Member, open_for

_log = structlog.get_logger(__name__)
_OPEN = (ReviewState.WAITING, ReviewState.APPROVED)


@dataclass(frozen=True)
class ReviewLine:
    """A request with the person it is about, as the one who decides needs to see it."""

    review: ReviewSeen
    person: PersonSeen


def waiting(*, actor: Actor) -> list[ReviewLine]:
    """Requests that wait for a decision or for their effect, the oldest first."""
    with acting(actor=actor):
        found = accounts_seen.reviews(states=_OPEN)
    return [line for review in found if (line := _line(review, actor=actor))]


def approve(
    *, review: UUID, proof: Proof, by: str, now: datetime, at: Channel = Channel.COMMAND
) -> datetime:
    """Approve after identity was proved: the known address is told, and the change waits.

    Gives the moment it takes effect. ``by`` is who decides, ``at`` the desk or the command line. Refuses
    with ``UnknownReview`` or ``AlreadyDecided``.
    """
    actor = Actor(name=by, channel=at, purpose="approve a request to open an account")
    line = _one(review, actor=actor)
    with acting(actor=actor, role=_role(actor), household=line.review.household):
        effective_at = accounts.approve_review(
            review=review,
            proof=proof,
            by=by,
            now=now,
            delay=timedelta(minutes=settings.HAVRE.CONTACT_REVIEW_DELAY_MINUTES),
        )
        if line.person.email:
            mails.notice_of_approval(line.review, line.person, email=line.person.email, now=now)
    return effective_at


def refuse(*, review: UUID, by: str, now: datetime, at: Channel = Channel.COMMAND) -> None:
    """Refuse a request, also one that was approved and has not taken effect."""
    actor = Actor(name=by, channel=at, purpose="refuse a request to open an account")
    with acting(actor=actor, role=_role(actor)):
        accounts.refuse_review(review=review, by=by, now=now)


def one(*, review: UUID, actor: Actor) -> ReviewLine:
    """One request with the person it is about. Refuses with ``UnknownReview``."""
    return _one(review, actor=actor)


def take_effect(*, now: datetime) -> int:
    """Give the new address to those whose delay is over, and open their account. Gives how many."""
    actor = Actor(name="reviews", channel=Channel.JOB, purpose="an approved address takes effect")
    with acting(actor=actor):
        due = accounts_seen.reviews_due(now=now)
    return sum(_tried(review, actor=actor, now=now) for review in due)


def _tried(review: UUID, *, actor: Actor, now: datetime) -> bool:
    """One that fails must not hold up those behind it: it is logged, and tried again in a minute."""
    try:
        return _take_effect(review, actor=actor, now=now)
    except Exception as error:  # noqa: BLE001  # its type alone is logged: a text may name a person
        _log.error("review_without_effect", review=str(review), error=type(error).__name__)
        return False


def _notice_was_given(review: UUID, *, actor: Actor, now: datetime) -> bool:
    """The delay runs from the notice: it has left, and long enough ago. No known address, no notice."""
    with acting(actor=actor):
        notice = notifications.sending(kind=mails.APPROVAL_NOTICE, subject_key=str(review))
    if notice is None:
        return True
    return notice.sent_at is not None and mails.effect_after_notice(notice.sent_at) <= now


def _take_effect(review: UUID, *, actor: Actor, now: datetime) -> bool:
    if not _notice_was_given(review, actor=actor, now=now):
        return False
    line = _one(review, actor=actor)
    located, number = Located(line.review.household, line.review.membership), _number(line.person)
    with acting(actor=actor, household=located.household):
        if number is None:  # died, or lost the number, while the delay ran
            accounts.refuse_review(review=review, by=actor.name, now=now)
            return False
        email = accounts.make_review_effective(review=review, now=now)
        if email is None:
            return False
        # The history of the address names the request, which says who decided and on what proof.
        by = f"review {review}"
        people_actions.set_contact(adherent_number=number, email=email, by=by, now=now)
        person = people.person_of(household=located.household, membership=located.membership)
        if person:
            open_for(Member(located, person), now=now)
    return True


def _number(person: PersonSeen) -> str | None:
    return None if person.deceased_on else person.adherent_number


def _one(review: UUID, *, actor: Actor) -> ReviewLine:
    with acting(actor=actor, role=_role(actor)):
        found = accounts_seen.review_of(review=review)
    line = _line(found, actor=actor) if found else None
    if line is None:
        raise accounts.UnknownReview
    return line


def _line(review: ReviewSeen, *, actor: Actor) -> ReviewLine | None:
    with acting(actor=actor, role=_role(actor), household=review.household):
        person = people.person_of(household=review.household, membership=review.membership)
    return ReviewLine(review, person) if person else None


def _role(actor: Actor) -> Role | None:
    """At the desk, the desk's; from the command line and in jobs, the worker's own."""
    return Role.DESK if actor.channel is Channel.DESK else None
