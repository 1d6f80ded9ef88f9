"""The general conditions that apply to a contract, and where it covers, as the house published them."""

from dataclasses import dataclass
from datetime import date

from havre.commons.content import queries as content
from havre.commons.content.queries import FileSeen
from havre.commons.content.words.zones import Zones
from havre.domains.products.queries import FormulaSeen
from havre.doors.portal.handing_out import LANGUAGES
from havre.doors.ui import formats
from havre.foundation.names import sort_key


@dataclass(frozen=True)
class PaperShown:
    """A language in which the conditions can be fetched."""

    language: str
    name: str
    size: str


@dataclass(frozen=True)
class ConditionsShown:
    """One version of general conditions, in the reader's language."""

    id: str
    title: str
    version: str
    first_day: date
    last_day: date | None
    papers: tuple[PaperShown, ...]


@dataclass(frozen=True)
class ZoneShown:
    """A zone of cover and the names of its countries, in the reader's alphabetical order."""

    zone: int
    name: str
    countries: tuple[str, ...]


def general_conditions(
    formula: FormulaSeen | None, *, on: date, today: date, language: str
) -> list[ConditionsShown]:
    """Those that apply to a formula on a day; none where its product is not known."""
    published = content.in_force(content.CONDITIONS, today=today)
    if published is None or formula is None:
        return []
    found = published.document.of(product=formula.product_code, formula=formula.code, on=on)
    return [
        ConditionsShown(
            id=one.id,
            title=one.title.said_in(language),
            version=one.version,
            first_day=one.first_day,
            last_day=one.last_day,
            papers=tuple(
                PaperShown(
                    paper.language,
                    LANGUAGES[paper.language],
                    formats.size(published.files[paper.file].size),
                )
                for paper in one.papers
            ),
        )
        for one in found
    ]


def conditions_file(id: str, *, language: str, today: date) -> FileSeen | None:  # noqa: A002
    """The file of general conditions by their id. They are the house's: anybody's contract may name them."""
    published = content.in_force(content.CONDITIONS, today=today)
    for one in published.document.conditions if published else ():
        paper = one.paper(language)
        if published and paper and one.id == id:
            return published.files[paper.file]
    return None


def zones_shown(zones: Zones, zone: int | None, *, language: str) -> list[ZoneShown]:
    """Where a contract of that zone covers, the widest zone first."""
    return [
        ZoneShown(
            one.zone,
            one.name.said_in(language),
            tuple(sorted(map(formats.country, one.countries), key=sort_key)),
        )
        for one in reversed(zones.within(zone))
    ]
