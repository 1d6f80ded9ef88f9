"""The people whose accounts show, when the demo starts, what an account can come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from random import Random

from msgspec import structs

from havre.foundation.dates import add_months
from havre.journeys.loading.records import Contract, Language
from havre.project.demo.contracts import Taken, eve, first_of_month, take
from havre.project.demo.household import Family, Sketch, insured_family
from havre.project.demo.issued import Issuer
from havre.project.demo.places import COUNTRIES
from havre.project.demo.products import PLANS
from havre.project.demo.visits import Visit, some_visits


class Shows(Enum):
    """What someone's account shows."""

    REPORTED = "suspended: the owner said “it wasn’t me”"
    ENDED = "closed: access ended some time after the last contract"
    DELETED = "deleted: the number opens nothing, and can open an account again"
    ENDS_SOON = "access ends in a week, as was announced"
    NEW_TERMS = "new terms to accept, beside those of last year"
    LAPSED = "a certificate that is worth nothing since the cover ended"


@dataclass(frozen=True)
class Prepared:
    """Someone alone, whose account shows one thing."""

    shows: Shows
    adherent_number: str
    first: str
    family: str
    born: tuple[int, int, int]
    """Years before this one, month, day."""
    woman: bool
    country: str
    language: Language

    @property
    def household(self) -> str:
        return f"H{self.shows.name}"

    def birth_date(self, today: date) -> date:
        ago, month, day = self.born
        return date(today.year - ago, month, day)


_ACCESS_MONTHS = 24  # after the last contract, where the house says nothing else
PREPARED = (
    Prepared(Shows.REPORTED, "HV 221 340 7", "Maëlle", "Kergoat", (34, 5, 17), True, "CA", "fr"),
    Prepared(Shows.ENDED, "HV 222 451 8", "Edmund", "Whitlock", (61, 2, 9), False, "GB", "en"),
    Prepared(Shows.DELETED, "HV 223 562 9", "Bérénice", "Vauquelin", (29, 10, 2), True, "AU", "fr"),
    Prepared(
        Shows.ENDS_SOON, "HV 224 673 0", "Honorine", "Dutilleul", (48, 12, 5), True, "MX", "fr"
    ),
    Prepared(Shows.NEW_TERMS, "HV 225 784 1", "Imogen", "Thackeray", (38, 8, 23), True, "SG", "en"),
    Prepared(Shows.LAPSED, "HV 226 895 2", "Anatole", "Brisset", (23, 3, 30), False, "CA", "fr"),
)


def who_shows(shows: Shows) -> Prepared:
    return next(one for one in PREPARED if one.shows is shows)


def prepared_households(
    rng: Random, issuer: Issuer, today: date, *, number: int
) -> Iterator[tuple[Family, list[Taken], list[Visit]]]:
    """Each alone, with one contract, numbered from ``number`` on."""
    for rank, one in enumerate(PREPARED):
        born = one.birth_date(today)
        sketch = Sketch("HOLDER", one.woman, one.first, one.family, born, one.adherent_number)
        family = insured_family(
            rng,
            issuer,
            code=one.household,
            country=COUNTRIES[one.country],
            language=one.language,
            sketches=[sketch],
            today=today,
            currencies=("EUR",),
        )
        end = _last_day(one.shows, today)
        start = first_of_month(end or today, -20)
        taken = take(rng, family, PLANS["CONFORT"], number=number + rank, start=start, end=end)
        yield family, [taken], some_visits(rng, family, [taken], today=today, until=today)


def _last_day(shows: Shows, today: date) -> date | None:
    """Of the contract: long enough ago for access to have ended, or to end in a week."""
    match shows:
        case Shows.ENDED:
            return add_months(today - timedelta(days=20), -_ACCESS_MONTHS)
        case Shows.ENDS_SOON:
            return add_months(today + timedelta(days=7), -_ACCESS_MONTHS)
        case Shows.LAPSED:
            return eve(first_of_month(today, 0))
    return None


def before_it_ended(contract: Contract) -> Contract:
    """A contract as it was when nobody knew its last day."""
    covers = tuple(structs.replace(cover, end=None) for cover in contract.covers)
    options = tuple(structs.replace(option, end=None) for option in contract.options)
    return structs.replace(contract, end=None, covers=covers, options=options)
