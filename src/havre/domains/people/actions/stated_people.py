"""What a feed says of persons, and what became of it."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID


class StatedAddress(NamedTuple):
    lines: tuple[str, ...]
    postal_code: str | None
    city: str
    country: str


class StatedPerson(NamedTuple):
    """A person as a feed has them.

    ``stated`` holds the fields that the feed says something of, ``None`` for "there is none":
    ``family_name``, ``first_name``, ``birth_date``, ``nir`` (in clear, in memory only),
    ``deceased_on``, ``link``, ``adherent_number``, ``email``, ``phone``, ``address``
    (:class:`StatedAddress`), ``language``, ``expatriation_country``, ``membership_end``.
    """

    household_id: UUID
    source: str
    external_id: str
    stated: Mapping[str, object]


class LoadedPerson(NamedTuple):
    """What became of a person: the fields ``changed``, and those left ``to_review``.

    ``adherent_number`` and ``language`` are those of today, wherever they come from.
    """

    id: UUID
    membership: UUID
    adherent_number: str | None
    language: str
    new: bool
    changed: tuple[str, ...]
    to_review: tuple[str, ...]
    issued: str | None
