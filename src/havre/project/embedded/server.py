"""Ask for the embedded PostgreSQL, and hold on to it."""

import json
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast
from urllib.parse import quote

from havre.project.embedded import passwords as password_file
from havre.project.embedded.folders import Folders
from havre.project.embedded.locks import Lock, is_held
from havre.project.embedded.refusals import (
    OtherDurability,
    StartFailed,
    StillBusy,
    from_answer,
)

OnFirstStart = Callable[[str, Mapping[str, str]], None]

_WAIT_SECONDS = 300.0  # for another command that is starting and preparing the server
_LOOK_EVERY_SECONDS = 0.05
_ANSWER_SECONDS = 5.0
# The shortest question of the protocol (message formats, SSLRequest): its length and its code.
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)


@dataclass
class EmbeddedServer:
    """A live server, kept alive for as long as this object, or the process that made it, lives."""

    home: Path
    socket_dir: Path
    port: int
    passwords: Mapping[str, str] = field(repr=False)
    _users_lock: Lock = field(repr=False)

    def dsn(self, user: str, database: str, password: str | None = None) -> str:
        """Return a `postgresql://` address for psycopg, with the role's own password by default."""
        secret = self.passwords[user] if password is None else password
        return (
            f"postgresql://{_quoted(user)}:{_quoted(secret)}@/{_quoted(database)}"
            f"?host={_quoted(self.socket_dir)}&port={self.port}"
        )

    @property
    def superuser_dsn(self) -> str:
        """The superuser's address, on the database `postgres`."""
        return self.dsn(password_file.SUPERUSER, "postgres")

    def answers(self) -> bool:
        """Say whether postgres itself answers: a socket takes calls for a moment after a kill."""
        with socket.socket(socket.AF_UNIX) as call:
            call.settimeout(_ANSWER_SECONDS)
            try:
                call.connect(str(self.socket_dir / f".s.PGSQL.{self.port}"))
                call.sendall(_SSL_REQUEST)
                return call.recv(1) != b""
            except OSError:
                return False

    def close(self) -> None:
        """Say that this process no longer uses the server, which stops with its last user."""
        self._users_lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _quoted(part: object) -> str:
    return quote(str(part), safe="")


def ensure(
    home: Path, *, fast: bool = False, on_first_start: OnFirstStart | None = None
) -> EmbeddedServer:
    """Return the server of `home`, started if it was not running.

    `on_first_start(superuser_dsn, passwords)` prepares it (roles, databases), once for each start
    of the server and before any other command can join; it must be able to run again on what it
    prepared before. With `fast`, writes are not made durable: for throw-away servers of tests, and
    only on a home that was made so. Refuses with a subclass of `EmbeddedServerRefusal`, whose text
    names the remedy.
    """
    folders = Folders(home.absolute())
    folders.make()
    with Lock(folders.start_lock).wait(seconds=_WAIT_SECONDS):
        _check_durability(folders, fast=fast)
        passwords = password_file.load_or_create(folders)
        users_lock = Lock(folders.users_lock).wait(shared=True, seconds=_WAIT_SECONDS)
        try:
            return _join(folders, passwords, users_lock) or _start(
                folders, passwords, users_lock, fast=fast, prepare=on_first_start
            )
        except BaseException:
            users_lock.close()
            raise


def _check_durability(folders: Folders, *, fast: bool) -> None:
    """A home is for throw-away servers from its first start, or never."""
    if fast and not folders.cluster.exists():
        folders.throw_away.touch()
    if fast != folders.throw_away.exists():
        kind = "lasting data" if fast else "the data of a throw-away server"
        raise OtherDurability(
            f"{folders.base} holds {kind}. Choose another folder, or move this one away."
        )


def _join(
    folders: Folders, passwords: Mapping[str, str], users_lock: Lock
) -> EmbeddedServer | None:
    """Return the live server, or None when there is no supervisor.

    A supervisor without a server that answers is one that is about to end: its launcher was killed
    before it was prepared, or its postgres has died.
    """
    deadline = time.monotonic() + _WAIT_SECONDS
    while is_held(folders.alive_lock):
        server = _published(folders, passwords, users_lock)
        if server is not None and server.answers():
            return server
        if time.monotonic() > deadline:
            raise StillBusy(
                f"The PostgreSQL of {folders.home} is neither up nor down. Stop the process that "
                f"`fuser {folders.alive_lock}` names, then run this again."
            )
        time.sleep(_LOOK_EVERY_SECONDS)
    return None


def _published(
    folders: Folders, passwords: Mapping[str, str], users_lock: Lock
) -> EmbeddedServer | None:
    try:
        address = json.loads(folders.address.read_text())
    except FileNotFoundError:
        return None
    return _server(folders, address, passwords, users_lock)


def _server(
    folders: Folders, address: dict[str, str], passwords: Mapping[str, str], users_lock: Lock
) -> EmbeddedServer:
    return EmbeddedServer(
        home=folders.home,
        socket_dir=Path(address["socket_dir"]),
        port=int(address["port"]),
        passwords=passwords,
        _users_lock=users_lock,
    )


def _start(
    folders: Folders,
    passwords: Mapping[str, str],
    users_lock: Lock,
    *,
    fast: bool,
    prepare: OnFirstStart | None,
) -> EmbeddedServer:
    """Spawn a supervisor, prepare its server, and let others join it."""
    folders.address.unlink(missing_ok=True)
    with _spawn_supervisor(folders, fast=fast) as supervisor:
        line = cast(IO[str], supervisor.stdout).readline()
        if not line:
            raise StartFailed(
                "The process that looks after PostgreSQL ended without a word. "
                + folders.end_of_log()
            )
        answer = json.loads(line)
        if "refused" in answer:
            raise from_answer(answer)
        server = _server(folders, answer, passwords, users_lock)
        if prepare is not None:
            prepare(server.superuser_dsn, passwords)
        _let_go(cast(IO[str], supervisor.stdin), folders)
    return server


def _let_go(pipe: IO[str], folders: Folders) -> None:
    """Tell the supervisor that the server is prepared and that others may join."""
    try:
        pipe.write("go\n")
        pipe.flush()
    except BrokenPipeError as error:
        raise StartFailed(
            f"PostgreSQL stopped while it was being prepared. {folders.end_of_log()}"
        ) from error


def _spawn_supervisor(folders: Folders, *, fast: bool) -> subprocess.Popen[str]:
    """Start the supervisor away from this terminal: Ctrl-C is for the commands only."""
    options = ["--fast"] if fast else []
    folders.log.touch(mode=0o600)
    with folders.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-m", "havre.project.embedded.supervise", *options, str(folders.home)],
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )
