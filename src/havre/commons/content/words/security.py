from typing import Annotated

from msgspec import Meta

from havre.commons.content.words.audience import Country
from havre.commons.content.words.kinds import Bilingual, Key, Part

Address = Annotated[str, Meta(pattern=r"^https://[^\s]+$")]


class Addresses(Part, frozen=True):
    """A page elsewhere, in each language: the same twice where it has one only."""

    fr: Address
    en: Address

    def said_in(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


class CountryPage(Part, frozen=True):
    country: Country
    address: Addresses


class Watch(Part, frozen=True):
    """Who tells of dangers: its front page, and its page of a country where it has one."""

    id: Key
    name: Bilingual
    about: Bilingual
    address: Addresses
    countries: tuple[CountryPage, ...] = ()

    def page_of(self, country: str | None) -> Addresses | None:
        return next((one.address for one in self.countries if one.country == country), None)


class SecurityInformation(Part, frozen=True):
    watches: tuple[Watch, ...]
