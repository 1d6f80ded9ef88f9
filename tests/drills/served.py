"""A real web server of ours: asked over HTTP, killed, and left to come back by itself."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from havre.project.installation import SETTING_OF
from tests.bench.processes import free_port
from tests.database import address

CSRF = "drill" * 6 + "ab"  # a browser's own secret, given back: 32 letters
_READY_WITHIN_SECONDS = 90


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: str


@dataclass(frozen=True)
class Browser:
    """One signed-in member; each request is a connection of its own, as after a lost network."""

    port: int
    session: str

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, "")

    def post(
        self, path: str, values: Mapping[str, str], *, heard: Callable[[], object] = bool
    ) -> Answer:
        """``heard`` is called before the answer is read: it may wait, or raise to hang up."""
        told = urlencode({**values, "csrfmiddlewaretoken": CSRF})
        return self._ask("POST", path, told, heard)

    def _ask(self, method: str, path: str, body: str, heard: Callable[[], object] = bool) -> Answer:
        """Raises ``OSError`` or ``HTTPException`` where no whole answer comes."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(
                method,
                path,
                body=body or None,
                headers={
                    "Host": f"localhost:{self.port}",
                    "Cookie": f"havre-session={self.session}; havre-csrf={CSRF}",
                    "Content-Type": "application/x-www-form-urlencoded",
                },
            )
            heard()
            answer = line.getresponse()
            return Answer(answer.status, answer.headers.get("Location", ""), answer.read().decode())
        finally:
            line.close()


class Server:
    """``havre serve``, whose one worker answers; killed, the server starts another.

    Killed twice within seconds, the server ends, and is started again by whoever watches over it.
    """

    def __init__(self, program: str, database: str) -> None:
        self.port, self.starts = free_port(), 0
        self._words = [sys.executable, "-m", program, "serve", "--port", str(self.port)]
        self._environment = _environment(database)
        self._start()

    def _start(self) -> None:
        self.starts += 1
        self._process = subprocess.Popen(
            self._words,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def watch_over(self) -> None:
        """What the service manager of docs/operations.md does: ``Restart=always``."""
        if self._process.poll() is not None:
            self._start()

    def ready(self) -> None:
        deadline = time.monotonic() + _READY_WITHIN_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            if self._answers():
                return
            time.sleep(0.05)
        raise AssertionError("the server did not start")

    def _answers(self) -> bool:
        try:
            Browser(self.port, "")._ask("GET", "/", "")
        except (OSError, HTTPException):
            return False
        return True

    def worker(self) -> int:
        """The process that answers."""
        (found,) = [
            int(one.parent.name)
            for one in Path("/proc").glob("[0-9]*/stat")
            if self._answers_for_us(one.parent)
        ]
        return found

    def _answers_for_us(self, process: Path) -> bool:
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            return int(fields[1]) == self._process.pid and b"spawn_main" in (
                (process / "cmdline").read_bytes()
            )
        except (FileNotFoundError, ProcessLookupError):  # it ended since
            return False

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _environment(database: str) -> dict[str, str]:
    addresses = {name: address(database, role) for role, name in SETTING_OF.items()}
    return {**os.environ, **addresses}


@contextmanager
def serving(database: str, *, program: str = "havre.project.cli") -> Iterator[Server]:
    """The member space on this database; ``program`` is ours, or ours with something taken away."""
    server = Server(program, database)
    try:
        server.ready()
        yield server
    finally:
        server.stop()
