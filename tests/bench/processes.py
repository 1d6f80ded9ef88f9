"""Web servers to measure: started alone, asked over one kept-alive connection, read from /proc."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

_READY_WITHIN_SECONDS = 240
_TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running web server with one worker process."""

    port: int
    process: "subprocess.Popen[bytes]"
    worker: int
    _line: HTTPConnection | None = None

    def get(self, path: str, *, cookie: str = "") -> bytes:
        """The body of an answer 200; anything else is an error here."""
        if self._line is None:
            self._line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Host": f"localhost:{self.port}", "Cookie": cookie, "Accept-Encoding": "gzip"}
        self._line.request("GET", path, headers=headers)
        answer = self._line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: status {answer.status} {answer.headers.get('Location')}")
        return body


@contextmanager
def serving(words: list[str], *, port: int, environment: Mapping[str, str]) -> Iterator[Server]:
    """The server that ``python -m words…`` runs, once it answers; stopped at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", *words], env=dict(environment), stdout=subprocess.DEVNULL
    )
    try:
        _wait_until_answers(process, port)
        yield Server(port, process, _worker_of(process.pid))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def cpu_seconds(process: int) -> float:
    """User and system time that a process has used so far; to the nanosecond where the kernel counts
    so, and no thread ends meanwhile."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    coarse = (int(fields[11]) + int(fields[12])) / _TICKS
    try:
        threads = list(Path(f"/proc/{process}/task").glob("*/schedstat"))
        fine = sum(int(one.read_text().split()[0]) for one in threads) / 1e9
    except (FileNotFoundError, ProcessLookupError):
        return coarse
    return fine or coarse


def memory(process: int) -> dict[str, int]:
    """Bytes of a process: ``Pss`` (what is shared counted in part), ``Private``, ``Rss``."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines}
    private = sizes["Private_Clean"] + sizes["Private_Dirty"]
    return {"Pss": sizes["Pss"], "Private": private, "Rss": sizes["Rss"]}


def _wait_until_answers(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        line = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            line.request("GET", "/", headers={"Host": f"localhost:{port}"})
            line.getresponse()
        except (OSError, HTTPException):
            time.sleep(0.1)
        else:
            return
        finally:
            line.close()
    raise RuntimeError(f"the server on port {port} did not start")


def _worker_of(parent: int) -> int:
    """The one child that serves, as multiprocessing names it."""
    processes = (int(one.name) for one in Path("/proc").iterdir() if one.name.isdecimal())
    serving = [one for one in processes if _serves(one, parent)]
    if len(serving) != 1:
        raise RuntimeError(f"one worker process is expected, {len(serving)} run")
    return serving[0]


def _serves(process: int, parent: int) -> bool:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (
            int(fields[1]) == parent
            and b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
        )
    except (FileNotFoundError, ProcessLookupError):  # it has ended since
        return False
