"""Everything that changes documents: a file is sealed first, told to the database second.

A file without a row is swept after a day; a row without a file cannot come to be.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from havre.commons.documents.models import Document, content_place, name_place
from havre.commons.documents.queries import files
from havre.commons.documents.words import Compartment, DocumentKind
from havre.foundation.crypto import (
    Tampered,
    UnknownKey,
    Vault,
    open_stream,
    seal_stream,
    stream_key,
    vault,
)
from havre.foundation.files import FileMissing
from havre.foundation.ids import new_id

_EVER = float("inf")


@dataclass(frozen=True)
class Stored:
    """A sealed file that waits for its row."""

    id: UUID
    size: int
    sha256: bytes


def store(parts: Iterable[bytes]) -> Stored:
    """Seal the bytes into a file of their own. No transaction: call it before the one that records it."""
    row_id = new_id()
    counted = _Counted(parts)
    files().write(row_id, seal_stream(counted, place=content_place(row_id), vault=vault()))
    return Stored(row_id, counted.size, counted.digest.digest())


def record(
    stored: Stored,
    *,
    household: UUID,
    kind: DocumentKind,
    compartment: Compartment,
    media_type: str,
    file_name: str | None,
    now: datetime,
) -> UUID:
    """Give a stored file its row, hence its household; its id. Needs the household's guard."""
    sealed = vault().seal(file_name, place=name_place(stored.id)) if file_name else None
    Document(
        id=stored.id,
        household_id=household,
        kind=kind,
        compartment=compartment,
        media_type=media_type,
        size=stored.size,
        sha256=stored.sha256,
        file_name=sealed,
        created_at=now,
    ).save(force_insert=True)
    return stored.id


def discard(stored: Stored) -> None:
    """Remove a file whose row was not kept."""
    files().remove(stored.id)


def reseal_files(*, vault: Vault) -> Iterator[tuple[UUID, bool | None]]:
    """Put every file under the current key of ``vault``, one after the other, each in one move.

    True for a file that was, False for one that is already, ``None`` for one that does not open.
    Needs no transaction; whoever reads meanwhile reads the one or the other.
    """
    for file in files().older_than(_EVER):
        try:
            if stream_key(files().read(file)) == vault.key_ids[0]:
                yield file, False
                continue
            place = content_place(file)
            plain = open_stream(files().read(file), place=place, vault=vault)
            files().write(file, seal_stream(plain, place=place, vault=vault))
        except (FileMissing, Tampered, UnknownKey):
            yield file, None
        else:
            yield file, True


def keys_of_files() -> Iterator[str]:
    """The id of the key of every file."""
    for file in files().older_than(_EVER):
        with suppress(FileMissing):  # removed meanwhile
            yield stream_key(files().read(file))


class _Counted:
    """The same parts, measured as they pass."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts
        self.size = 0
        self.digest = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self.size += len(part)
            self.digest.update(part)
            yield part
