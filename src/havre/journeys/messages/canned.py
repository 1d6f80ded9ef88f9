"""Texts at hand for an answer: those that editors publish, filled for the member who wrote."""

from dataclasses import dataclass
from datetime import date

from havre.commons.cases.queries import CaseSeen
from havre.commons.content.queries import canned

KIND = "message"
"""What a text says in ``kinds`` to be of use for messages."""


@dataclass(frozen=True)
class AtHand:
    """A text in the member's language, its blanks filled; ``title`` in that of whoever answers."""

    id: str
    title: str
    text: str


def texts_at_hand(
    *, to: str, for_reader: str, case: CaseSeen | None, today: date, **known: str
) -> list[AtHand]:
    """Those for messages, and for the kind of the request that is written about; ``to`` and
    ``for_reader`` are languages. One with a blank of which nothing is ``known`` is left out."""
    if case:
        known = {**known, "number": case.number}
    return [
        AtHand(one.id, one.title.said_in(for_reader), one.filled(to, **known))
        for one in canned(today=today)
        if (one.serves(KIND) or (case and one.serves(case.kind))) and one.blanks(to) <= set(known)
    ]
