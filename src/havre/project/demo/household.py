"""Households: who lives together, where, in which language, with numbers that belong to nobody."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from havre.foundation.dates import age_on
from havre.journeys.loading.records import Address, BankAccount, Language, Link, Person
from havre.project.demo.issued import Issuer
from havre.project.demo.names import ORIGINS, family_name, first_name
from havre.project.demo.places import Country, street

_US_BANK = "HVREUS33"  # no bank has this code
SOURCE = "gestion"
MAJORITY = 18
EXPATRIATES = ("french", "french", "french", "canadian", "maghrebi", "west african", "germanic")


@dataclass(frozen=True)
class Insured:
    person: Person
    woman: bool

    def age(self, day: date) -> int:
        """Nobody is cared for before birth; a day before it counts as age 0."""
        birth = self.person.birth_date
        return 0 if birth is None or day < birth else age_on(birth, day)


@dataclass(frozen=True)
class Family:
    """The first of ``people`` is the holder. ``ibans``: the account paid to, by currency."""

    code: str
    country: Country
    language: Language
    people: tuple[Insured, ...]
    ibans: dict[str, str | None]


@dataclass(frozen=True)
class Sketch:
    """Who a person of a household is, before numbers are issued."""

    link: Link
    woman: bool
    first: str
    family: str
    birth: date
    adherent_number: str | None = None
    known: dict[str, str | date | None] = field(default_factory=dict)


def some_family(rng: Random, country: Country, today: date) -> tuple[list[Sketch], Language]:
    """A single person, a couple, or parents with children, some of them grown up."""
    origin = rng.choice(EXPATRIATES if rng.random() < 0.65 else country.origins)
    age = rng.randint(24, 68)
    holder = _adult(rng, "HOLDER", origin, _birth(rng, today, age), woman=rng.random() < 0.5)
    sketches = [holder]
    kind = rng.choices(("SINGLE", "COUPLE", "PARENTS", "SINGLE_PARENT"), (32, 24, 36, 8))[0]
    if kind in ("COUPLE", "PARENTS"):
        sketches.append(_partner(rng, holder, origin, country, today, age))
    if kind in ("PARENTS", "SINGLE_PARENT"):
        sketches += _children(rng, sketches, origin, today, age)
    return sketches, ORIGINS[origin].language  # type: ignore[return-value]


def _adult(rng: Random, link: Link, origin: str, birth: date, *, woman: bool) -> Sketch:
    first = first_name(rng, origin, woman=woman)
    return Sketch(link, woman, first, family_name(rng, origin), birth)


def _partner(
    rng: Random, holder: Sketch, origin: str, country: Country, today: date, age: int
) -> Sketch:
    origin = origin if rng.random() < 0.6 else rng.choice(country.origins)
    woman = not holder.woman if rng.random() < 0.94 else holder.woman
    birth = _birth(rng, today, max(22, age + rng.randint(-5, 5)))
    married = rng.random() < 0.8
    link: Link = "SPOUSE" if married else "PARTNER"
    partner = _adult(rng, link, origin, birth, woman=woman)
    if married and rng.random() < 0.4:
        return Sketch(link, woman, partner.first, holder.family, birth)
    return partner


def _children(
    rng: Random, parents: list[Sketch], origin: str, today: date, age: int
) -> list[Sketch]:
    eldest = min(24, max(1, age - rng.randint(23, 34)))
    families = sorted({parent.family for parent in parents})
    family = "-".join(families) if rng.random() < 0.2 and len(families) > 1 else parents[-1].family
    children = []
    for _ in range(rng.choices((1, 2, 3, 4), (35, 42, 18, 5))[0]):
        woman = rng.random() < 0.5
        first = first_name(rng, origin, woman=woman)
        children.append(Sketch("CHILD", woman, first, family, _birth(rng, today, eldest)))
        eldest -= rng.randint(2, 4)
        if eldest < 0:
            break
    return children


def _birth(rng: Random, today: date, age: int) -> date:
    """A day on which someone of this age today was born."""
    return today - timedelta(days=int(age * 365.25) + rng.randint(1, 360))


def insured_family(
    rng: Random,
    issuer: Issuer,
    *,
    code: str,
    country: Country,
    language: Language,
    sketches: list[Sketch],
    today: date,
    currencies: tuple[str, ...],
) -> Family:
    """The household with its numbers, address and accounts."""
    city, postal = rng.choice(country.cities)
    address = Address(
        lines=(street(rng, country),), city=city, postal_code=postal, country=country.code
    )
    people = tuple(
        _insured(issuer, f"{code}-{rank}", code, country, language, address, sketch, today)
        for rank, sketch in enumerate(sketches, start=1)
    )
    ibans = {currency: issuer.iban(currency) for currency in currencies}
    return Family(code, country, language, people, ibans)


def _insured(
    issuer: Issuer,
    external_id: str,
    household: str,
    country: Country,
    language: Language,
    address: Address,
    sketch: Sketch,
    today: date,
) -> Insured:
    adult = age_on(sketch.birth, today) >= MAJORITY
    facts: dict[str, object] = {
        "nir": issuer.nir(sketch.birth, woman=sketch.woman),
        "adherent_number": None,
        "email": None,
        "phone": None,
        "deceased_on": None,
    }
    if adult:
        facts["adherent_number"] = sketch.adherent_number or issuer.adherent_number()
        facts["email"] = issuer.email(sketch.first, sketch.family)
        facts["phone"] = issuer.phone(country.code)
    person = Person(
        source=SOURCE,
        external_id=external_id,
        household=household,
        family_name=sketch.family,
        first_name=sketch.first,
        link=sketch.link,
        birth_date=sketch.birth,
        address=address,
        language=language,
        expatriation_country=country.code,
        **(facts | sketch.known),  # type: ignore[arg-type]
    )
    return Insured(person, sketch.woman)


def accounts_of(family: Family) -> Iterator[BankAccount]:
    """One a currency that the household is paid in, the holder's."""
    holder = family.people[0].person
    for currency, iban in family.ibans.items():
        number = None if iban else f"00{int(family.code[1:]):010d}"
        yield BankAccount(
            source=SOURCE,
            external_id=f"B-{family.code}-{currency}",
            household=family.code,
            person=holder.external_id,
            currency=currency,
            account_name=f"{holder.first_name} {holder.family_name}",
            iban=iban,
            account_number=number,
            bic=None if iban else _US_BANK,
        )
