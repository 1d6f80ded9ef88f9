"""Writing an archive: one snapshot of the database, then every sealed file."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

import msgspec
import psycopg

from havre.foundation.crypto import Vault
from havre.foundation.refusals import Refusal
from havre.project.backup import archive, keys, programs, tables
from havre.project.backup.archive import Manifest, Progress
from havre.project.backup.tables import Connection

Member = tuple[str, int, Iterable[bytes]]
_READ_BYTES = 1 << 18


class FileExists(Refusal):
    """There is a file of this name already: an archive replaces nothing."""


@dataclass(frozen=True)
class Written:
    """What an archive holds."""

    rows: int
    files: int
    size: int


def backup(
    path: Path,
    *,
    database_url: str,
    documents: Path,
    vault: Vault,
    provisional: bytes,
    now: datetime,
    on_progress: Progress | None = None,
) -> Written:
    """Write the archive, which appears under its name once it is complete and on disk.

    Signed in as the owner of the tables. Members may go on meanwhile: the archive is of the moment it
    began, and of every file that this moment knows. ``on_progress`` is told bytes as they are written.
    Refuses with :class:`FileExists` and ``ProgramMissing``.
    """
    if path.exists():
        raise FileExists(f"{path} exists already; choose another name")
    with psycopg.connect(database_url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        manifest = _manifest(connection, vault=vault, provisional=provisional, now=now)
        content = _Content(connection, database_url, documents, manifest)
        _write(path, _counted(archive.sealed(content.members(), vault=vault), on_progress))
    return Written(content.rows, content.files, path.stat().st_size)


class _Content:
    """The members of an archive, counted on their way."""

    def __init__(
        self, connection: Connection, url: str, documents: Path, manifest: Manifest
    ) -> None:
        self._connection = connection
        self._url = url
        self._documents = documents
        self._manifest = manifest
        self.rows = self.files = 0

    def members(self) -> Iterator[Member]:
        yield _json(archive.MANIFEST, self._manifest)
        yield from self._database()
        yield from self._files()
        found = tables.counts(self._connection, tables.tables(self._connection))
        self.rows = sum(found.values())
        yield _json(archive.COUNTS, found)

    def _database(self) -> Iterator[Member]:
        row = self._connection.execute("SELECT pg_export_snapshot()").fetchone()
        snapshot = str(row[0]) if row else ""
        program = programs.find("pg_dump", major=self._manifest.server)
        with programs.dump(program, self._url, snapshot=snapshot) as pieces:
            for number, piece in enumerate(pieces):
                yield f"{archive.DATABASE}/{number:08}", len(piece), (piece,)

    def _files(self) -> Iterator[Member]:
        for path in sorted(self._documents.glob("??/????????-*")):
            try:
                with path.open("rb") as opened:
                    size = os.fstat(opened.fileno()).st_size
                    yield (
                        f"{archive.FILES}/{path.name}",
                        size,
                        iter(partial(opened.read, _READ_BYTES), b""),
                    )
            except FileNotFoundError:  # removed meanwhile, with its row
                continue
            self.files += 1


def _manifest(
    connection: Connection, *, vault: Vault, provisional: bytes, now: datetime
) -> Manifest:
    return Manifest(
        format=archive.FORMAT,
        version=version("havre"),
        made_at=now.isoformat(timespec="seconds"),
        server=connection.info.server_version // 10000,
        migrations=tables.migrations(connection),
        proofs=keys.proofs(vault=vault, provisional=provisional),
    )


def _json(name: str, value: object) -> Member:
    content = msgspec.json.encode(value)
    return name, len(content), (content,)


def _counted(parts: Iterable[bytes], on_progress: Progress | None) -> Iterator[bytes]:
    for part in parts:
        yield part
        if on_progress:
            on_progress(len(part))


def _write(path: Path, parts: Iterable[bytes]) -> None:
    """All or nothing, on disk before it is named, and its owner's only."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as raw:
            raw.writelines(parts)
            raw.flush()
            os.fsync(raw.fileno())
        os.link(temporary, path)  # unlike a rename, it never replaces a file that came meanwhile
    finally:
        Path(temporary).unlink(missing_ok=True)
