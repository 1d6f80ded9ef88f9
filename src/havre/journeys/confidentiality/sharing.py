"""An adult lets another see their care, or no longer does: at once, and the other is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from havre.domains.people import actions
from havre.domains.people.queries import PersonSeen
from havre.foundation.refusals import Refusal
from havre.journeys.confidentiality import mails

WORDING = "2026-11"
"""The version of the text of the page by which one agrees; it is kept with the agreement."""


class NotAnotherAdult(Refusal):
    """Care is shared between two adults who belong to the household."""


@dataclass(frozen=True)
class Sharing:
    """Who decides, for whom, in a household. Refuses ``NotAnotherAdult`` to be made otherwise."""

    household: UUID
    person: PersonSeen
    reader: PersonSeen


def between(
    *, household: UUID, person: UUID, reader: UUID, people: Iterable[PersonSeen], on: date
) -> Sharing:
    """The two, as they stand that day. Refuses ``NotAnotherAdult``."""
    adults = {one.id: one for one in people if is_adult_member(one, on=on)}
    if person == reader or person not in adults or reader not in adults:
        raise NotAnotherAdult
    return Sharing(household, adults[person], adults[reader])


def is_adult_member(person: PersonSeen, *, on: date) -> bool:
    """Of age, alive and of the household on that day."""
    of_age = person.is_adult(on=on, majority=settings.HAVRE.MAJORITY_AGE)
    return of_age and person.deceased_on is None and not person.has_left(on=on)


def agree(sharing: Sharing, *, now: datetime) -> None:
    """What stands already stays. Needs the guard of the household."""
    household, person, reader = sharing.household, sharing.person, sharing.reader
    if actions.agree_to_share(
        household=household, person=person.id, reader=reader.id, wording=WORDING, now=now
    ):
        mails.shared(household, person, reader, now=now)


def withdraw(sharing: Sharing, *, now: datetime) -> None:
    """What does not stand is not withdrawn. Needs the guard of the household."""
    household, person, reader = sharing.household, sharing.person, sharing.reader
    if actions.stop_sharing(household=household, person=person.id, reader=reader.id, now=now):
        mails.no_longer_shared(household, person, reader, now=now)
