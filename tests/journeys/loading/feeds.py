"""Builders: fictional records that are right in everything but what a test changes."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from havre.journeys.loading.batch import Batch
from havre.journeys.loading.checks import Record
from havre.journeys.loading.gathering import gather
from havre.journeys.loading.problems import Located, Location, WrongFeed
from havre.journeys.loading.records import Contract, Cover, Line, Person, Transfer

TODAY = date(2026, 6, 15)


def a_person(**changes: Any) -> Person:
    fields: dict[str, Any] = {
        "source": "S",
        "external_id": "P-1",
        "household": "H-1",
        "family_name": "Exemple",
        "first_name": "Nathalie",
        "link": "HOLDER",
        "birth_date": date(1969, 5, 2),
    }
    return Person(**(fields | changes))


def a_contract(**changes: Any) -> Contract:
    fields: dict[str, Any] = {
        "source": "S",
        "external_id": "K-1",
        "household": "H-1",
        "number": "2024-1",
        "kind": "INDIVIDUAL",
        "scheme": "FIRST_EURO",
        "currency": "EUR",
        "start": date(2024, 1, 1),
        "covers": (Cover(person="P-1", start=date(2024, 1, 1)),),
    }
    return Contract(**(fields | changes))


def a_transfer(**changes: Any) -> Transfer:
    fields: dict[str, Any] = {
        "source": "S",
        "external_id": "T-1",
        "household": "H-1",
        "reference": "VIR 1",
        "settled_on": date(2025, 3, 18),
        "payee": "MEMBER",
        "currency": "EUR",
        "total": Decimal("20.00"),
    }
    return Transfer(**(fields | changes))


def a_line(**changes: Any) -> Line:
    fields: dict[str, Any] = {
        "source": "S",
        "external_id": "L-1",
        "household": "H-1",
        "person": "P-1",
        "claim": "C-1",
        "care_date": date(2025, 3, 4),
        "category": "DENTAL",
        "act": "Consultation",
        "currency": "EUR",
        "transfer": "T-1",
        "reimbursed": Decimal("20.00"),
    }
    return Line(**(fields | changes))


def located(records: Sequence[Record]) -> list[Located[Record]]:
    return [Located(record, Location("feed.jsonl", n)) for n, record in enumerate(records, 1)]


def gathered(*records: Record) -> Batch:
    return gather(located(records), today=TODAY)


def problems_of(*records: Record) -> list[str]:
    """What is said of the records, or nothing."""
    try:
        gathered(*records)
    except WrongFeed as wrong:
        return [str(problem).removeprefix("feed.jsonl, ") for problem in wrong.problems]
    return []
