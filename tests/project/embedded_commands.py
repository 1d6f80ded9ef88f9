"""Commands that use the embedded server, for the tests to start, watch and kill."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from havre.project.embedded.folders import Folders
from havre.project.embedded.locks import is_held

PATIENCE_SECONDS = 15.0

_COMMAND = """
import sys, time
from pathlib import Path
import psycopg
from havre.project.embedded import ensure

home, prepare_seconds, stay = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3] == "stay"

def prepare(dsn, passwords):
    with (home / "prepared").open("a") as file:
        file.write("once\\n")
    time.sleep(prepare_seconds)

server = ensure(home, fast=True, on_first_start=prepare)
connection = psycopg.connect(server.superuser_dsn, autocommit=True)
print(connection.execute("SELECT pg_postmaster_start_time()").fetchone()[0], flush=True)
if stay:
    time.sleep(120)
"""


@contextmanager
def command(
    home: Path,
    *,
    stay: bool = False,
    prepare_seconds: float = 0,
    launched_by: tuple[str, ...] = (sys.executable,),
    environment: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[str]]:
    """Start a command that asks for the server and prints when that server was started."""
    with subprocess.Popen(
        [*launched_by, "-c", _COMMAND, home, str(prepare_seconds), "stay" if stay else "leave"],
        stdout=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> str:
    """Wait for the line that the command prints once it is connected."""
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], PATIENCE_SECONDS)[0], "waited in vain for a line"
    return process.stdout.readline().strip()


def wait_for(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.02)


@dataclass(frozen=True)
class Processes:
    """The process ids of a live server, as the kernel tells them."""

    supervisor: int
    postmaster: int
    all_of_postgres: frozenset[int]


def processes_of(home: Path) -> Processes:
    folders = Folders(home)
    holders = _holders(folders.server_lock)
    supervisor = next(iter(_holders(folders.alive_lock)))
    postmaster = int((folders.cluster / "data/postmaster.pid").read_text().split()[0])
    return Processes(supervisor, postmaster, frozenset(holders - {supervisor}))


def nothing_left(home: Path) -> bool:
    """Say whether no supervisor and no process of postgres is left."""
    folders = Folders(home)
    if is_held(folders.alive_lock) or is_held(folders.server_lock):
        return False
    return not _holders(folders.server_lock)


def kill(*victims: int) -> None:
    for victim in victims:
        with suppress(ProcessLookupError):  # gone with another victim
            os.kill(victim, signal.SIGKILL)


def _holders(path: Path) -> set[int]:
    """Return the processes that have the file open."""
    return {int(process.name) for process in Path("/proc").glob("[0-9]*") if _has(process, path)}


def _has(process: Path, path: Path) -> bool:
    try:
        return any(link.readlink() == path for link in (process / "fd").iterdir())
    except OSError:  # ended while we looked, or somebody else's
        return False
