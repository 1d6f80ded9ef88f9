from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from havre.commons.content.words.audience import Country
from havre.commons.content.words.contacts import Hours
from havre.commons.content.words.kinds import Bilingual, Key, Line, Part

ShortNumber = Annotated[str, Meta(pattern=r"^\d{2,6}$")]
"""A public number as it is dialled in its country: ``112``."""
Tongue = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?$")]
"""A language, with its script where it has several: ``es``, ``zh-Hans``."""


class Number(Part, frozen=True):
    """``phone`` with its country code. Without ``hours`` it answers day and night."""

    phone: Line
    hours: Hours | None = None
    note: Bilingual | None = None


class Need(Part, frozen=True):
    """What one calls for; the first of a document stands out. ``everywhere`` serves where a zone has none."""

    id: Key
    name: Bilingual
    about: Bilingual
    everywhere: Number | None = None


class ZoneNumber(Number, frozen=True, kw_only=True):
    need: Key


class Zone(Part, frozen=True):
    """A zone of expatriation. The one that lists no ``countries`` has all that no other lists."""

    id: Key
    name: Bilingual
    countries: tuple[Country, ...] = ()
    numbers: tuple[ZoneNumber, ...] = ()


class Phrase(Part, frozen=True):
    """What to show at a hospital desk, in the language of the place; ``{phone}`` is that of ``need``."""

    language: Tongue
    countries: tuple[Country, ...]
    need: Key
    text: Line


class PublicNumbers(Part, frozen=True):
    """What anybody dials in these countries. ``ambulance`` alone where one number serves for all."""

    countries: tuple[Country, ...]
    ambulance: ShortNumber
    police: ShortNumber | None = None
    fire: ShortNumber | None = None


class Emergency(Part, frozen=True):
    """``say`` is what to tell whoever answers, in order."""

    needs: tuple[Need, ...]
    zones: tuple[Zone, ...]
    say: tuple[Bilingual, ...]
    phrases: tuple[Phrase, ...] = ()
    public: tuple[PublicNumbers, ...] = ()


@dataclass(frozen=True)
class Call:
    """A number to call for a need."""

    need: Need
    number: Number


@dataclass(frozen=True)
class ShownPhrase:
    """A phrase with its number in place."""

    language: str
    countries: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class ZoneSeen:
    """A zone with all its countries, the numbers that serve there and what to show there."""

    id: str
    name: Bilingual
    countries: tuple[str, ...]
    calls: tuple[Call, ...]
    phrases: tuple[ShownPhrase, ...]

    def phrase_of(self, country: str) -> ShownPhrase | None:
        return next((one for one in self.phrases if country in one.countries), None)
