"""One run of the postgres program: its options, its start, its end."""

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from havre.project.embedded.account import Account
from havre.project.embedded.cluster import PORT, Cluster, clean_environment
from havre.project.embedded.folders import Folders
from havre.project.embedded.locks import Lock
from havre.project.embedded.programs import Programs
from havre.project.embedded.refusals import StartFailed
from havre.project.processes import die_with_parent

_READY_WITHIN_SECONDS = 300.0  # replaying the log after a crash can take minutes
_STOP_WITHIN_SECONDS = 60.0
_LOOK_EVERY_SECONDS = 0.02
_STATUS_LINE = 7  # of postmaster.pid: LOCK_FILE_LINE_PM_STATUS in miscadmin.h, counted from 0

_OPTIONS = {
    "port": str(PORT),
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "dynamic_shared_memory_type": "mmap",
    # Statements, and the values in error messages, are personal data: they stay out of the log.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_THROW_AWAY_OPTIONS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def start(
    cluster: Cluster,
    *,
    socket_folder: Path,
    folders: Folders,
    programs: Programs,
    account: Account,
    server_lock: Lock,
    fast: bool,
) -> subprocess.Popen[bytes]:
    """Start postgres as a child that stops when we die, and holds `server_lock` to its end.

    Call it from the main thread, and only while holding `server_lock`: that proves that whatever a
    former server left behind (a process id that a zombie still has, for instance) means nothing.
    """
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (socket_folder / name).unlink(missing_ok=True)
    options = {**_OPTIONS, **(_THROW_AWAY_OPTIONS if fast else {})}
    options["unix_socket_directories"] = _quoted_in_list(socket_folder)
    with folders.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own words
            [
                programs.postgres,
                f"-D{cluster.data}",
                *(f"-c{name}={value}" for name, value in options.items()),
            ],
            cwd="/",
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(server_lock.descriptor,),
            umask=0o077,
            preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509 - SIGINT is its fast shutdown
            **account.popen_user(),
        )


def _quoted_in_list(folder: Path) -> str:
    escaped = str(folder).replace('"', '""')
    return f'"{escaped}"'


def wait_until_ready(
    process: subprocess.Popen[bytes],
    *,
    cluster: Cluster,
    folders: Folders,
    stopping: Callable[[], bool],
) -> None:
    """Wait until postgres takes connections. Refuses with `StartFailed` and the end of its log."""
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    while not _says_ready(cluster.data / "postmaster.pid"):
        if process.poll() is not None or stopping() or time.monotonic() > deadline:
            raise StartFailed(
                "PostgreSQL did not start. Mend what its log says (free some space if the disk is "
                f"full), then run this again. {folders.end_of_log()}"
            )
        time.sleep(_LOOK_EVERY_SECONDS)


def _says_ready(pid_file: Path) -> bool:
    try:
        lines = pid_file.read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) > _STATUS_LINE and lines[_STATUS_LINE].strip() == "ready"


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop postgres: connections are ended, data are written; without that if it takes too long."""
    for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(sign)
        try:
            process.wait(timeout=_STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            continue
