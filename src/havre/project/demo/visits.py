"""When the members of a household go to a doctor, a pharmacy or a hospital, and with whom."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from havre.foundation.dates import add_months, last_months
from havre.project.demo import places
from havre.project.demo.care import (
    ACTS,
    Act,
    local_price,
    some_act,
    working_day_after,
    working_day_before,
)
from havre.project.demo.contracts import Taken
from havre.project.demo.household import Family, Insured
from havre.project.demo.names import family_name, first_name
from havre.project.demo.places import FRANCE, Country

_SHOPS = ("PHARMACY", "LABORATORY", "OPTICAL")
_BY_SESSIONS = ("NURSING", "COMPLEMENTARY")
_AT_HOSPITAL = ("STAY", "DAY_CARE", "MATERNITY", "TRANSPORT")


@dataclass(frozen=True)
class Bill:
    """One act billed: ``price`` in the currency of ``country``."""

    act: Act
    price: Decimal
    provider: str
    country: Country


@dataclass(frozen=True)
class Visit:
    """Care of one day under one contract. ``ready_on`` is when its claim can be paid, ``None`` while
    something is missing; ``direct``: the insurer pays the hospital itself."""

    day: date
    insured: Insured
    taken: Taken
    bills: tuple[Bill, ...]
    ready_on: date | None
    direct: bool = False
    other_percent: int = 0


def some_visits(
    rng: Random, family: Family, contracts: list[Taken], *, today: date, until: date
) -> list[Visit]:
    """Two years of visits up to ``until``, fewer when the contracts are young."""
    visits = []
    for taken in contracts:
        first = max(taken.start, add_months(today, -24))
        last = min(taken.end or until, until)
        days = (last - first).days
        if days < 0:
            continue
        wanted = rng.randint(6, 12) + rng.randint(4, 9) * (len(family.people) - 1)
        for day in _days(rng, first, days, max(3, min(28, wanted) * days // 730)):
            covered = [one for one in family.people if taken.covers(one.person, day)]
            if covered:
                visit = _some_visit(rng, family, taken, rng.choice(covered), day)
                visits += _series(rng, visit, last)
    return visits


def _days(rng: Random, first: date, days: int, count: int) -> list[date]:
    """Days on which care is had: one trouble often brings several visits within the week."""
    found: list[int] = []
    for _ in range(count):
        if found and rng.random() < 0.45:
            found.append(min(days, found[-1] + rng.randint(0, 7)))
        else:
            found.append(rng.randint(0, days))
    return [first + timedelta(days=one) for one in found]


def _series(rng: Random, visit: Visit, last: date) -> list[Visit]:
    """The visit, and the weekly sessions that often follow a first one."""
    if visit.bills[0].act.guarantee not in _BY_SESSIONS or rng.random() < 0.6:
        return [visit]
    weeks = (timedelta(weeks=week) for week in range(rng.randint(3, 7)))
    sessions = (
        replace(visit, day=visit.day + week, ready_on=visit.ready_on and visit.ready_on + week)
        for week in weeks
    )
    return [
        session
        for session in sessions
        if session.day <= last and visit.taken.covers(visit.insured.person, session.day)
    ]


def _some_visit(rng: Random, family: Family, taken: Taken, insured: Insured, day: date) -> Visit:
    act = some_act(rng, age=insured.age(day), woman=insured.woman)
    ready: date | None = working_day_after(day + timedelta(days=rng.randint(5, 26)))
    if rng.random() < 0.02:
        ready = None
    first_euro = taken.plan.scheme == "FIRST_EURO"
    return Visit(
        day=day,
        insured=insured,
        taken=taken,
        bills=_bills(rng, act, FRANCE if rng.random() < 0.07 else family.country),
        ready_on=ready,
        direct=act.guarantee in ("STAY", "MATERNITY") and act.low > 1000 and rng.random() < 0.75,
        other_percent=20 if first_euro and rng.random() < 0.06 else 0,
    )


@dataclass(frozen=True)
class Planned:
    """Care of the person at this rank of the family. ``price``: of the first act, in local money."""

    who: int
    acts: tuple[str, ...]
    price: Decimal | None = None


def planned_visit(
    rng: Random,
    family: Family,
    taken: Taken,
    planned: Planned,
    *,
    day: date,
    ready_on: date | None,
    direct: bool = False,
) -> Visit:
    country = family.country
    bills = [_bill(rng, ACTS[act], country) for act in planned.acts]
    if planned.price is not None:
        bills[0] = replace(bills[0], price=planned.price)
    return Visit(day, family.people[planned.who], taken, tuple(bills), ready_on, direct)


def _bills(rng: Random, act: Act, country: Country) -> tuple[Bill, ...]:
    acts = [act, *(ACTS[code] for code in act.leads_to if rng.random() < 0.45)]
    return tuple(_bill(rng, one, country) for one in acts)


def _bill(rng: Random, act: Act, country: Country) -> Bill:
    return Bill(act, local_price(rng, act, country), _provider(rng, act, country), country)


def _provider(rng: Random, act: Act, country: Country) -> str:
    if act.category in _SHOPS:
        return places.shop(country, act.category)
    if act.guarantee in _AT_HOSPITAL:
        return places.hospital(rng, country)
    origin = rng.choice(country.origins)
    name = family_name(rng, origin)
    if act.category == "NURSING":
        return f"{first_name(rng, origin, woman=rng.random() < 0.5)} {name}"
    return places.doctor(country, name)


def paydays(today: date, months: int) -> list[date]:
    """A day of each of the last calendar months, today's included, on which transfers left: a working
    day around the eighteenth, for this month the last one up to today, or today where there is none."""
    days = []
    for first, _ in last_months(today, months):
        eighteenth = working_day_after(first.replace(day=18))
        latest = working_day_before(min(eighteenth, today))
        days.append(latest if latest >= first else today)
    return days
