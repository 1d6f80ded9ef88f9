"""P5: importing a feed of statements beside COPY into an identically constrained table."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure, Spread, Void, ratios
from tests.bench.house import HOME, ROOT, House
from tests.bench.members import Household
from tests.bench.processes import cpu_seconds
from tests.bench.statements import LINE_COLUMNS, TRANSFER_COLUMNS, write_feed

GOAL = 0.65
RUNS = 3
MEMBERS_ONLY = "bench_members"
OURS, CONTROL = "bench_import", "bench_copy"
TABLES = {"health.transfer": TRANSFER_COLUMNS, "health.line": LINE_COLUMNS}
# Ids are drawn anew by each loading, and sealing draws a nonce: the rest must be the same.
_SAME = {
    "health.transfer": TRANSFER_COLUMNS.removeprefix("id, ").replace(" iban,", ""),
    "health.line": LINE_COLUMNS.replace(" transfer_id,", ""),
}


def measure(house: House, made: Sequence[Household], *, day: date) -> Figure:
    """In turn, each into a fresh copy of the members' database; then the same feed again."""
    feed = HOME / "statements.jsonl"
    records = write_feed(feed, made, day=day)
    _dump(house)
    imports: list[dict[str, float]] = []
    copies: list[dict[str, float]] = []
    for run in range(RUNS):
        for side in (OURS, CONTROL) if run % 2 else (CONTROL, OURS):
            house.copy(side, of=MEMBERS_ONLY)
            if side == OURS:
                imports.append(_import(house, feed))
            else:
                copies.append(_copy(house))
    try:
        _check_same_rows(house)
        again = _again(house, feed)
    finally:
        house.drop(OURS)
        house.drop(CONTROL)
        feed.unlink()
    return _figure(imports, copies, again, records)


# --- Ours ----------------------------------------------------------------------------------------


def _import(house: House, feed: Path) -> dict[str, float]:
    """Seconds of each stage, in a process of its own as the worker; its start is not counted."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench.import_once", str(feed)],
        env=house.settings(OURS),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(ended.stdout + ended.stderr)
    stages: dict[str, float] = json.loads(ended.stdout)
    return stages


def _again(house: House, feed: Path) -> dict[str, float]:
    """The same feed once more must not touch a row: neither insert, nor update, nor delete."""
    before = _fingerprint(house)
    stages = _import(house, feed)
    if _fingerprint(house) != before:
        raise Void("P5: sending the same feed again changed rows")
    return stages


def _fingerprint(house: House) -> list[Any]:
    """Of every row's place and the transaction that wrote it, in every table that a feed writes."""
    with house.superuser(OURS) as connection:
        return [
            connection.execute(
                f"SELECT count(*), sum(hashtextextended(ctid::text || xmin::text || xmax::text, 0))"
                f" FROM {table}"
            ).fetchone()
            for table in (*TABLES, "people_person", "contracts_contract", "audit_change")
        ]


# --- The control ---------------------------------------------------------------------------------


def _dump(house: House) -> None:
    """The rows as COPY reads them, household by household."""
    with house.superuser() as connection, connection.cursor() as cursor:
        for table, columns in TABLES.items():
            with (
                _file(table).open("wb") as out,
                cursor.copy(
                    f"COPY (SELECT {columns} FROM {table} ORDER BY household_id, id) TO STDOUT"
                ) as copy,
            ):
                out.writelines(copy)


def _copy(house: House) -> dict[str, float]:
    """One transaction, every key checked before it ends, as in the import."""
    with house.superuser(CONTROL) as connection, connection.cursor() as cursor:
        backend = connection.info.backend_pid
        cpu = time.process_time() + cpu_seconds(backend)
        began = time.perf_counter()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, columns in TABLES.items():
            with (
                _file(table).open("rb") as rows,
                cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
            ):
                while block := rows.read(1 << 16):
                    copy.write(block)
        connection.commit()
        took = time.perf_counter() - began
        return {"all": took, "cpu": time.process_time() + cpu_seconds(backend) - cpu}


def _file(table: str) -> Path:
    return HOME / f"{table}.copy"


def _check_same_rows(house: House) -> None:
    """Both must have stored the same, or they did not do the same work."""
    found = []
    for database in (OURS, CONTROL):
        with house.superuser(database) as connection:
            found.append(
                [
                    connection.execute(
                        "SELECT count(*), sum(hashtextextended(r::text, 0))"
                        f" FROM (SELECT {columns} FROM {table}) AS r"
                    ).fetchone()
                    for table, columns in _SAME.items()
                ]
            )
    if found[0] != found[1]:
        raise Void(f"P5: the import and the control stored different rows: {found}")


# --- The figure ----------------------------------------------------------------------------------


def _figure(
    imports: list[dict[str, float]],
    copies: list[dict[str, float]],
    again: dict[str, float],
    records: int,
) -> Figure:
    ratio = ratios([one["all"] for one in copies], [one["all"] for one in imports])
    cpu = ratios([one["cpu"] for one in copies], [one["cpu"] for one in imports])
    ours, control = (Spread(tuple(one["all"] for one in those)) for those in (imports, copies))
    stages = {name: Spread(tuple(one[name] for one in imports)).median for name in imports[0]}
    told = ", ".join(f"{name} {taken:.2f}" for name, taken in stages.items() if name != "all")
    with suppress(FileNotFoundError):
        for table in TABLES:
            _file(table).unlink()
    return Figure(
        "P5",
        "COPY into an identically constrained table / import of statements, time",
        f"{100 * ratio.median:.0f} % ({100 * min(ratio.values):.0f}–{100 * max(ratio.values):.0f})",
        f"≥ {100 * GOAL:.0f} %; again 0 rows",
        ratio.median >= GOAL,
        (
            f"ours {ours.told()} s, control {control.told()} s for {records:,} records"
            f" ({records / ours.median:,.0f} a second); by CPU {100 * cpu.median:.0f} %",
            f"ours by stage, seconds: {told}",
            f"sent again: 0 rows changed, {again['all']:.2f} s",
        ),
    )
