from typing import Annotated

from msgspec import Meta

from havre.commons.content.words.audience import Country
from havre.commons.content.words.kinds import Bilingual, Part


class Zone(Part, frozen=True):
    """A zone of cover: what it is called, and its countries beside those of lower number."""

    zone: Annotated[int, Meta(ge=1, le=5)]
    name: Bilingual
    countries: tuple[Country, ...]


class Zones(Part, frozen=True):
    """Where contracts cover. Zones are nested: a contract of zone 3 covers zones 1 to 3."""

    zones: tuple[Zone, ...]

    def within(self, zone: int | None) -> tuple[Zone, ...]:
        """The zones that a contract of ``zone`` covers; none where its zone is not known or not told."""
        if zone is None or zone not in {one.zone for one in self.zones}:
            return ()
        return tuple(one for one in self.zones if one.zone <= zone)

    def countries(self, zone: int | None) -> tuple[str, ...]:
        """Where a contract of ``zone`` covers, lower zones included."""
        return tuple(code for one in self.within(zone) for code in one.countries)

    def zone_of(self, country: str) -> int | None:
        """The lowest zone that covers a country; none where nobody told."""
        return next((one.zone for one in self.zones if country in one.countries), None)
