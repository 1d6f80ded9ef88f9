"""The form of an archive: a tar of parts, sealed from its first byte to its last.

The parts, in this order: ``manifest`` (JSON), ``database/NUMBER`` (what ``pg_dump`` said, cut in
pieces), ``files/ID`` (documents, as sealed as they lay), ``counts`` (JSON: rows of each table in the
snapshot that was dumped). Sealing is that of long streams: an archive that was cut, altered or sealed
under another key does not open.
"""

import io
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from havre.foundation.crypto import Place, Tampered, UnknownKey, Vault, open_stream, seal_stream
from havre.foundation.refusals import Refusal

FORMAT = 1
MANIFEST, DATABASE, FILES, COUNTS = "manifest", "database", "files", "counts"
PLACE = Place("backup", "archive", "1")
_READ_BYTES = 1 << 18
_BLOCK = tarfile.BLOCKSIZE
Parts = Iterator[bytes]
Progress = Callable[[int], None]


class ArchiveRefused(Refusal):
    """The archive cannot be used; the text says why and what to do. Nothing was changed."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an archive says of itself. ``proofs`` tell whether keys are those it was made with."""

    format: int
    version: str
    made_at: str
    server: int
    migrations: tuple[str, ...]
    proofs: dict[str, str]


def sealed(members: Iterable[tuple[str, int, Iterable[bytes]]], *, vault: Vault) -> Parts:
    """The bytes of an archive of ``members``: name, size, content."""
    return seal_stream(_tar(members), place=PLACE, vault=vault)


def _tar(members: Iterable[tuple[str, int, Iterable[bytes]]]) -> Parts:
    for name, size, content in members:
        described = tarfile.TarInfo(name)
        described.size, described.mode = size, 0o600
        yield described.tobuf(tarfile.PAX_FORMAT)
        yield from content
        yield bytes(-size % _BLOCK)
    yield bytes(2 * _BLOCK)


@contextmanager
def opened(
    path: Path, *, vault: Vault, on_progress: Progress | None = None
) -> Iterator[Iterator[tuple[str, Callable[[], Parts]]]]:
    """The members of an archive, each with a function that reads it, once, before the next.

    Whoever reads to the end has an archive that is whole. Refuses with :class:`ArchiveRefused`.
    """
    try:
        with path.open("rb") as raw:
            plain = open_stream(_read(raw, on_progress), place=PLACE, vault=vault)
            stream = _Stream(plain)
            with tarfile.open(mode="r|", fileobj=stream) as tar:
                yield ((member.name, _reader(tar, member)) for member in tar)
            stream.drain()
    except OSError as error:
        raise ArchiveRefused(f"{path}: cannot be read ({error.strerror})") from None
    except UnknownKey as error:
        raise ArchiveRefused(
            f"{path}: sealed under another key ({error.args[0]}). Put that key into SEALING_KEYS,"
            " behind the first."
        ) from None
    except (Tampered, tarfile.TarError):
        raise ArchiveRefused(
            f"{path}: cut, altered, or sealed under another key of the same name"
        ) from None


def _reader(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Callable[[], Parts]:
    def read() -> Parts:
        content = tar.extractfile(member)
        while content and (part := content.read(_READ_BYTES)):
            yield part

    return read


def _read(raw: io.BufferedReader, on_progress: Progress | None) -> Parts:
    while part := raw.read(_READ_BYTES):
        yield part
        if on_progress:
            on_progress(len(part))


class _Stream(io.RawIOBase):
    """What comes in parts, read as a file is."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._kept = bytearray()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._kept) < size:
            part = next(self._parts, None)
            if part is None:
                break
            self._kept += part
        taken = bytes(self._kept[: size if size >= 0 else None])
        del self._kept[: len(taken)]
        return taken

    def drain(self) -> None:
        """Read what is left: only the end of the stream tells that nothing was cut off."""
        for _part in self._parts:
            pass
