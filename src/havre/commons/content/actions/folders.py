"""Reading a folder of content: everything in it is checked before anything is published."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from havre.commons.content.actions.texts import read_texts
from havre.commons.content.rules.documents import Prepared, document_of
from havre.commons.content.rules.enclosed import Enclosed, enclosed
from havre.commons.content.rules.sources import WrongContent, read_source
from havre.commons.content.rules.texts import SourceText, WrongText
from havre.commons.content.words.kinds import Document, Kind

_ENDING = ".yaml"
_kinds: dict[str, Kind[Any]] = {}


@dataclass(frozen=True)
class KeptFile:
    """A file whose bytes are kept already: ``told`` is what a version says of it."""

    told: Mapping[str, str | int]


@dataclass(frozen=True)
class Folder:
    """What a folder holds, checked. ``files`` are the bytes to keep, or what is kept already, by hash."""

    texts: tuple[SourceText, ...]
    documents: tuple[Prepared[Any], ...]
    files: Mapping[str, Enclosed | KeptFile]


def register_kind(kind: Kind[Any]) -> None:
    """At start-up: ``NAME.yaml`` is read as this kind from now on. The same kind again is harmless."""
    if _kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"two kinds of content are named {kind.name}")


def kinds() -> dict[str, Kind[Any]]:
    """Every kind that is registered, by name, in alphabetical order."""
    return dict(sorted(_kinds.items()))


def read_folder(
    folder: Path, *, facts: Mapping[str, Mapping[str, str]], pages: Collection[str] = ()
) -> Folder:
    """The legal texts (``SLUG.LANGUAGE.md``) and the kinds (``NAME.yaml``) of a folder.

    A kind's files stand beside it, in the folder ``NAME``. A house may load some of its kinds and not
    the others. Refuses with :class:`WrongContent`, which tells all that is wrong in all files at once.
    """
    problems = list(_strangers(folder))
    texts: list[SourceText] = []
    prepared: list[Prepared[Any]] = []
    files: dict[str, Enclosed] = {}
    if any(folder.glob("*.md")):
        try:
            texts = read_texts(folder, facts=facts)
        except WrongText as refusal:
            problems.append(str(refusal))
    for path in sorted(folder.glob(f"*{_ENDING}")):
        if path.stem not in _kinds:
            continue
        try:
            one, shown = _document(_kinds[path.stem], path, facts, pages)
        except WrongContent as refusal:
            problems += refusal.lines
            continue
        prepared.append(one)
        files |= {file.sha256: file for file in shown}
    if problems:
        raise WrongContent(*problems)
    if not texts and not prepared:
        raise WrongContent(f"{folder}: holds no content (SLUG.LANGUAGE.md, NAME.yaml)")
    return Folder(tuple(texts), tuple(prepared), files)


def _strangers(folder: Path) -> Iterator[str]:
    """What is in the folder and would not be read: a name typed wrong, most often."""
    for path in sorted(folder.iterdir()):
        is_kind = path.stem in _kinds and path.suffix == (_ENDING if path.is_file() else "")
        if not (is_kind or path.suffix == ".md" or path.name.startswith(".")):
            named = ", ".join(f"{name}{_ENDING}" for name in kinds())
            yield f"{path.name}: is no content that is known ({named})"


def _document(
    kind: Kind[Document],
    path: Path,
    facts: Mapping[str, Mapping[str, str]],
    pages: Collection[str],
) -> tuple[Prepared[Document], list[Enclosed]]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise WrongContent(f"{path.name}: is not in UTF-8") from None
    source = read_source(path.name, text, facts=facts)
    day, document = document_of(kind, source, pages=pages)
    problems, shown = [], {}
    for place, name in kind.files(document):
        try:
            shown[name] = enclosed(name, _bytes(path.with_suffix("") / name, name))
        except WrongContent as refusal:
            problems += [source.at(place, line) for line in refusal.lines]
    problems += [
        f"{kind.name}/{one.name}: no line of {path.name} shows it"
        for one in sorted(path.with_suffix("").glob("[!.]*"))
        if one.name not in shown
    ]
    if problems:
        raise WrongContent(*problems)
    hashes = {name: file.sha256 for name, file in shown.items()}
    return Prepared(kind, day, document, hashes), list(shown.values())


def _bytes(path: Path, name: str) -> bytes:
    if path.name != name or not path.is_file():
        raise WrongContent(f"{path.parent.name}/{name} is not there")
    return path.read_bytes()
