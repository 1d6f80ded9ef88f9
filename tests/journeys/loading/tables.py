"""Loading as the worker does, and looking at the tables as their owner."""

from datetime import UTC, datetime
from typing import Any

from django.db import connection

from havre.foundation.db import Role, acting
from havre.journeys.loading.checks import Record
from havre.journeys.loading.load import load
from havre.journeys.loading.problems import WrongFeed
from havre.journeys.loading.report import Outcome, Report
from tests.builders import BUILDER
from tests.database import acting_as
from tests.journeys.loading.feeds import gathered

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)

TABLES = (
    *("products_formula", "products_guarantee", "people_company", "people_intermediary"),
    *("people_household", "people_person", "people_membership", "people_directory"),
    *("people_difference", "contracts_contract", "contracts_contractoption", "contracts_cover"),
    "contracts_contractversion",
    *("health.transfer", "health.line", "audit_change"),
)


def loaded(*records: Record, **options: Any) -> Report:
    """The report of loading these records as one feed."""
    batch = gathered(*records)
    with acting_as(Role.WORKER):
        return load(batch, **({"actor_source": "tests", "now": NOW} | options))


def refusals(*records: Record, **options: Any) -> list[str]:
    """Why these records are refused, or nothing."""
    try:
        loaded(*records, **options)
    except WrongFeed as wrong:
        return [str(problem).removeprefix("feed.jsonl, ") for problem in wrong.problems]
    return []


def outcomes(report: Report) -> dict[str, tuple[Outcome, str]]:
    """Outcome and detail of each row that the report keeps, by identity."""
    return {row.identity: (row.outcome, row.detail) for row in report.rows}


def query(statement: str, *values: object) -> list[tuple[Any, ...]]:
    """Rows seen by the owner, who sees every household."""
    with acting_as(Role.OWNER), acting(actor=BUILDER), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, with the version of it that the database holds."""
    return {
        table: query(f"SELECT ctid::text, xmin::text, to_jsonb(t) FROM {table} t ORDER BY ctid")
        for table in TABLES
    }
