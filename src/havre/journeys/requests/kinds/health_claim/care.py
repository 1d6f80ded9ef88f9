"""What a claim says, read from its answers: whose care, under which contract, line by line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from havre.commons.cases.words import Answers
from havre.domains.contracts.queries import ContractSeen, rules_of_confidentiality
from havre.domains.contracts.words import Standing
from havre.domains.health.queries import agreements_of
from havre.domains.health.words import Agreement, Category
from havre.domains.payments import queries as payments
from havre.domains.people.queries import PersonSeen
from havre.foundation.dates import add_months
from havre.foundation.lately import Lately
from havre.foundation.money import Money
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.words import Option

PRESCRIBED_MONTHS = 24
"""Until when care can be claimed (Code des assurances, L114-1)."""


@dataclass(frozen=True)
class CareClaimed:
    """A line as the member wrote it."""

    day: date
    category: Category
    act: str
    count: int
    spent: Money


def lines_of(answers: Answers) -> tuple[CareClaimed, ...]:
    """The lines that are written whole; in a draft, those that are not yet are left out."""
    return tuple(
        CareClaimed(
            day=date.fromisoformat(row["day"]),
            category=Category(row["category"]),
            act=row["act"],
            count=int(row.get("count") or 1),
            spent=Money.rounded(row["amount"]["amount"], row["amount"]["currency"]),
        )
        for row in answers.get("lines", [])
        if all(row.get(name) for name in ("day", "category", "act", "amount"))
    )


def days_of(answers: Answers) -> tuple[date, ...]:
    """The days of the lines, of those too that are not written whole."""
    rows = answers.get("lines", [])
    return tuple(date.fromisoformat(row["day"]) for row in rows if row.get("day"))


def categories_of(answers: Answers) -> frozenset[str]:
    return frozenset(row["category"] for row in answers.get("lines", []) if row.get("category"))


def is_series(answers: Answers) -> bool:
    """Whether the same kind of care was given several times."""
    counts: dict[str, int] = {}
    for row in answers.get("lines", []):
        kind = row.get("category", "")
        counts[kind] = counts.get(kind, 0) + int(row.get("count") or 1)
    return any(count > 1 for count in counts.values())


def claimants(facts: Facts) -> tuple[PersonSeen, ...]:
    """For whom one may claim: oneself, one's minors, and adults who agreed to share their care with one.

    Of those, whoever was ever covered.
    """
    mine = {one.id for one in facts.mine()}
    allowed = [one for one in facts.people if one.id in mine or facts.me.id in one.shares_with]
    return tuple(one for one in allowed if _covered(facts, one))


def contracts_of(facts: Facts) -> tuple[ContractSeen, ...]:
    """Contracts that care may have been given under: those that began and cover one of the claimants."""
    people = {one.id for one in claimants(facts)}
    return tuple(
        one
        for one in facts.contracts
        if people & set(one.people()) and (one.period.start or date.min) <= facts.today
    )


def begun(facts: Facts) -> Answers:
    """What a form about care begins with: oneself, one's only contract in force, where one lives."""
    me = next((one for one in claimants(facts) if one.id == facts.me.id), None)
    held = [one for one in contracts_of(facts) if one.standing(on=facts.today) is Standing.IN_FORCE]
    found = {
        "person": str(me.id) if me else "",
        "contract": str(held[0].id) if len(held) == 1 else "",
        "country": facts.me.expatriation_country or "",
    }
    return {name: value for name, value in found.items() if value}


def is_covered(contract: ContractSeen, person: PersonSeen, day: date) -> bool:
    """Whether the contract covered the person on that day."""
    return any(period.contains(day) for period in contract.periods_of(person.id))


def is_too_old(day: date, *, today: date) -> bool:
    """Whether care of that day can no longer be claimed by right."""
    return add_months(day, PRESCRIBED_MONTHS) < today


def agreements(facts: Facts) -> tuple[Agreement, ...]:
    """What was agreed to that may still be claimed, of those one may claim for; sensitive care is told to
    whom it is of alone."""
    people = frozenset(one.id for one in claimants(facts))
    sensitive = rules_of_confidentiality().sensitive
    found = facts.once(
        ("agreements", people),
        lambda: agreements_of(
            household=facts.household,
            people=people,
            since=add_months(facts.today, -PRESCRIBED_MONTHS),
        ),
    )
    return tuple(one for one in found if one.person == facts.me.id or one.category not in sensitive)


def worth(facts: Facts, amounts: Iterable[Money]) -> Decimal | None:
    """About how many euros these are, by the last rates known; none where one has no rate."""
    known = list(amounts)
    euros = Decimal(0)
    for currency in {one.currency for one in known}:
        rate = _rate_today(facts, currency)
        if rate is None:
            return None
        euros += sum((one.amount for one in known if one.currency == currency), Decimal(0)) * rate
    return euros


def _rate_today(facts: Facts, currency: str) -> Decimal | None:
    if currency == "EUR":
        return Decimal(1)
    return _euros.of([(currency, facts.today)]).get((currency, facts.today))


def _read_euros(asked: set[tuple[str, date]]) -> dict[tuple[str, date], Decimal]:
    return {
        (currency, day): found.value
        for currency, day in asked
        for found in payments.rates_on(currency=currency, to="EUR", days=[day]).values()
    }


_euros = Lately(_read_euros)


def category_options(only: Iterable[Category] = Category) -> tuple[Option, ...]:
    """Kinds of care to choose from."""
    return tuple(Option(one.value, category_name(one)) for one in only)


def category_name(category: Category) -> str:
    """A kind of care, as the reimbursements name it."""
    return {
        Category.HOSPITAL: _("Hospital"),
        Category.GENERAL_PRACTITIONER: _("General practitioner"),
        Category.SPECIALIST: _("Specialists"),
        Category.NURSING: _("Nursing and physiotherapy"),
        Category.PHARMACY: _("Pharmacy"),
        Category.LABORATORY: _("Laboratory and imaging"),
        Category.OPTICAL: _("Optical"),
        Category.DENTAL: _("Dental"),
        Category.MATERNITY: _("Maternity"),
        Category.MENTAL_HEALTH: _("Mental health"),
        Category.SEXUAL_HEALTH: _("Sexual and reproductive health"),
        Category.PREVENTION: _("Prevention and vaccines"),
        Category.COMPLEMENTARY: _("Complementary medicine"),
        Category.TRANSPORT: _("Transport"),
        Category.OTHER: _("Other care"),
    }[category]


def _covered(facts: Facts, person: PersonSeen) -> bool:
    return any(contract.periods_of(person.id) for contract in facts.contracts)
