"""Export a member's search as the web process does, and say how much memory it took."""

import json
import sys
from pathlib import Path

from havre.foundation.db.roles import Role
from havre.project.cli import starting


def main(session: str, kind: str) -> None:
    starting.start(Role.WEB)
    from django.test import Client

    from tests.bench.capture import cookie_of
    from tests.bench.pages import address

    client = Client(headers={"Cookie": cookie_of(session), "Host": "localhost"})
    # What the first page makes a process load is no part of the export.
    client.get(address("reimbursements"))
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before = _peak()
    answer = client.get(address(f"export-{kind}"))
    size = rows = 0
    for chunk in answer.streaming_content:  # type: ignore[attr-defined]
        size += len(chunk)
        rows += chunk.count(b"\r\n")
    told = {"status": answer.status_code, "before": before, "peak": _peak(), "size": size}
    print(json.dumps(told | {"rows": rows}))  # noqa: T201


def _peak() -> int:
    """The most that this process has held since its peak was reset, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main(*sys.argv[1:])
