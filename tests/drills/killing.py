"""Where in its work a process is killed: the same places for the same seed."""

import os
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.database import watching

_WITHIN_SECONDS = 10.0
_WAITERS = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()
"""


def places(known: Sequence[str], *, number: int, seed: int) -> list[str]:
    """Each place as often as the others, in an order of its own."""
    drawn = [known[place % len(known)] for place in range(number)]
    random.Random(seed).shuffle(drawn)  # noqa: S311  # the same for the same seed
    return drawn


@contextmanager
def held(database: str, table: str) -> Iterator[None]:
    """Nobody writes to this table meanwhile: whoever comes to it stands there."""
    with watching(database) as holder, holder.transaction():
        holder.execute(
            sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(sql.Identifier(table))
        )
        yield


def waiters(watcher: "psycopg.Connection[Any]", *, seconds: float = _WITHIN_SECONDS) -> list[int]:
    """The database's own processes that stand before a lock, once there are any."""
    deadline = time.monotonic() + _WITHIN_SECONDS
    while time.monotonic() < deadline:
        if found := [int(row[0]) for row in watcher.execute(_WAITERS)]:
            return found
        time.sleep(0.002)
    raise AssertionError("nobody came to the lock")


class Log:
    """What a client attempted and what it was told, outside the system and durable."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._path = path

    def tell(self, what: str, about: object) -> None:
        os.write(self._file, f"{what} {about}\n".encode())
        os.fsync(self._file)

    def told(self, what: str) -> list[str]:
        lines = (line.split(" ", 1) for line in self._path.read_text().splitlines())
        return [about for said, about in lines if said == what]
