"""The supervisor: runs one postgres for as long as some command uses it, then stops it.

`python -m havre.project.embedded.supervise [--fast] HOME`, started by `ensure`. On standard output
it answers one line, `{"socket_dir": …}` or `{"refused": …}`; then it waits for `go` on standard
input, by which the launcher says that the databases are prepared. An end of file instead of `go`
means that the launcher was killed: nothing is prepared, so the server stops and the next command
begins again.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from havre.project.embedded import account, cluster, passwords, postgres, programs
from havre.project.embedded.folders import Folders
from havre.project.embedded.locks import Lock
from havre.project.embedded.refusals import EmbeddedServerRefusal, not_writable, to_line

_FORMER_SUPERVISOR_SECONDS = 150.0
_LOOK_EVERY_SECONDS = 0.2


class _Stopping:
    """Remembers that a signal asked this process to stop."""

    def __init__(self) -> None:
        self.asked = False
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def main(arguments: list[str]) -> int:
    _leave_the_launcher()
    folders = Folders(Path(arguments[-1]))
    fast = "--fast" in arguments[:-1]
    try:
        with (
            Lock(folders.alive_lock).wait(seconds=_FORMER_SUPERVISOR_SECONDS),
            Lock(folders.server_lock).wait(seconds=_FORMER_SUPERVISOR_SECONDS) as server_lock,
        ):
            _supervise(folders, server_lock=server_lock, fast=fast, stopping=_Stopping())
    except EmbeddedServerRefusal as refusal:
        _answer(to_line(refusal))
        return 1
    except OSError as error:
        _answer(to_line(not_writable(folders.base, error)))
        return 1
    return 0


def _leave_the_launcher() -> None:
    """Become nobody's child, so that the launcher has no process of ours to wait for."""
    if os.fork() != 0:
        os._exit(0)
    os.chdir("/")
    os.umask(0o077)


def _supervise(folders: Folders, *, server_lock: Lock, fast: bool, stopping: _Stopping) -> None:
    user = account.choose(folders.cluster)
    installed = programs.find(user)
    place = cluster.place(folders, user)
    cluster.initialise(
        place,
        programs=installed,
        account=user,
        password=passwords.load_or_create(folders)[passwords.SUPERUSER],
        server_lock=server_lock,
        fast=fast,
    )
    socket_folder = cluster.socket_folder(place, user)
    _begin_log(folders.log)
    process = postgres.start(
        place,
        socket_folder=socket_folder,
        folders=folders,
        programs=installed,
        account=user,
        server_lock=server_lock,
        fast=fast,
    )
    try:
        postgres.wait_until_ready(
            process, cluster=place, folders=folders, stopping=lambda: stopping.asked
        )
        address = json.dumps({"socket_dir": str(socket_folder), "port": cluster.PORT})
        if _answer(address) and _told_to_go(process, stopping):
            passwords.write_private(folders.address, address)
            _stay_while_used(folders, process, stopping)
    finally:
        postgres.stop(process)


def _begin_log(log: Path) -> None:
    """Keep the log of the run before this one, and no more."""
    if log.exists():
        log.replace(log.with_name(log.name + ".1"))
    log.touch(mode=0o600)


def _answer(line: str) -> bool:
    """Tell the launcher; say whether it was still there to hear."""
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        return False
    return True


def _told_to_go(process: subprocess.Popen[bytes], stopping: _Stopping) -> bool:
    while process.poll() is None and not stopping.asked:
        if select.select([sys.stdin], [], [], _LOOK_EVERY_SECONDS)[0]:
            return sys.stdin.readline() == "go\n"
    return False


def _stay_while_used(
    folders: Folders, process: subprocess.Popen[bytes], stopping: _Stopping
) -> None:
    """Return when postgres died, a signal came, or no command holds `users.lock` any more.

    In the last case the lock is kept to the end of this process, so that a command which arrives
    now waits for the stop and then starts a server of its own.
    """
    users = Lock(folders.users_lock)
    while process.poll() is None and not stopping.asked and not users.take():
        time.sleep(_LOOK_EVERY_SECONDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
