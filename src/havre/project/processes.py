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
    group = _Group(grace_seconds)
    with group.receiving_signals():
        try:
            for command in commands:
                group.start(command)
            return group.first_status()
        finally:
            group.stop()


def die_with_parent(sign: signal.Signals, *, parent: int | None = None) -> Callable[[], None]:
    """Return a `preexec_fn` that has the kernel send `sign` to the child when its parent dies.

    A change of user forgets the request, so it must run after it: Popen does call it then. It is
    tied to the thread that spawns, which has to be one that lasts. Linux only; elsewhere it does
    nothing. A child that is there already may call it itself, and names its `parent`.
    """
    expected = os.getpid() if parent is None else parent
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def ask_the_kernel() -> None:
        if prctl is None:
            return
        prctl(_PR_SET_PDEATHSIG, int(sign), 0, 0, 0)
        if os.getppid() != expected:  # it died before we asked
            os._exit(1)

    return ask_the_kernel


class _Group:
    """The commands that run together, each in a process group with all it starts."""

    def __init__(self, grace_seconds: float) -> None:
        self._grace_seconds = grace_seconds
        self._children: list[subprocess.Popen[bytes]] = []
        self._asked_to_stop = False

    def start(self, command: Command) -> None:
        child = subprocess.Popen(  # noqa: S603 - the caller's own commands
            command.arguments,
            env={**os.environ, **(command.environment or {})},
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - no thread is running yet
        )
        self._children.append(child)

    def first_status(self) -> int:
        """Wait for the first command to end."""
        while True:
            for child in self._children:
                code = child.poll()
                if code is not None:
                    return code if code >= 0 else 128 - code
            time.sleep(_LOOK_EVERY_SECONDS)

    @contextmanager
    def receiving_signals(self) -> Iterator[None]:
        """Pass on signals to stop, except those that this process was started to ignore."""
        before = {sign: signal.getsignal(sign) for sign in _FORWARDED}
        received = [sign for sign, handler in before.items() if handler is not signal.SIG_IGN]
        for sign in received:
            signal.signal(sign, self._pass_on)
        try:
            yield
        finally:
            for sign in received:
                signal.signal(sign, before[sign])

    def _pass_on(self, sign: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True
        for child in self._children:
            _signal_group(child, sign)

    def stop(self) -> None:
        """Ask every command to stop, once; wait; then kill what is left, grandchildren included."""
        if not self._asked_to_stop:  # a second signal would cut short an orderly stop
            self._pass_on(signal.SIGTERM, None)
        deadline = time.monotonic() + self._grace_seconds
        while any(map(_group_lives, self._children)) and time.monotonic() < deadline:
            time.sleep(_LOOK_EVERY_SECONDS / 2)
        for child in self._children:
            _signal_group(child, signal.SIGKILL)
            child.wait()


def _group_lives(child: subprocess.Popen[bytes]) -> bool:
    child.poll()  # reaps it: a zombie still counts as a member of its group
    return _signal_group(child, 0)


def _signal_group(child: subprocess.Popen[bytes], sign: int) -> bool:
    """Send `sign` to the child's group; False when nobody is left in it."""
    try:
        os.killpg(child.pid, sign)
    except (ProcessLookupError, PermissionError):  # macOS: not permitted on a group of zombies
        return False
    return True
