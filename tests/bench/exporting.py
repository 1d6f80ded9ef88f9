"""What a long export takes of the memory of a web process."""

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from tests.bench.figures import Figure, Void
from tests.bench.house import ROOT, House
from tests.bench.members import Household

LINES = (1_000, 100_000)
MEGABYTES = 40


def measure(house: House, long: Sequence[Household]) -> Figure:
    """``long`` are the households with :data:`LINES` lines: what grows from one to the other is told."""
    found = {kind: [_exported(house, one, kind) for one in long] for kind in ("csv", "xlsx")}
    worst = max(few_many[-1]["grown"] for few_many in found.values())
    return Figure(
        "export",
        f"memory that an export of {LINES[-1]:,} lines adds to a web process",
        f"{worst:.0f} MB at most",
        f"≤ {MEGABYTES} MB",
        worst <= MEGABYTES,
        tuple(
            f"{kind}: {', '.join(_told(lines, one) for lines, one in zip(LINES, those, strict=True))}"
            for kind, those in found.items()
        ),
    )


def _exported(house: House, household: Household, kind: str) -> dict[str, Any]:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench.export_once", household.session, kind],
        env=house.settings(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(ended.stdout + ended.stderr)
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    if found["status"] != 200 or (kind == "csv" and found["rows"] < household.lines / 2):
        raise Void(f"export: {found}")
    return found | {"grown": (found["peak"] - found["before"]) / 1e6}


def _told(lines: int, one: dict[str, Any]) -> str:
    return (
        f"{lines:,} lines + {one['grown']:.1f} MB over {one['before'] / 1e6:.0f}"
        f" ({one['size'] / 1e6:.1f} MB of file)"
    )
