"""The demo house: some 200 fictional households of an expatriate insurer, and their reimbursements.

The same seed and day give the same records. Nothing but the random generator made from the seed is
drawn from, and no clock is read.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto
from pathlib import Path
from random import Random

from havre.exchanges.jsonl import writer
from havre.foundation.dates import age_on
from havre.journeys.loading.records import Contract, MemberRecord, Person, StatementRecord
from havre.project.demo.characters import (
    MEMBER_HOUSEHOLD,
    MEMBER_NUMBER,
    TO_OPEN_NUMBER,
    as_it_began,
    member_household,
    to_open_household,
)
from havre.project.demo.contracts import (
    EMPLOYER,
    INTERMEDIARY,
    Taken,
    eve,
    first_of_month,
    some_plan,
    take,
)
from havre.project.demo.household import Family, Sketch, accounts_of, insured_family, some_family
from havre.project.demo.issued import Issuer
from havre.project.demo.places import COUNTRIES
from havre.project.demo.prepared import (
    PREPARED,
    Shows,
    before_it_ended,
    prepared_households,
    who_shows,
)
from havre.project.demo.products import PLANS, Plan
from havre.project.demo.statements import References, statements
from havre.project.demo.visits import Visit, some_visits

HOUSEHOLDS = 200
_BEREAVED_LATELY = "H0150"
# The operator's legal texts: ``<slug>.<language>.md``, whose braces the installation's settings fill.
TEXTS = Path(__file__).parent / "texts"
_FIRST_CONTRACT = 100  # the numbers below are for the households drawn by hand
_FIRST_PREPARED = 10
# What the last contract of a household was when an earlier feed came.
_BEFORE: Mapping[str, Callable[[Contract], Contract]] = {
    MEMBER_HOUSEHOLD: as_it_began,
    who_shows(Shows.LAPSED).household: before_it_ended,
}


@dataclass(frozen=True)
class ToOpen:
    """What the person whose account is still to be opened types in."""

    adherent_number: str
    family_name: str
    first_name: str
    birth_date: date
    email: str


@dataclass(frozen=True)
class DemoHouse:
    """``member`` is the adherent number of the account that the demo opens by itself.

    ``before`` is an earlier feed: what two households were before a contract changed or ended.
    """

    before: list[MemberRecord]
    members: list[MemberRecord]
    statements: list[StatementRecord]
    member: str
    to_open: ToOpen

    def numbers(self) -> list[str]:
        """The adherent numbers of everybody who has one."""
        people = (one for one in self.members if isinstance(one, Person))
        return [str(one.adherent_number) for one in people if one.adherent_number]

    def without_email(self) -> str:
        """The adherent number of the holder whom no mail reaches."""
        people = (one for one in self.members if isinstance(one, Person) and one.link == "HOLDER")
        return next(str(one.adherent_number) for one in people if not one.email)

    def who_died(self) -> str:
        """The adherent number of the holder whose death waits for a second person."""
        people = (one for one in self.members if isinstance(one, Person) and one.link == "HOLDER")
        return next(str(one.adherent_number) for one in people if one.household == _BEREAVED_LATELY)


class Case(Enum):
    """What is particular about a household."""

    ORDINARY = auto()
    ENDING_SOON = auto()
    TO_COME = auto()
    ENDED = auto()
    BEREAVED = auto()
    WITHOUT_NIR = auto()
    WITHOUT_EMAIL = auto()
    CHANGED_CURRENCY = auto()
    GROWN_CHILD = auto()


# The third household on, one each; all others are ordinary.
_PARTICULAR = tuple(case for case in Case if case is not Case.ORDINARY)


def demo_house(seed: int, today: date) -> DemoHouse:
    """The whole house as records of a feed, its reimbursements up to ``today``."""
    rng = Random(seed)  # noqa: S311 - fiction, not a secret
    issuer, references = Issuer(rng), References()
    members: list[MemberRecord] = [plan.record() for plan in PLANS.values()]
    members += [EMPLOYER, INTERMEDIARY]
    told: list[StatementRecord] = []
    families = []
    before = list(members)
    for family, contracts, visits in _households(rng, issuer, today):
        families.append(family)
        members += [insured.person for insured in family.people]
        members += accounts_of(family)
        members += [taken.contract for taken in contracts]
        told += statements(rng, family, visits, references, today=today)
        if was := _BEFORE.get(family.code):
            before += [insured.person for insured in family.people]
            before += accounts_of(family)
            before.append(was(contracts[-1].contract))
    return DemoHouse(
        before=before,
        members=members,
        statements=told,
        member=str(families[0].people[0].person.adherent_number),
        to_open=_to_open(families[1]),
    )


def write_house(folder: Path, house: DemoHouse) -> tuple[Path, Path, Path]:
    """Writes ``before.jsonl``, ``members.jsonl`` and ``statements.jsonl``: the demo comes in as feeds do."""
    before, members, told = (
        folder / f"{name}.jsonl" for name in ("before", "members", "statements")
    )
    writer.write(before, house.before)
    writer.write(members, house.members)
    writer.write(told, house.statements)
    return before, members, told


def _households(
    rng: Random, issuer: Issuer, today: date
) -> Iterator[tuple[Family, list[Taken], list[Visit]]]:
    for number in (MEMBER_NUMBER, TO_OPEN_NUMBER, *(one.adherent_number for one in PREPARED)):
        issuer.reserve(number)
    yield member_household(rng, issuer, today)
    yield to_open_household(rng, issuer, today)
    countries = list(COUNTRIES.values())
    for rank in range(3, HOUSEHOLDS + 1 - len(PREPARED)):
        case = _PARTICULAR[rank - 3] if rank - 3 < len(_PARTICULAR) else Case.ORDINARY
        country = countries[rank % len(countries)]
        sketches, language = some_family(rng, country, today)
        plan = some_plan(rng)
        family = insured_family(
            rng,
            issuer,
            code=f"H{rank:04d}",
            country=country,
            language=language,
            sketches=_particular(sketches, case, today),
            today=today,
            currencies=("EUR", "USD", "CHF"),
        )
        contracts = _contracts(rng, family, plan, case, today, _FIRST_CONTRACT + 2 * rank)
        yield family, contracts, some_visits(rng, family, contracts, today=today, until=today)
    yield from prepared_households(rng, issuer, today, number=_FIRST_PREPARED)


def _particular(sketches: list[Sketch], case: Case, today: date) -> list[Sketch]:
    """The household with what the case asks for; who dies or grows up is added to whoever is there."""
    holder, *others = sketches
    if case is Case.WITHOUT_NIR:
        return [replace(holder, known={"nir": None}), *others]
    if case is Case.WITHOUT_EMAIL:
        return [replace(holder, known={"email": None}), *others]
    if case is Case.BEREAVED:
        death = today - timedelta(days=160)
        birth = today - timedelta(days=61 * 365)
        late = Sketch("SPOUSE", True, "Odile", holder.family, birth, known={"deceased_on": death})
        return [holder, late, *(one for one in others if one.link == "CHILD")]
    if case is Case.GROWN_CHILD:
        grown = Sketch("CHILD", True, "Apolline", holder.family, today - timedelta(days=20 * 365))
        elder = (
            holder
            if age_on(holder.birth, today) > 42
            else replace(holder, birth=today - timedelta(days=47 * 365))
        )
        return [elder, *others, grown]
    return sketches


def _contracts(
    rng: Random, family: Family, plan: Plan, case: Case, today: date, number: int
) -> list[Taken]:
    brokered = not plan.collective and rng.random() < 0.4
    start = first_of_month(today, -rng.randint(2, 60))
    end: date | None = None
    match case:
        case Case.ENDING_SOON:
            end = today + timedelta(days=40)
        case Case.TO_COME:
            start = first_of_month(today, 2)
        case Case.ENDED:
            start, end = first_of_month(today, -40), eve(first_of_month(today, -9))
        case Case.BEREAVED | Case.GROWN_CHILD:
            start = first_of_month(today, -36)
        case Case.CHANGED_CURRENCY:
            start = first_of_month(today, -30)
            change = first_of_month(today, -4)
            return [
                take(rng, family, PLANS["LEMAN"], number=number, start=start, end=eve(change)),
                take(rng, family, PLANS["HORIZON"], number=number + 1, start=change),
            ]
    return [
        take(
            rng,
            family,
            plan,
            number=number,
            start=start,
            end=end,
            with_intermediary=brokered,
        )
    ]


def _to_open(family: Family) -> ToOpen:
    person = family.people[0].person
    if person.birth_date is None:
        raise ValueError("the person who opens an account has a birth date")
    return ToOpen(
        adherent_number=str(person.adherent_number),
        family_name=person.family_name,
        first_name=person.first_name,
        birth_date=person.birth_date,
        email=str(person.email),
    )
