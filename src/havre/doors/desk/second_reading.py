"""What the first of two persons read and chose, beside how things stand now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from havre.commons.cases.words import Outcome
from havre.doors.desk.request_read import Work
from havre.journeys.requests import deciding
from havre.journeys.requests.registry import kind_of
from havre.journeys.requests.words import Change


@dataclass(frozen=True)
class Compared:
    """One thing that validation changes: as the first person read it, and today. None where it was not
    there, or is no more."""

    label: str
    first: Change | None
    today: Change | None

    @property
    def moved(self) -> bool:
        return self.first != self.today


@dataclass(frozen=True, kw_only=True)
class FirstReading:
    """Who looked first, when, and what they would decide; ``words`` where those of the form are others."""

    name: str
    at: datetime
    rejects: bool
    reason: str
    words: str
    effect: tuple[Compared, ...]

    @property
    def moved(self) -> bool:
        return any(one.moved for one in self.effect)


def first_reading(
    work: Work, today: Sequence[Change], *, language: str, words: Collection[str]
) -> FirstReading | None:
    """None where nobody sent it to a second person. ``words`` are those of the form as it stands."""
    given = work.proposal
    if given is None:
        return None
    labels = {one.code: one.label for one in kind_of(work.case.kind).reasons()}
    return FirstReading(
        name=given.by_name,
        at=given.given_at,
        rejects=given.outcome is Outcome.REJECTED,
        reason=labels.get(given.reason, given.reason),
        words="" if given.words in words else given.words,
        effect=compared(deciding.read_by_first(given, language), today),
    )


def compared(first: Sequence[Change], today: Sequence[Change]) -> tuple[Compared, ...]:
    """Side by side, in the order of today; what is there no more comes last."""
    read, now = _named(first), _named(today)
    names = [*now, *(name for name in read if name not in now)]
    return tuple(Compared(name[0], read.get(name), now.get(name)) for name in names)


def _named(changes: Sequence[Change]) -> dict[tuple[str, int], Change]:
    """By its label, and how many of that label stand before it."""
    found: dict[tuple[str, int], Change] = {}
    for one in changes:
        rank = sum(label == one.label for label, _rank in found)
        found[one.label, rank] = one
    return found
