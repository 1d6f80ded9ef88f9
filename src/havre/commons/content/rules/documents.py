"""From the values of a file to a checked document, and back to lines that can be compared."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import unified_diff
from hashlib import sha256
from typing import Any, Generic

import msgspec
import yaml
from markdown_it.token import Token

from havre.commons.content.rules.sources import Source, WrongContent
from havre.commons.content.rules.texts import MARKDOWN
from havre.commons.content.words.kinds import Document, Kind, Place, Problem, Prose

IN_FORCE_FROM = "in_force_from"
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]|\[\.\.\.\]")
_FIELD = re.compile(r"^Object (missing required|contains unknown) field `(.+?)`")
_OUTSIDE = ("https://", "mailto:", "tel:")
_INSIDE = re.compile(r"^([a-z-]*)(#[a-z0-9-]+)?$")


@dataclass(frozen=True)
class Prepared(Generic[Document]):
    """A document that may be published. ``files`` gives the hash of each file it shows, by name."""

    kind: Kind[Document]
    in_force_from: date
    document: Document
    files: Mapping[str, str]

    @property
    def values(self) -> dict[str, Any]:
        values: dict[str, Any] = msgspec.to_builtins(self.document)
        return values

    @property
    def sha256(self) -> str:
        return digest(self.values, self.files)


def digest(values: Mapping[str, Any], files: Mapping[str, str]) -> str:
    """The hash of what readers see, the bytes of its files included."""
    whole = msgspec.json.encode({"document": values, "files": files}, order="deterministic")
    return sha256(whole).hexdigest()


def document_of(
    kind: Kind[Document], source: Source, *, pages: Collection[str] = ()
) -> tuple[date, Document]:
    """The day of effect and the document of a file. Refuses with :class:`WrongContent`.

    ``pages`` are the addresses inside the site to which a text may lead.
    """
    values = dict(source.values)
    day = _day(source, values.pop(IN_FORCE_FROM, None))
    try:
        document = msgspec.convert(values, kind.schema, strict=False)
    except msgspec.ValidationError as error:
        raise WrongContent(_mended(source, str(error))) from None
    if problems := faults(kind, document, pages=pages):
        raise WrongContent(*(source.at(one.place, one.why) for one in problems))
    return day, document


def faults(
    kind: Kind[Document], document: Document, *, pages: Collection[str]
) -> tuple[Problem, ...]:
    """All that is wrong in a document whose types are right."""
    return (*_twice(document), *_links(document, pages), *kind.check(document))


def difference(
    name: str, *, before: tuple[Mapping[str, Any], Mapping[str, str]] | None, after: Prepared[Any]
) -> list[str]:
    """What changes, line by line, as ``diff -u`` writes it."""
    old = _told(*before) if before else []
    new = _told(after.values, after.files)
    return list(unified_diff(old, new, f"{name}: published", f"{name}: to publish", lineterm=""))


def changed_lines(
    before: tuple[Mapping[str, Any], Mapping[str, str]] | None,
    after: tuple[Mapping[str, Any], Mapping[str, str]],
) -> list[str]:
    """The same of any two versions, without the names above it: each line with its sign."""
    lines = unified_diff(_told(*before) if before else [], _told(*after), lineterm="")
    return list(lines)[2:]


# Sorted by name: the database keeps no order of names.
def _told(values: Mapping[str, Any], files: Mapping[str, str]) -> list[str]:
    whole = {**values, "files": {name: hashed[:12] for name, hashed in files.items()}}
    text = yaml.safe_dump(
        whole if files else dict(values), allow_unicode=True, sort_keys=True, width=100
    )
    return str(text).splitlines()


def _day(source: Source, value: object) -> date:
    if value is None:
        raise WrongContent(f"{source.name}, line 1: {IN_FORCE_FROM} is missing")
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        why = "is not a day such as 2026-01-31"
        raise WrongContent(source.at((IN_FORCE_FROM,), why)) from None


def _mended(source: Source, said: str) -> str:
    """What the types refuse, in words and with its line."""
    why, _at, path = said.partition(" - at `")
    place: Place = tuple(
        int(rank) if rank else name
        for name, rank in _STEP.findall(path.rstrip("`"))
        if name or rank
    )
    if found := _FIELD.match(why):
        if found[1] == "missing required":
            return source.at(place, f"{found[2]} is missing")
        return source.at((*place, found[2]), "is no field of this kind of content")
    return source.at(place, why)


def walk(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    """Every value of a document with its place, from the outside in."""
    yield place, value
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from walk(getattr(value, name), (*place, name))
    elif isinstance(value, list | tuple):
        for rank, one in enumerate(value):
            yield from walk(one, (*place, rank))


def _twice(document: object) -> Iterator[Problem]:
    """An id stands once among all lists of the same name, so that it can stand in an address."""
    seen: set[tuple[str | int, str]] = set()
    for place, value in walk(document):
        key = getattr(value, "id", None)
        if not isinstance(key, str):
            continue
        listed = next((step for step in reversed(place) if isinstance(step, str)), "")
        if (listed, key) in seen:
            yield Problem((*place, "id"), f"{key} is there twice")
        seen.add((listed, key))


def _links(document: object, pages: Collection[str]) -> Iterator[Problem]:
    for place, value in walk(document):
        if isinstance(value, Prose):
            for language in ("fr", "en"):
                for link in links_of(value.said_in(language)):
                    if not _leads_somewhere(link, pages):
                        yield Problem((*place, language), f"{link} leads nowhere")


def links_of(markdown: str) -> list[str]:
    """The addresses to which a text in Markdown leads."""
    tokens: list[Token] = [
        child for token in MARKDOWN.parse(markdown) for child in token.children or ()
    ]
    return [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]


def _leads_somewhere(link: str, pages: Collection[str]) -> bool:
    """An address outside in full, or that of a page inside as it is written after ``/fr/``."""
    if link.startswith(_OUTSIDE):
        return True
    inside = _INSIDE.match(link)
    return inside is not None and (inside[1] == "" or inside[1] in pages)
