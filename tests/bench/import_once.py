"""Import one feed of statements as ``havre import statements`` does, and say how long each stage took."""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

from havre.foundation.db.roles import Role
from havre.project.cli import starting
from tests.bench.processes import cpu_seconds

stages: dict[str, float] = {}


def timed(owner: Any, name: str, stage: str) -> None:
    """Count the time of a function under a stage; stages do not hold one another."""
    function: Callable[..., Any] = getattr(owner, name)

    @wraps(function)
    def counted(*args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            stages[stage] = stages.get(stage, 0.0) + time.perf_counter() - began

    setattr(owner, name, counted)


def main(feed: Path) -> None:
    starting.start(Role.WORKER)
    from django.db import connection

    from havre.foundation.db.intake import Intake
    from havre.journeys.loading import load, statements
    from havre.project.cli import loading

    timed(loading, "gather", "read and check")
    timed(load, "resolve", "look up")
    timed(Intake, "_stage", "stage")
    timed(statements, "_refuse_wrong_totals", "totals")
    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    now = datetime.now(UTC)
    cpu = time.process_time() + cpu_seconds(backend)
    began = time.perf_counter()
    loading.load_feed([feed], "statements", dry_run=False, today=now.date(), now=now)
    took = time.perf_counter() - began
    cpu = time.process_time() + cpu_seconds(backend) - cpu
    known = sum(stages.values())
    print(json.dumps({"all": took, **stages, "compare, insert, commit": took - known, "cpu": cpu}))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
