"""A child who comes of age is told, and from that day decides who sees their care."""

from datetime import date, datetime, timedelta

from django.conf import settings

from havre.domains.people import queries as people
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.confidentiality import mails
from havre.journeys.confidentiality.sharing import is_adult_member

_CAUGHT_UP = timedelta(days=7)
"""A worker that stood still for less tells nobody late and nobody twice."""
_ACTOR = Actor(name="coming of age", channel=Channel.JOB, purpose="tell who comes of age")


def tell_who_came_of_age(*, today: date, now: datetime) -> int:
    """Put one mail in the outbox for each who came of age these last days; gives how many were found.

    Who has no address on file reads it on the home page, and so does the holder. Run again, it changes
    nothing.
    """
    majority = settings.HAVRE.MAJORITY_AGE
    with acting(actor=_ACTOR, role=Role.BATCH):
        found = people.came_of_age(since=today - _CAUGHT_UP, until=today, majority=majority)
    for located in found:
        with acting(actor=_ACTOR, household=located.household):
            person = people.person_of(household=located.household, membership=located.membership)
            if person and person.email and is_adult_member(person, on=today):
                mails.came_of_age(located.household, person, now=now)
    return len(found)
