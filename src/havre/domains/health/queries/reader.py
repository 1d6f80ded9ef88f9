"""Who reads care: one person of one household."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from havre.domains.health import rules
from havre.domains.people.queries import PersonSeen


@dataclass(frozen=True)
class Reader:
    """Who reads: their household, and the people whose care is told to them whole."""

    household: UUID
    visible: frozenset[UUID]


def reader_of(
    *, household: UUID, person: UUID, people: Iterable[PersonSeen], on: date, majority: int
) -> Reader:
    """The person as a reader: own care whole, minors' too for the couple, the rest masked."""
    everyone = list(people)
    answers = any(one.id == person and one.link.answers_for_minors for one in everyone)

    def told(one: PersonSeen) -> bool:
        adult = one.is_adult(on=on, majority=majority)
        return rules.sees_care(own=one.id == person, adult=adult, answers_for_minors=answers)

    return Reader(household, frozenset(one.id for one in everyone if told(one)))
