"""What a document is made of, read from its types: so that a form can be made for any kind of content."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from havre.commons.content.words.kinds import Place, Prose

LANGUAGES = ("fr", "en")


class Shape(StrEnum):
    """How a value is written. The last three hold others, each with a page of its own."""

    LINE = "LINE"
    TEXT = "TEXT"
    CHOICE = "CHOICE"
    CODES = "CODES"  # short words, written on one line
    LINES = "LINES"  # texts, one a line
    SAID = "SAID"  # in both languages
    PROSE = "PROSE"  # Markdown in both languages
    FILE = "FILE"
    PART = "PART"
    PARTS = "PARTS"
    NAMED = "NAMED"


@dataclass(frozen=True)
class Slot:
    """A field of a part. ``type`` is what one value must be, ``item`` what those that it holds must.

    ``needed``: it must be told; ``may_lack``: it may be nothing at all.
    """

    name: str
    shape: Shape
    type: Any
    item: Any = None
    needed: bool = True
    may_lack: bool = False
    choices: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether it holds parts."""
        return self.shape in {Shape.PART, Shape.PARTS, Shape.NAMED}

    @property
    def lists(self) -> bool:
        """Whether it may hold several, and none."""
        return self.shape in {Shape.CODES, Shape.LINES, Shape.PARTS, Shape.NAMED}


def slots(part: Any) -> tuple[Slot, ...]:
    """The fields of a part, in their order."""
    hints = get_type_hints(part, include_extras=True)
    return tuple(_slot(name, hints[name], needed=needed) for name, needed in _names(part))


def slot_at(schema: Any, place: Place) -> Slot | None:
    """The field, or the entry of a list, at a place of a document; none where there is nothing such."""
    found = Slot("", Shape.PART, schema)
    for step in place:
        if found.shape is (Shape.PARTS if isinstance(step, int) else Shape.NAMED):
            found = Slot(str(step), _shape("", found.item)[0], found.item)
        elif found.shape is Shape.PART and step in (
            known := {s.name: s for s in slots(found.type)}
        ):
            found = known[str(step)]
        else:
            return None
    return found


def is_part(type_: Any) -> bool:
    """Whether a type has fields of its own."""
    return isinstance(type_, type) and (
        issubclass(type_, msgspec.Struct) or dataclasses.is_dataclass(type_)
    )


def blank(type_: Any) -> Any:
    """A part with nothing in it yet."""
    if _is_said(type_):
        return dict.fromkeys(LANGUAGES, "")
    return {one.name: _nothing(one) for one in slots(type_) if one.needed or one.lists}


def value_at(values: Any, place: Place) -> Any:
    """What stands at a place; none where nothing does."""
    for step in place:
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def leaves(type_: Any, values: Any, place: Place = ()) -> Iterator[tuple[Place, Slot, Any]]:
    """Every value that holds no part, with its place. What is missing is told as none."""
    for one in slots(type_):
        here = (*place, one.name)
        value = values.get(one.name) if isinstance(values, Mapping) else None
        if one.shape is Shape.PART:
            if value is not None or one.needed:
                yield from leaves(one.type, value or {}, here)
        elif one.shape is Shape.PARTS:
            for rank, entry in enumerate(value or ()):
                yield from _entry(one, entry, (*here, rank))
        elif one.shape is Shape.NAMED:
            for name, entry in (value or {}).items():
                yield from _entry(one, entry, (*here, name))
        else:
            yield here, one, value


def _entry(one: Slot, entry: Any, place: Place) -> Iterator[tuple[Place, Slot, Any]]:
    shape, _item = _shape("", one.item)
    if shape is Shape.PART:
        yield from leaves(one.item, entry, place)
    else:
        yield place, Slot(str(place[-1]), shape, one.item), entry


def _names(part: Any) -> Iterator[tuple[str, bool]]:
    if issubclass(part, msgspec.Struct):
        for one in msgspec.structs.fields(part):
            yield one.name, one.required
        return
    for two in dataclasses.fields(part):
        missing = dataclasses.MISSING
        yield two.name, two.default is missing and two.default_factory is missing


def _slot(name: str, annotation: Any, *, needed: bool) -> Slot:
    bare, may_lack = _without_none(annotation)
    shape, item = _shape(name, bare)
    return Slot(
        name,
        shape,
        bare,
        item,
        needed and not may_lack,
        may_lack,
        _choices(bare if item is None else item),
    )


def _shape(name: str, bare: Any) -> tuple[Shape, Any]:
    if isinstance(bare, type) and _is_said(bare):
        return (Shape.PROSE if issubclass(bare, Prose) else Shape.SAID), None
    if is_part(bare):
        return Shape.PART, None
    origin, inside = get_origin(bare), get_args(bare)
    if origin is dict:
        return Shape.NAMED, inside[1]
    if origin in {tuple, list}:
        return _listed(inside[0])
    if _choices(bare):
        return Shape.CHOICE, None
    if name == "file":
        return Shape.FILE, None
    return (Shape.TEXT if name in {"post", "about", "text"} else Shape.LINE), None


def _listed(item: Any) -> tuple[Shape, Any]:
    if is_part(item):
        return Shape.PARTS, item
    return (Shape.CODES if _choices(item) or _has_pattern(item) else Shape.LINES), item


def _is_said(part: type) -> bool:
    """Texts in both languages, of whatever class."""
    return is_part(part) and tuple(name for name, _needed in _names(part)) == LANGUAGES


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in {Union, UnionType}:
        kept = [one for one in get_args(annotation) if one is not NoneType]
        return kept[0], True
    return annotation, False


def _choices(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return tuple(str(one.value) for one in annotation)
    return ()


def _has_pattern(annotation: Any) -> bool:
    if get_origin(annotation) is not Annotated:
        return False
    return any(getattr(one, "pattern", None) for one in get_args(annotation)[1:])


def _nothing(one: Slot) -> Any:
    if one.shape is Shape.PART:
        return blank(one.type)
    if one.shape in {Shape.SAID, Shape.PROSE}:
        return dict.fromkeys(LANGUAGES, "")
    if one.lists:
        return {} if one.shape is Shape.NAMED else []
    return one.choices[0] if one.choices else ""
