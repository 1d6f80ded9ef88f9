"""Filling an empty installation from an archive that was proven whole first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from uuid import UUID

import msgspec
import psycopg

from havre.foundation.crypto import Vault
from havre.foundation.files import Folder
from havre.foundation.refusals import Refusal
from havre.project.backup import archive, keys, programs, tables
from havre.project.backup.archive import ArchiveRefused, Manifest, Parts, Progress

Member = tuple[str, Callable[[], Parts]]


class NotEmpty(Refusal):
    """The database holds tables already: a restore replaces nothing."""


@dataclass(frozen=True)
class Examined:
    """An archive that is whole and opens with our keys."""

    manifest: Manifest
    counts: dict[str, int]
    files: int


def examine(
    path: Path, *, vault: Vault, provisional: bytes, on_progress: Progress | None = None
) -> Examined:
    """Read the archive to its end, changing nothing. Refuses with :class:`ArchiveRefused`."""
    manifest, counts, files = None, None, 0
    with archive.opened(path, vault=vault, on_progress=on_progress) as members:
        for name, read in members:
            kind = name.partition("/")[0]
            if kind == archive.MANIFEST:
                manifest = _manifest(path, b"".join(read()))
                _refuse_other_keys(path, manifest, vault=vault, provisional=provisional)
            elif kind == archive.COUNTS:
                counts = msgspec.json.decode(b"".join(read()), type=dict[str, int])
            files += kind == archive.FILES
    if manifest is None or counts is None:
        raise ArchiveRefused(f"{path}: not an archive of Havre")
    return Examined(manifest, counts, files)


def restore(
    path: Path,
    *,
    database_url: str,
    documents: Path,
    vault: Vault,
    provisional: bytes,
    on_progress: Progress | None = None,
) -> Examined:
    """Fill an empty database and the folder of documents, from an archive proven whole.

    Signed in as the owner, of a database whose roles exist. The database is filled in one transaction;
    files are written before it ends, and never over others. ``on_progress`` is told bytes read, twice
    the archive's. Refuses with ``ArchiveRefused``, :class:`NotEmpty`, ``ProgramMissing`` and
    ``ProgramFailed``: the database is then as empty as before.
    """
    examined = examine(path, vault=vault, provisional=provisional, on_progress=on_progress)
    with psycopg.connect(database_url) as connection:
        major = connection.info.server_version // 10000
        if held := tables.tables(connection):
            raise NotEmpty(
                f"the database holds {len(held)} tables already. Restore into a new, empty one."
            )
    if major < examined.manifest.server:
        raise ArchiveRefused(
            f"{path}: made on PostgreSQL {examined.manifest.server}; this is PostgreSQL {major}"
        )
    program = programs.find("pg_restore", major=major)
    with archive.opened(path, vault=vault, on_progress=on_progress) as members:
        rest = _pass(members, until=archive.DATABASE)
        after = _Rest()
        programs.restore(program, database_url, after.database(rest))
        _write_files(chain(after.kept, rest), Folder(documents))
    return examined


class _Rest:
    """The member that came after the last of the database's, kept for whoever goes on."""

    def __init__(self) -> None:
        self.kept: list[Member] = []

    def database(self, members: Iterator[Member]) -> Parts:
        for name, read in members:
            if name.partition("/")[0] != archive.DATABASE:
                self.kept.append((name, read))
                return
            yield from read()


def _pass(members: Iterator[Member], *, until: str) -> Iterator[Member]:
    for member in members:
        if member[0].partition("/")[0] == until:
            return chain([member], members)
    return iter(())


def _write_files(members: Iterator[Member], folder: Folder) -> None:
    for name, read in members:
        kind, _, file = name.partition("/")
        if kind == archive.FILES:
            folder.write(UUID(file), read())


def _manifest(path: Path, content: bytes) -> Manifest:
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except msgspec.DecodeError:
        raise ArchiveRefused(f"{path}: made by another release of Havre") from None
    if manifest.format != archive.FORMAT:
        raise ArchiveRefused(f"{path}: made by a newer release of Havre ({manifest.version})")
    return manifest


def _refuse_other_keys(path: Path, manifest: Manifest, *, vault: Vault, provisional: bytes) -> None:
    ours = keys.proofs(vault=vault, provisional=provisional)
    if names := ", ".join(keys.others(manifest.proofs, ours)):
        raise ArchiveRefused(f"{path}: made with another {names}; set the one it was made with")
