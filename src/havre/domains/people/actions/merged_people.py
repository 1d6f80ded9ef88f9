"""A person on the way from a feed into the tables."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from havre.domains.people.actions.known_people import KnownMember
from havre.domains.people.actions.stated_people import StatedPerson
from havre.domains.people.rules.merging import Merged, merge
from havre.domains.people.words import Origin
from havre.foundation.crypto import vault
from havre.foundation.ids import new_id

_OF_PERSON = ("family_name", "first_name", "birth_date", "nir", "deceased_on")


@dataclass
class Member:
    """A person on the way: what the feed states, what is known, and the two merged."""

    place: int
    stated: StatedPerson
    known: KnownMember | None
    id: UUID
    membership: UUID
    merged: Merged
    issued: str | None = None

    @property
    def number(self) -> str | None:
        return self.issued or self.value("adherent_number")

    @property
    def language(self) -> str:
        language: str | None = self.value("language")
        return language or "fr"

    @property
    def writes(self) -> bool:
        return self.known is None or bool(self.merged.changed) or self.issued is not None

    @property
    def number_changes(self) -> bool:
        before = self.known.values["adherent_number"] if self.known else None
        return self.number != before

    def value(self, field: str) -> Any:
        return self.merged.values.get(field)

    def origin_of(self, *, person: bool) -> Jsonb:
        origins = self.merged.origin.items()
        return Jsonb({name: mark for name, mark in origins if (name in _OF_PERSON) is person})


def member_of(place: int, person: StatedPerson, known: KnownMember | None, now: datetime) -> Member:
    """A NIR is compared by its blind index, so that the one known stays sealed."""
    stated = dict(person.stated)
    if isinstance(nir := stated.get("nir"), str):
        stated["nir"] = vault().blind(nir, purpose="nir")
    mark = {
        "by": Origin.FEED,
        "source": person.source,
        "at": now.isoformat(),
        "confirmed": False,
    }
    merged = merge(
        known=known.values if known else {},
        origin=known.origin if known else {},
        stated=stated,
        mark=mark,
    )
    ids = (known.id, known.membership) if known else (new_id(), new_id())
    return Member(place, person, known, *ids, merged)
