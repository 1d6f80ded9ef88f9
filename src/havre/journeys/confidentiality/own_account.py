"""An account of one's own for an adult who has no adherent number: the holder asks, the house gives one.

The number opens nothing by itself: the adult proves who they are by opening the account, and an address
that is not on file goes to review.
"""

from datetime import date, datetime
from uuid import UUID

from havre.domains.people import actions
from havre.domains.people import queries as people
from havre.domains.people.queries import PersonSeen
from havre.domains.people.words import FamilyLink
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.db.jobs import add_job
from havre.foundation.refusals import Refusal
from havre.journeys.confidentiality.sharing import is_adult_member

GIVE_NUMBER = "confidentiality.give_number"
_WORKER = Actor(
    name="own account", channel=Channel.JOB, purpose="give an adult a number of their own"
)


class NotTheirs(Refusal):
    """Only the holder asks, for another adult of the household."""


def ask(*, household: UUID, holder: PersonSeen, adult: PersonSeen, now: datetime) -> None:
    """Have the house give the adult a number, unless there is one. Needs the guard of the household.

    Refuses ``NotTheirs``.
    """
    check(holder=holder, adult=adult, on=now.date())
    if adult.adherent_number is None:
        add_job(GIVE_NUMBER, household=str(household), membership=str(adult.membership))


def check(*, holder: PersonSeen, adult: PersonSeen, on: date) -> None:
    """Refuses ``NotTheirs`` whoever is not the holder, and who is not another adult of the household."""
    asks = holder.link is FamilyLink.HOLDER and not holder.has_left(on=on)
    if not asks or holder.id == adult.id or not is_adult_member(adult, on=on):
        raise NotTheirs


def give_number(*, household: UUID, membership: UUID, now: datetime) -> bool:
    """Give the membership its number; False where it has one. Opens the guard as the worker."""
    with acting(actor=_WORKER, household=household):
        person = people.person_of(household=household, membership=membership)
        if person is None or not is_adult_member(person, on=now.date()):
            return False
        return actions.give_number(household=household, membership=membership, now=now)
