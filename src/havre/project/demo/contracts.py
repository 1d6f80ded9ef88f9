"""The contracts the demo's households hold, and who is covered by each."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from havre.foundation.dates import add_months
from havre.foundation.identifiers import check_siren
from havre.journeys.loading.records import (
    Company,
    Contract,
    Cover,
    Intermediary,
    Option,
    Person,
)
from havre.project.demo.household import SOURCE, Family
from havre.project.demo.issued import EMPLOYER_SIREN
from havre.project.demo.products import OPTIONS, PLANS, Plan

EMPLOYER = Company(
    source=SOURCE,
    external_id="E0001",
    name="Cordages et Voiles de l’Iroise",
    siren=check_siren(EMPLOYER_SIREN),
)
INTERMEDIARY = Intermediary(source=SOURCE, external_id="M0001", name="Cabinet Hauturier")
_PREFIXES = {"ESCALE": "ESC", "CAP": "CAP"}


@dataclass(frozen=True)
class Taken:
    """A contract with the plan that settles it."""

    contract: Contract
    plan: Plan
    start: date
    end: date | None

    def covers(self, person: Person, day: date) -> bool:
        return any(
            cover.person == person.external_id
            and cover.start <= day
            and (not isinstance(cover.end, date) or day <= cover.end)
            for cover in self.contract.covers
        )


def some_plan(rng: Random) -> Plan:
    """Mostly complements of the CFE, some from the first euro; three in ten through the employer."""
    codes = ("CONFORT", "ESSENTIEL", "HORIZON", "LEMAN", "EQUIPE", "MONDE")
    return PLANS[rng.choices(codes, (42, 8, 14, 5, 18, 13))[0]]


def take(
    rng: Random,
    family: Family,
    plan: Plan,
    *,
    number: int,
    start: date,
    end: date | None = None,
    with_intermediary: bool = False,
) -> Taken:
    """A contract of the plan over everyone in the family, from ``start`` or from their birth."""
    contract = Contract(
        source=SOURCE,
        external_id=f"C{number:05d}",
        household=family.code,
        number=f"{_PREFIXES[plan.product]}-{start.year}-{number:05d}",
        kind="COLLECTIVE" if plan.collective else "INDIVIDUAL",
        scheme=plan.scheme,
        currency=plan.currency,
        product=plan.product,
        formula=plan.code,
        employer=EMPLOYER.external_id if plan.collective else None,
        intermediary=INTERMEDIARY.external_id if with_intermediary else None,
        zone=family.country.zone,
        start=start,
        end=end,
        options=_options(rng, start, end),
        covers=_covers(family, start, end),
    )
    return Taken(contract, plan, start, end)


def _covers(family: Family, start: date, end: date | None) -> tuple[Cover, ...]:
    covers = []
    for insured in family.people:
        person = insured.person
        first = max(start, person.birth_date or start)
        known = (end, person.deceased_on, person.membership_end)
        ends = [day for day in known if isinstance(day, date)]
        last = min(ends, default=None)
        if last is None or first <= last:
            covers.append(Cover(person=person.external_id, start=first, end=last))
    return tuple(covers)


def _options(rng: Random, start: date, end: date | None) -> tuple[Option, ...]:
    return tuple(
        Option(code=code, name=name, start=start, end=end)
        for code, name, chance in OPTIONS
        if rng.randrange(100) < chance
    )


def first_of_month(today: date, months: int) -> date:
    """The first day of the month so many months from today's."""
    return add_months(today.replace(day=1), months)


def eve(day: date) -> date:
    return day - timedelta(days=1)
