"""What is in force of each kind of content, remembered by the process for some seconds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from time import monotonic
from typing import Any, Generic

import msgspec
from django.db.models import BinaryField
from django.db.models.functions import Substr

from havre.commons.content.models import File, Version
from havre.commons.content.rules import texts
from havre.commons.content.words.kinds import Document, Kind

FRESH_SECONDS = 5.0
_PART_BYTES = 256 * 1024


@dataclass(frozen=True)
class FileSeen:
    """A file that a document shows; its bytes are read apart."""

    name: str
    sha256: str
    media_type: str
    size: int


@dataclass(frozen=True, eq=False)
class Published(Generic[Document]):
    """The version of a kind that is in force. ``files`` are by the name that the document gives."""

    number: int
    in_force_from: date
    document: Document
    files: dict[str, FileSeen]


@dataclass(frozen=True)
class VersionSeen:
    """A line of a kind's history. ``back_to`` is the earlier version that it publishes again.

    ``called`` is the name of a version that the house names itself, of a legal text; else "".
    """

    number: int
    in_force_from: date
    author: str
    loaded_at: datetime
    sha256: str
    back_to: int | None
    called: str = ""


@dataclass
class _Memory:
    """What this process knows: how many versions there were when, and what each kind said that day."""

    day: date
    versions: int
    asked: float
    kinds: dict[str, Published[Any] | None] = field(default_factory=dict)


_memory: _Memory | None = None


def in_force(kind: Kind[Document], *, today: date) -> Published[Document] | None:
    """The version of a kind in force on that day: the newest whose day has come.

    No statement as a rule: a process asks every few seconds whether anything was published since (one
    count), and reads again what was.
    """
    memory = _remembered(today)
    if kind.name not in memory.kinds:
        memory.kinds[kind.name] = _read(kind, today)
    return memory.kinds[kind.name]


def forget_published() -> None:
    """Read everything again at the next page (a process that has just published, and tests)."""
    global _memory  # noqa: PLW0603  # one memory a process
    _memory = None


def history(*, kind: str) -> list[VersionSeen]:
    """Every version of a kind, the newest first."""
    rows = Version.objects.filter(kind=kind).order_by("-number")
    return [
        VersionSeen(
            number=row.number,
            in_force_from=row.in_force_from,
            author=row.author,
            loaded_at=row.loaded_at,
            sha256=row.sha256,
            back_to=row.back_to,
        )
        for row in rows.defer("document")
    ]


def whole_file(file: FileSeen) -> bytes:
    """The bytes of a file, all of them."""
    return b"".join(file_parts(file))


def file_parts(file: FileSeen) -> Iterator[bytes]:
    """The bytes of a file a part at a time, so that a large one is never whole in memory."""
    for start in range(1, file.size + 1, _PART_BYTES):
        part = Substr("body", start, _PART_BYTES, output_field=BinaryField())
        yield bytes(File.objects.filter(sha256=file.sha256).values_list(part, flat=True).get())


@lru_cache(maxsize=1024)
def html(markdown: str) -> str:
    """Safe HTML of a text in Markdown: raw HTML in it is shown as text. Headings start at ``h2``."""
    return texts.html_of(markdown)


def newest(*, kind: str, day: date) -> Version | None:
    """The row of the version in force on ``day``, of those published until now."""
    return (
        Version.objects.filter(kind=kind, in_force_from__lte=day)
        .order_by("-in_force_from", "-number")
        .first()
    )


def _remembered(today: date) -> _Memory:
    global _memory  # noqa: PLW0603  # one memory a process
    memory, asked = _memory, monotonic()
    if memory and memory.day == today and asked - memory.asked < FRESH_SECONDS:
        return memory
    versions = Version.objects.count()  # versions are only ever added
    if memory and memory.day == today and memory.versions == versions:
        memory.asked = asked
        return memory
    _memory = _Memory(today, versions, asked)
    return _memory


def _read(kind: Kind[Document], today: date) -> Published[Document] | None:
    row = newest(kind=kind.name, day=today)
    if row is None:
        return None
    return Published(
        number=row.number,
        in_force_from=row.in_force_from,
        document=msgspec.convert(row.document, kind.schema),
        files={name: _file(name, told) for name, told in row.files.items()},
    )


def _file(name: str, told: dict[str, Any]) -> FileSeen:
    return FileSeen(name, told["sha256"], told["media_type"], told["size"])
