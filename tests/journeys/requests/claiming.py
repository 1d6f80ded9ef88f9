"""Members whose contract reimburses by rules that a machine can count, and what they claim."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from havre.commons.cases.words import Answers
from havre.domains.contracts.models import Contract
from havre.domains.health.models import Line
from havre.domains.payments.models import PublishedRate
from havre.foundation.db import Role
from tests.builders import a_counted_formula
from tests.database import acting_as
from tests.journeys.requests.asking import Asker, an_asker

SESSIONS = {
    "code": "PHYSIO",
    "category": "NURSING",
    "percent": 80,
    "ceilings": [
        {"per": "YEAR", "amount": None, "count": 20, "unit": "SESSION"},
        {"per": "YEAR", "amount": "300", "count": None, "unit": "ACT"},
    ],
}
HOSPITAL = {
    "code": "HOSPITAL",
    "category": "HOSPITAL",
    "percent": 100,
    "ceilings": [],
    "prior_agreement": "YES",
}


def insured(asker: Asker, **contract: Any) -> Asker:
    """The same, whose contract pays 80 % of physiotherapy, 20 sessions and 300 a year, and hospitals."""
    formula = a_counted_formula(SESSIONS, HOSPITAL, code=f"C-{asker.contract}")
    with acting_as(Role.OWNER):
        Contract.objects.filter(id=asker.contract).update(formula_id=formula.id, **contract)
    return asker


def a_claimant(**contract: Any) -> Asker:
    return insured(an_asker(), **contract)


def a_line_of(**changes: Any) -> Answers:
    """Two sessions of physiotherapy, 100 euros."""
    return {
        "day": "2026-06-01",
        "category": "NURSING",
        "act": "CANARY physiotherapy",
        "count": "2",
        "amount": {"amount": "100.00", "currency": "EUR"},
    } | changes


def a_claim(asker: Asker, *lines: Answers, **changes: Any) -> Answers:
    return {
        "person": str(asker.person),
        "contract": str(asker.contract),
        "provider": "Clínica CANARY",
        "country": "MX",
        "accident": False,
        "lines": list(lines) or [a_line_of()],
        "conditions": True,
    } | changes


def accepted(asker: Asker) -> list[Line]:
    """The lines that are kept of the household, in their order."""
    with acting_as(Role.OWNER):
        return list(Line.objects.filter(household_id=asker.household).order_by("external_id"))


def a_rate(currency: str, per_euro: str, day: date) -> None:
    with acting_as(Role.OWNER):
        PublishedRate(currency=currency, day=day, per_euro=Decimal(per_euro)).save()


def person_of(asker: Asker) -> UUID:
    assert asker.other
    return asker.other


def an_agreement_asked(asker: Asker, **changes: Any) -> Answers:
    """Two days in hospital, 3,000 euros."""
    return {
        "person": str(asker.person),
        "contract": str(asker.contract),
        "category": "HOSPITAL",
        "act": "CANARY knee",
        "provider": "CANARY hospital",
        "country": "MX",
        "first_day": "2026-07-01",
        "last_day": "2026-07-03",
        "cost": {"amount": "3000.00", "currency": "EUR"},
    } | changes
