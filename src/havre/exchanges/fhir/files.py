"""Opens files of FHIR R4 JSON, plain or gzipped, and decodes the resources that we read."""

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Raw, Struct

from havre.exchanges.fhir.resources import READ, Resource
from havre.journeys.loading.problems import Location, Problems

D = TypeVar("D")
_GZIP = b"\x1f\x8b"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_AT_BYTE = re.compile(r"\(byte (\d+)\)")
_AT_FIELD = re.compile(r"^(?P<why>.*?)(?: - at `\$\.?(?P<path>.*)`)?$", re.DOTALL)
_LACKING = re.compile(r"^Object missing required field `(?P<name>\w+)`$")


class Entry(Struct, rename="camel"):
    full_url: str | None = None
    resource: Raw = Raw()  # a deletion, or an answer to a transaction, has none


class Envelope(Struct, rename="camel"):
    """A bundle, or a resource that stands alone in its file."""

    resource_type: str
    entry: tuple[Entry, ...] = ()


class Head(Struct, rename="camel"):
    resource_type: str
    id: str | None = None


@dataclass(frozen=True)
class Found:
    """A resource, its type and id, where it was read and the address that its bundle gives it."""

    kind: str
    resource: Resource
    location: Location
    full_url: str | None = None
    contained: dict[str, "Found"] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.kind}/{self.resource.id}"


@dataclass
class Opened:
    """What one command's files hold: resources that we read, and a count of the others by type."""

    found: list[Found] = field(default_factory=list)
    unmapped: Counter[str] = field(default_factory=Counter)
    problems: Problems = field(default_factory=Problems)

    def open(self, path: Path) -> None:
        """Adds one file. What is wrong in it joins ``problems``; nothing is raised."""
        whole = Location(str(path))
        data = _content(path, whole, self.problems)
        if data is None:
            return
        try:
            envelope = msgspec.json.decode(data, type=Envelope)
        except msgspec.ValidationError as wrong:
            self.problems.add(whole, *_field_and_why(wrong))
        except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
            self.problems.add(_line_of(wrong, data, path), None, _malformed(wrong))
        else:
            for full_url, raw in _resources(envelope, data):
                self._add(raw, full_url, str(path))

    def _add(self, raw: Raw | bytes, full_url: str | None, file: str) -> None:
        head = self._decoded(raw, Head, Location(file, resource=full_url))
        if head is None:
            return
        kind = READ.get(head.resource_type)
        if kind is None:
            self.unmapped[head.resource_type] += 1
            return
        location = Location(file, resource=f"{head.resource_type}/{head.id or full_url or '?'}")
        resource = self._decoded(raw, kind, location)
        if resource is not None:
            contained = dict(self._contained(resource, location))
            found = Found(head.resource_type, resource, location, full_url, contained)
            self.found.append(found)

    def _decoded(self, raw: Raw | bytes, kind: type[D], at: Location) -> D | None:
        try:
            return msgspec.json.decode(raw, type=kind)
        except msgspec.ValidationError as wrong:
            self.problems.add(at, *_field_and_why(wrong))
        except UnicodeDecodeError as wrong:
            self.problems.add(at, None, _malformed(wrong))
        return None

    def _contained(self, holder: Resource, location: Location) -> Iterator[tuple[str, Found]]:
        """Contained resources by their id. They live and die with their holder: never counted."""
        for raw in getattr(holder, "contained", ()):
            head = self._decoded(raw, Head, location)
            kind = READ.get(head.resource_type) if head else None
            if head is None or head.id is None or kind is None:
                continue
            at = Location(location.file, resource=f"{location.resource}#{head.id}")
            resource = self._decoded(raw, kind, at)
            if resource is not None:
                yield head.id, Found(head.resource_type, resource, at)


def _resources(envelope: Envelope, data: bytes) -> Iterator[tuple[str | None, Raw | bytes]]:
    if envelope.resource_type != "Bundle":
        yield None, data
        return
    for entry in envelope.entry:
        if bytes(entry.resource) not in (b"", b"null"):
            yield entry.full_url, entry.resource


def _content(path: Path, whole: Location, problems: Problems) -> bytes | None:
    try:
        data = path.read_bytes()
        if data.startswith(_GZIP):
            data = gzip.decompress(data)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        problems.add(whole, None, "the compressed file is cut or damaged")
        return None
    except OSError as wrong:
        problems.add(whole, None, f"cannot be read: {wrong.strerror}")
        return None
    return data.removeprefix(_BYTE_ORDER_MARK)


def _malformed(wrong: Exception) -> str:
    if "truncated" in str(wrong):
        return "the file is cut before its end"
    if isinstance(wrong, UnicodeDecodeError):
        return "the file is not in UTF-8"
    return "the file is not JSON"


def _line_of(wrong: Exception, data: bytes, path: Path) -> Location:
    """The line, counted from 1, where reading stopped: the last one of a file that is cut."""
    at = _AT_BYTE.search(str(wrong))
    before = data[: int(at[1])] if at else data
    return Location(str(path), line=before.count(b"\n") + 1)


def _field_and_why(wrong: msgspec.ValidationError) -> tuple[str | None, str]:
    """The path of the field, written as FHIR writes it, and the reason."""
    parts = _AT_FIELD.match(str(wrong))
    why, path = (parts["why"], parts["path"]) if parts else (str(wrong), None)
    lacking = _LACKING.match(why)
    if lacking:
        return ".".join(part for part in (path, lacking["name"]) if part), "is required"
    return path, why
