"""``python -m tests.bench``: every figure, in one table. ``python -m tests.bench P5`` measures some.

Ends with 0 whatever the figures are: they are no pass mark. Ends with 1 when a run is void.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from havre.foundation.db.roles import Role
from havre.project.cli import starting
from havre.project.installation import Installation
from tests.bench import house as houses
from tests.bench.figures import Figure, Void, tell
from tests.bench.processes import free_port, serving

HOUSEHOLDS = int(os.environ.get("BENCH_HOUSEHOLDS", "5000"))
LINES = int(os.environ.get("BENCH_LINES", "100000"))
KNOWN = (
    *("P1", "P2", "P3", "P4", "P5", "P8", "P9", "P10"),
    *("enumeration", "export", "papers"),
)


def main(asked: list[str]) -> int:
    wanted = asked or list(KNOWN)
    if unknown := set(wanted) - set(KNOWN):
        _say(f"{', '.join(sorted(unknown))}: not measured here. There are {', '.join(KNOWN)}.")
        return 2
    began = time.monotonic()
    port = free_port()
    house = houses.build(port)
    installation = Installation(house.environment, house.server)
    starting.enter(installation)
    starting.start(Role.WEB, installation=installation)
    try:
        figures = _measured(house, port, wanted)
    except Void as void:
        _say(f"The run is void. {void}")
        return 1
    tell(sorted(figures, key=lambda one: KNOWN.index(one.number)), _say)
    _say(f"{HOUSEHOLDS:,} households, {LINES:,} lines; {time.monotonic() - began:.0f} s in all")
    return 0


def _measured(house: houses.House, port: int, wanted: list[str]) -> list[Figure]:
    """Those that need the database to themselves first, those of the web server after."""
    # Django is ready from here on, and these read its models.
    from tests.bench import (
        certificates,
        enumeration,
        exporting,
        importing,
        members,
        page_cost,
        papers,
        phone,
        row_security,
        search,
        statement_counts,
        statements,
    )

    day = datetime.now(UTC).date()
    figures: list[Figure] = []

    def measure(number: str, figure: Callable[[], Figure | tuple[Figure, ...]]) -> None:
        if number in wanted:
            began = time.monotonic()
            told = figure()
            figures.extend(told if isinstance(told, tuple) else (told,))
            _doing(f"{number}: measured in {time.monotonic() - began:.0f} s")

    measure("P8", certificates.measure)
    measure("P3", lambda: search.measure(house, day=day))
    if set(wanted) <= {"P3", "P8"}:
        return figures
    lists = (
        (*statement_counts.ROWS, *exporting.LINES) if "export" in wanted else statement_counts.ROWS
    )
    made = members.households(HOUSEHOLDS, LINES, special=lists)
    ordinary, special = made[:HOUSEHOLDS], made[HOUSEHOLDS:]
    special, long = special[:3], special[3:]
    _doing("Putting the households in…")
    with house.superuser() as connection:
        members.put_in(connection, made, day=day)
    row_security.close_pool()
    house.copy(importing.MEMBERS_ONLY)
    with house.superuser() as connection:
        statements.copy_rows(connection, made, day=day)
    house.analyse()
    measure("P2", lambda: statement_counts.measure(house, special))
    measure("P4", lambda: row_security.measure(house, ordinary))
    measure("P5", lambda: importing.measure(house, made, day=day))
    measure("enumeration", lambda: enumeration.measure(house, ordinary))
    measure("export", lambda: exporting.measure(house, long))
    with serving(
        ["havre.project.cli", "serve", "--port", str(port)], port=port, environment=house.settings()
    ) as ours:
        measure("P1", lambda: page_cost.measure(house, ours, ordinary))
        measure("P9", lambda: phone.measure(house, ours, ordinary[0]))
        measure("papers", lambda: papers.measure(house, ours, ordinary[0]))
        measure("P10", lambda: phone.measure_memory(ours))
    return figures


def _doing(what: str) -> None:
    print(what, file=sys.stderr, flush=True)  # noqa: T201


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
