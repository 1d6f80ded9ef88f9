"""P4: what row security costs the database."""

import random
import time
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

from havre.foundation.db.roles import Role
from tests.bench.capture import Transaction, transactions_of
from tests.bench.figures import Figure, Spread, Void, ratios
from tests.bench.house import House
from tests.bench.members import SEED, Household
from tests.bench.pages import address

GOAL = 1.15
RUNS = 5
MEMBERS = 200
PAGES = ("home", "reimbursements")
OPEN = "bench_open"


def measure(house: House, made: Sequence[Household]) -> Figure:
    """The same statements on the guarded tables and on a copy of them without row security."""
    draw = random.Random(SEED + 4)  # noqa: S311 - the same order for both
    sessions = [one.session for one in draw.sample(made, min(MEMBERS, len(made)))]
    noted = [
        transactions_of(address(name), session=session) for name in PAGES for session in sessions
    ]
    close_pool()
    house.copy(OPEN)
    try:
        _without_row_security(house)
        with _signed_in(house, "havre") as on, _signed_in(house, OPEN) as off:
            guarded, bare = _runs(on, off, noted)
    finally:
        house.drop(OPEN)
    ratio = ratios(guarded, bare)
    times = [Spread(tuple(1000 * one for one in those)).told() for those in (guarded, bare)]
    return Figure(
        "P4",
        "row security on / off, the statements of a page",
        ratio.told(),
        f"≤ {GOAL}",
        ratio.median <= GOAL,
        (
            f"on {times[0]} ms, off {times[1]} ms a page; {RUNS} runs of {len(noted)} pages"
            f" ({' and '.join(PAGES)})",
        ),
    )


def _runs(
    on: "psycopg.Connection[Any]",
    off: "psycopg.Connection[Any]",
    noted: list[tuple[Transaction, ...]],
) -> tuple[list[float], list[float]]:
    """Page by page in turn, the first of the two changing; the median page of each run."""
    if [_page(on, one)[1] for one in noted] != [_page(off, one)[1] for one in noted]:
        raise Void("P4: without row security the statements find other rows")
    medians: tuple[list[float], list[float]] = ([], [])
    for run in range(RUNS):
        times: tuple[list[float], list[float]] = ([], [])
        for place, one in enumerate(noted):
            for side in (0, 1) if (run + place) % 2 else (1, 0):
                times[side].append(_page((on, off)[side], one)[0])
        for side in (0, 1):
            medians[side].append(Spread(tuple(times[side])).median)
    return medians


def _page(
    connection: "psycopg.Connection[Any]", transactions: Sequence[Transaction]
) -> tuple[float, list[Any]]:
    """Seconds, and how many rows each statement found."""
    rows = []
    began = time.perf_counter()
    for one in transactions:
        with connection.transaction(), connection.cursor() as cursor:
            for statement, params in one.statements:
                cursor.execute(statement, params)
                rows.append(len(cursor.fetchall()))
    return time.perf_counter() - began, rows


def _signed_in(house: House, database: str) -> "psycopg.Connection[Any]":
    return psycopg.connect(
        house.address(Role.WEB, database), autocommit=True, cursor_factory=psycopg.ClientCursor
    )


def _without_row_security(house: House) -> None:
    with house.superuser(OPEN) as connection:
        guarded = connection.execute(
            "SELECT nspname, relname FROM pg_class"
            " JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE relrowsecurity"
        ).fetchall()
        if not guarded:
            raise Void("P4: no table has row security")
        for place in guarded:
            table = sql.Identifier(*place)
            connection.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(table))
            connection.execute(sql.SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(table))


def close_pool() -> None:
    """A database is copied only while nobody is in it."""
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
