"""The whole demo, started, killed and started again."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from tests.project.conftest import temporary_home
from tests.project.embedded_commands import nothing_left
from tests.project.test_cli import havre, without_settings

from havre.project.demo.accounts import accounts_file
from havre.project.installation import is_demo, open_installation

pytestmark = pytest.mark.slow
PATIENCE_SECONDS = 180.0


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with temporary_home() as folder:
        yield folder


@pytest.fixture(scope="module")
def port() -> int:
    """One that is free, and stays the same from one start to the next."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def demo(home: Path, port: int, *, log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", "havre.project.cli", "demo", "--port", str(port)],
            env={**without_settings(os.environ), "HAVRE_HOME": str(home)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                process.terminate()


def wait(what: str, happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.1)


def ready(log: Path, port: int) -> bool:
    return f"Havre is ready at http://localhost:{port}" in log.read_text()


def answers(port: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status
    finally:
        connection.close()


def of_this_home(home: Path) -> list[int]:
    """Processes that know this home: the commands, the web server's workers, PostgreSQL."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            told = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
            if str(home).encode() in told and int(process.name) != os.getpid():
                found.append(int(process.name))
    return found


def all_gone(home: Path) -> bool:
    return not of_this_home(home) and nothing_left(home)


def test_a_loading_that_is_killed_leaves_nothing_and_the_next_start_is_whole_and_stops_in_order(
    home, port, tmp_path
):
    log = tmp_path / "log"
    with demo(home, port, log=log) as process:
        wait("the data folder", (home / "postgres/cluster/data").exists)
        time.sleep(2.0)  # somewhere in the migrations or the loading
        process.kill()
    wait("the end of everything", lambda: all_gone(home))
    assert not ready(log, port)

    with demo(home, port, log=log) as process:
        wait("the demo", lambda: ready(log, port))
        assert answers(port) in {200, 302}
        written = json.loads(accounts_file(home).read_text())
        assert stat.S_IMODE(accounts_file(home).stat().st_mode) == 0o600
        assert written["url"] == f"http://localhost:{port}"
        assert set(written["member"]) == {"adherent_number", "password"}
        assert set(written["to_open"]) == {
            "adherent_number",
            "family_name",
            "first_name",
            "birth_date",
            "email",
        }
        assert written["member"]["password"] in log.read_text()
        examined = havre("doctor", HAVRE_HOME=str(home))
        assert [line for line in examined.stdout.splitlines() if line.startswith("!!")] == []
        assert examined.returncode == 0
        refused = havre("reset", HAVRE_HOME=str(home))
        assert refused.returncode == 1
        assert "is in use" in refused.stderr
        process.send_signal(signal.SIGINT)
        wait("the end of everything", lambda: process.poll() is not None and all_gone(home))
    assert "Traceback" not in log.read_text()


@pytest.fixture
def loaded(home: Path, port: int, tmp_path: Path) -> Path:
    """The home once it holds a demo: the test above leaves one, where the same process ran it."""
    if not accounts_file(home).exists():
        log = tmp_path / "loading"
        with demo(home, port, log=log) as process:
            wait("the demo", lambda: ready(log, port))
            process.send_signal(signal.SIGINT)
            wait("the end of everything", lambda: process.poll() is not None and all_gone(home))
    return home


@pytest.mark.parametrize("victim", ["launcher", "launcher and serve"])
def test_the_next_start_keeps_what_is_there_and_whatever_is_killed_nothing_is_left(
    loaded, port, tmp_path, victim
):
    home, log, before = loaded, tmp_path / "log", accounts_file(loaded).read_text()
    with demo(home, port, log=log) as process:
        wait("the demo", lambda: ready(log, port))
        assert accounts_file(home).read_text() == before
        for pid in victims(victim, process.pid):
            os.kill(pid, signal.SIGKILL)
        wait("the end of everything", lambda: process.poll() is not None and all_gone(home))


def test_reset_removes_the_data_and_nothing_else(loaded):
    home = loaded
    begun = open_installation({"HAVRE_HOME": str(home)})
    assert begun.server is not None
    assert is_demo(begun.server)
    begun.server.close()  # and stops when it has noticed, which reset waits for
    (home / "notes.txt").write_text("mine")
    (home / "documents").mkdir(exist_ok=True)
    (home / "documents" / "sealed").write_bytes(b"a certificate")
    assert havre("reset", HAVRE_HOME=str(home)).returncode == 0
    assert [path.name for path in home.iterdir()] == ["notes.txt"]


def victims(named: str, launcher: int) -> list[int]:
    children = Path(f"/proc/{launcher}/task/{launcher}/children").read_text().split()
    by_name = {
        Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")[3].decode(): int(child)
        for child in children
    }
    by_name["launcher"] = launcher
    return [by_name[name] for name in named.split(" and ")]
