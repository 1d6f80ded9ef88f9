"""Kernel locks: the only record of who is alive that a killed process cannot leave wrong.

Four files under `HOME/postgres`, each with one meaning:

- `start.lock`, exclusive: one command at a time looks for the server, starts it and prepares it;
- `users.lock`, shared: held by each command that uses the server, for as long as it lives;
- `alive.lock`, exclusive: held by the supervisor;
- `server.lock`, exclusive: inherited by postgres and every backend, so free only when all are gone.
"""

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from havre.project.embedded.refusals import StillBusy, not_writable

_LOOK_EVERY_SECONDS = 0.02


class Lock:
    """A `flock` on a file. It belongs to the open descriptor: closing it, or dying, frees it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise not_writable(path, error) from error

    def take(self, *, shared: bool = False) -> bool:
        """Take the lock if it is free now; say whether it was."""
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self.descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait(self, *, seconds: float, shared: bool = False) -> Self:
        """Take the lock, waiting for it up to `seconds`. Refuses with `StillBusy`."""
        deadline = time.monotonic() + seconds
        while not self.take(shared=shared):
            if time.monotonic() > deadline:
                self.close()
                raise StillBusy(
                    f"{self.path} has been held by another process for {seconds:.0f} seconds. "
                    f"Find it with `fuser {self.path}`, let it end or stop it, then run this again."
                )
            time.sleep(_LOOK_EVERY_SECONDS)
        return self

    def close(self) -> None:
        """Give the lock back, if it was taken."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def is_held(path: Path) -> bool:
    """Say whether somebody holds the lock exclusively."""
    with Lock(path) as lock:
        return not lock.take(shared=True)
