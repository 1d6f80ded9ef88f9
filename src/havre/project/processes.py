"""Child processes that live and die with the command that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

GRACE_SECONDS = 10.0
_LOOK_EVERY_SECONDS = 0.1
_FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(frozen=True)
class Command:
    """One program to run: its name for messages, arguments and additions to the environment."""

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str] | None = None


def run_together(commands: Sequence[Command], *, grace_seconds: float = GRACE_SECONDS) -> int:
    """Run the commands side by side until the first one ends; return the exit status of that one.

    SIGINT, SIGTERM and SIGHUP are passed on to every command. When one ends, the others are asked
    to stop, and killed with all they started after `grace_seconds`. When this process is killed,
    even by SIGKILL, the kernel sends SIGTERM to each command. A command killed by signal N gives
    128 + N. Call it from the main thread: signal handlers and the death signal both need it.
    """
    children: list[subprocess.Popen[bytes]] = []
    with _forwarding_signals_to(children):
        try:
            for command in commands:
                children.append(_spawn(command))  # noqa: PERF401 - one failing stops the rest
            return _status(_first_to_end(children))
        finally:
            _stop(children, grace_seconds)


def die_with_parent(sign: signal.Signals) -> Callable[[], None]:
    """Return a `preexec_fn` that has the kernel send `sign` to the child when its parent dies.

    A change of user forgets the request, so it must run after it: Popen does call it then. It is
    tied to the thread that spawns, which has to be one that lasts. Linux only; elsewhere it does
    nothing.
    """
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def ask_the_kernel() -> None:
        if prctl is None:
            return
        prctl(_PR_SET_PDEATHSIG, int(sign), 0, 0, 0)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask_the_kernel


def _spawn(command: Command) -> subprocess.Popen[bytes]:
    """Start one command in a process group of its own, so that all it starts can be stopped too."""
    return subprocess.Popen(  # noqa: S603 - the caller's own commands
        command.arguments,
        env={**os.environ, **(command.environment or {})},
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - no thread is running yet
    )


def _first_to_end(children: Sequence[subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    while True:
        for child in children:
            if child.poll() is not None:
                return child
        time.sleep(_LOOK_EVERY_SECONDS)


def _status(child: subprocess.Popen[bytes]) -> int:
    code = child.wait()
    return code if code >= 0 else 128 - code


def _stop(children: Sequence[subprocess.Popen[bytes]], grace_seconds: float) -> None:
    """Ask every group to stop, wait, then kill what is left, grandchildren included."""
    for child in children:
        _signal_group(child, signal.SIGTERM)
    deadline = time.monotonic() + grace_seconds
    while any(_group_lives(child) for child in children) and time.monotonic() < deadline:
        time.sleep(_LOOK_EVERY_SECONDS / 2)
    for child in children:
        _signal_group(child, signal.SIGKILL)
        child.wait()


def _group_lives(child: subprocess.Popen[bytes]) -> bool:
    child.poll()  # reaps it: a zombie still counts as a member of its group
    return _signal_group(child, 0)


def _signal_group(child: subprocess.Popen[bytes], sign: int) -> bool:
    """Send `sign` to the child's group; False when nobody is left in it."""
    try:
        os.killpg(child.pid, sign)
    except ProcessLookupError:
        return False
    except PermissionError:  # macOS answers so for a group of zombies
        return False
    return True


@contextmanager
def _forwarding_signals_to(children: Sequence[subprocess.Popen[bytes]]) -> Iterator[None]:
    def forward(number: int, _frame: FrameType | None) -> None:
        for child in children:
            if child.returncode is None:
                _signal_group(child, number)

    before = {sign: signal.signal(sign, forward) for sign in _FORWARDED}
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
