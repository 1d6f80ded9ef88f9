"""Where sealed files lie: a folder, or whatever else speaks this protocol (an object store, one day)."""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import UUID

_READ_BYTES = 256 * 1024
_ASIDE = ".part-"


class FileMissing(LookupError):
    """There is no file of this id."""


class Files(Protocol):
    """Files by id: written whole or not at all, never changed, read, removed."""

    def write(self, file: UUID, parts: Iterable[bytes]) -> None: ...

    def read(self, file: UUID) -> Iterator[bytes]:
        """The bytes in parts. Raises :class:`FileMissing` before the first."""

    def remove(self, file: UUID) -> None:
        """Nothing happens where there is none."""

    def older_than(self, moment: float) -> Iterator[UUID]:
        """Ids of files written before ``moment`` (seconds of the epoch)."""


class Folder:
    """Files in a folder, spread over 256 by the last two digits of their id, which are random."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, file: UUID, parts: Iterable[bytes]) -> None:
        path = self._path(file)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = path.with_name(f"{_ASIDE}{secrets.token_hex(8)}")
        try:
            with open(aside, "xb", opener=_private) as out:  # a path opens with no opener
                out.writelines(parts)
                out.flush()
                os.fsync(out.fileno())
            aside.rename(path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)

    def read(self, file: UUID) -> Iterator[bytes]:
        try:
            opened = self._path(file).open("rb")
        except FileNotFoundError:
            raise FileMissing(str(file)) from None
        return _parts(opened)

    def remove(self, file: UUID) -> None:
        self._path(file).unlink(missing_ok=True)

    def older_than(self, moment: float) -> Iterator[UUID]:
        """Files; a part left by a writing that was killed is removed on the way."""
        for path in self._root.glob("??/*"):
            with suppress(FileNotFoundError):  # removed meanwhile
                if path.stat().st_mtime >= moment:
                    continue
                if path.name.startswith(_ASIDE):
                    path.unlink()
                else:
                    yield UUID(path.name)

    def _path(self, file: UUID) -> Path:
        return self._root / file.hex[-2:] / str(file)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _parts(opened: BinaryIO) -> Iterator[bytes]:
    with opened:
        while part := opened.read(_READ_BYTES):
            yield part


def _sync_folder(folder: Path) -> None:
    """So that the name too outlives a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
