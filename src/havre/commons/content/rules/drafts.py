"""What an editor has written so far: checked by the same rules as a file, each fault at its place."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, get_type_hints

import msgspec

from havre.commons.content.rules import shapes
from havre.commons.content.rules.documents import faults
from havre.commons.content.rules.shapes import LANGUAGES, Shape, Slot
from havre.commons.content.rules.sources import filled
from havre.commons.content.words.kinds import Document, Kind, Place, Problem

Facts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Checked(Generic[Document]):
    """A draft with its blanks filled. ``document`` is there where its types are right."""

    document: Document | None
    problems: tuple[Problem, ...]


def checked(
    kind: Kind[Document],
    values: Any,
    *,
    files: Collection[str],
    facts: Facts,
    pages: Collection[str],
) -> Checked[Document]:
    """The document of a draft and all that is wrong in it. ``files`` are the names of those it holds."""
    problems: list[Problem] = []
    whole = _whole(values, (), facts, problems)
    for place, slot, value in shapes.leaves(kind.schema, whole):
        problems += _wrong(place, slot, value)
    if problems:
        return Checked(None, tuple(problems))
    try:
        document = msgspec.convert(whole, kind.schema, strict=False)
    except msgspec.ValidationError as error:  # what no single value shows
        return Checked(None, (Problem((), str(error)),))
    lacking = [
        Problem(place, f"{name} is not there")
        for place, name in kind.files(document)
        if name not in files
    ]
    return Checked(document, (*lacking, *faults(kind, document, pages=pages)))


def _whole(value: Any, place: Place, facts: Facts, problems: list[Problem]) -> Any:
    """The same values with their blanks filled, as a file's are: in what is said in a language."""
    if isinstance(value, Mapping):
        return {
            name: _whole(one, (*place, name), facts, problems)
            for name, one in value.items()
            if one is not None
        }
    if isinstance(value, list):
        return [_whole(one, (*place, rank), facts, problems) for rank, one in enumerate(value)]
    if isinstance(value, str) and place and place[-1] in facts:
        told, wrong = filled(value, facts[str(place[-1])])
        problems += [Problem(place, why) for why in wrong]
        return told
    return value


def _wrong(place: Place, slot: Slot, value: Any) -> list[Problem]:
    if value is None:
        return [Problem(place, "is missing")] if slot.needed else []
    if slot.shape in {Shape.SAID, Shape.PROSE}:
        types = get_type_hints(slot.type, include_extras=True)
        return [
            problem
            for language in LANGUAGES
            for problem in _unlike((*place, language), types[language], value.get(language, ""))
        ]
    return _unlike(place, slot.type, value)


def _unlike(place: Place, type_: Any, value: Any) -> list[Problem]:
    try:
        msgspec.convert(value, type_, strict=False)
    except msgspec.ValidationError as error:
        return [Problem(place, str(error).partition(" - at `")[0])]
    return []
