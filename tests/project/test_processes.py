"""Programs that run together: they start, stop and die as one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

_RUNNER = """
import sys
from pathlib import Path
from havre.project.processes import Command, run_together

folder = Path(sys.argv[1])
programs = sys.argv[2:]
commands = [
    Command(f"child {n}", (sys.executable, "-c", text), {"MARK": str(folder / f"{n}")})
    for n, text in enumerate(programs)
]
sys.exit(run_together(commands, grace_seconds=1))
"""

# Each tells that it is there by writing its process id to $MARK.
_STAYS = """
import os, time
open(os.environ["MARK"], "w").write(str(os.getpid()))
time.sleep(60)
"""
_TELLS_THE_SIGNAL = """
import os, signal, sys, time
def told(number, frame):
    open(os.environ["MARK"] + ".signal", "a").write(str(number) + " ")
    time.sleep(0.3)
    sys.exit(7)
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, told)
open(os.environ["MARK"], "w").write(str(os.getpid()))
time.sleep(60)
"""
_IGNORES_SIGNALS_AND_HAS_A_CHILD = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen(["sleep", "60"])
open(os.environ["MARK"] + ".child", "w").write(str(child.pid))
open(os.environ["MARK"], "w").write(str(os.getpid()))
time.sleep(60)
"""
_ENDS_WITH_3 = """
import os, sys, time
while not os.path.exists(os.environ["MARK"][:-1] + "0"):
    time.sleep(0.02)
sys.exit(3)
"""


class Together:
    """A runner under test and the marks its children leave."""

    def __init__(self, folder: Path, *programs: str) -> None:
        self.folder = folder
        self.runner = subprocess.Popen([sys.executable, "-c", _RUNNER, folder, *programs])

    def pid(self, mark: str) -> int:
        _wait_for(lambda: self._read(mark), f"child {mark}")
        return int(self._read(mark))

    def _read(self, mark: str) -> str:
        try:
            return (self.folder / mark).read_text()
        except FileNotFoundError:
            return ""

    def status(self) -> int:
        return self.runner.wait(timeout=10)


def _wait_for(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.02)


def _gone(pid: int) -> bool:
    """Say whether the process has ended; a zombie has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.fixture
def together(tmp_path: Path) -> Iterator[Callable[..., Together]]:
    started: list[Together] = []

    def start(*programs: str) -> Together:
        started.append(Together(tmp_path, *programs))
        return started[-1]

    yield start
    for one in started:
        one.runner.kill()
        one.runner.wait()


def test_one_that_ends_stops_the_others_and_gives_its_status(
    together: Callable[..., Together],
) -> None:
    run = together(_STAYS, _ENDS_WITH_3)
    other = run.pid("0")
    assert run.status() == 3
    assert _gone(other)


def test_one_that_is_killed_gives_the_status_a_shell_would(
    together: Callable[..., Together],
) -> None:
    run = together(_STAYS, _STAYS)
    victim, other = run.pid("0"), run.pid("1")
    os.kill(victim, signal.SIGKILL)
    assert run.status() == 128 + signal.SIGKILL
    assert _gone(other)


def test_one_that_cannot_start_leaves_none_of_the_others(tmp_path: Path) -> None:
    runner = """
import sys
from havre.project.processes import Command, run_together
run_together([Command("a", (sys.executable, "-c", sys.argv[2])), Command("b", ("/no/such",))])
"""
    mark = tmp_path / "0"
    done = subprocess.run(
        [sys.executable, "-c", runner, tmp_path, _STAYS],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "MARK": str(mark)},
        timeout=10,
    )
    assert "/no/such" in done.stderr
    assert not mark.exists() or _gone(int(mark.read_text()))


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_stop_reaches_every_command(
    sign: signal.Signals, together: Callable[..., Together], tmp_path: Path
) -> None:
    run = together(_TELLS_THE_SIGNAL, _TELLS_THE_SIGNAL.replace("0.3", "0.8"))
    children = [run.pid("0"), run.pid("1")]
    run.runner.send_signal(sign)
    assert run.status() == 7
    assert all(_gone(child) for child in children)
    # Once each: a second signal would cut short an orderly stop.
    assert [(tmp_path / f"{n}.signal").read_text() for n in (0, 1)] == [f"{int(sign)} "] * 2


def test_one_that_will_not_stop_is_killed_with_its_own_children(
    together: Callable[..., Together],
) -> None:
    run = together(_IGNORES_SIGNALS_AND_HAS_A_CHILD, _ENDS_WITH_3)
    stubborn, grandchild = run.pid("0"), run.pid("0.child")
    assert run.status() == 3
    _wait_for(lambda: _gone(stubborn) and _gone(grandchild), "both ends")


def test_killing_the_runner_stops_every_command(together: Callable[..., Together]) -> None:
    run = together(_STAYS, _TELLS_THE_SIGNAL)
    children = [run.pid("0"), run.pid("1")]
    run.runner.kill()
    run.runner.wait()
    _wait_for(lambda: all(_gone(child) for child in children), "the children's end")
