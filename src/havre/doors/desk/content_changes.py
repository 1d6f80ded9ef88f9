"""What changed in a version, in words: the way to each field, and its texts side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.commons.content import queries as content
from havre.commons.content.queries import LANGUAGES, Change, Entry, Mark
from havre.doors.desk import content_words as words

_NAMES = {"fr": "Français", "en": "English"}


@dataclass(frozen=True)
class Marked:
    """Some words: "removed", "added", or as they were."""

    mark: str
    text: str


@dataclass(frozen=True)
class Side:
    """What a field says in a language, "" for what has none."""

    language: str
    name: str
    pieces: tuple[Marked, ...]


@dataclass(frozen=True)
class Shown:
    """A field that changed: where it is, what became of it, and its words."""

    where: str
    what: str
    kind: str
    sides: tuple[Side, ...]


def shown(changes: Sequence[Change]) -> list[Shown]:
    """Each as the page has it."""
    return [_shown(one) for one in changes]


def _shown(one: Change) -> Shown:
    what, kind = _what(one)
    return Shown(" › ".join(_step(step) for step in one.place), what, kind, _sides(one))


def _step(step: str | Entry) -> str:
    if isinstance(step, Entry):
        named = words.entry(step.value, language=get_language() or "fr", rank=step.rank)
        return _("“%(name)s”") % {"name": named}
    return words.field(step)


def _what(one: Change) -> tuple[str, str]:
    if one.moved:
        return _("In another order"), ""
    if one.before is None:
        return _("New"), "ok"
    if one.after is None:
        return _("Gone"), "no"
    if one.before == one.after:
        return _("Another file of that name"), "wait"
    return _("Changed"), "wait"


def _sides(one: Change) -> tuple[Side, ...]:
    if one.moved:
        return ()
    if content.is_said(one.before) or content.is_said(one.after):
        return tuple(
            Side(
                language,
                _NAMES[language],
                _pieces((one.before or {}).get(language), (one.after or {}).get(language)),
            )
            for language in LANGUAGES
        )
    return (Side("", "", _pieces(one.before, one.after)),)


def _pieces(before: Any, after: Any) -> tuple[Marked, ...]:
    marks = {Mark.REMOVED: "removed", Mark.ADDED: "added"}
    return tuple(
        Marked(marks.get(piece.mark, ""), piece.text)
        for piece in content.marked(_plain(before), _plain(after))
    )


def _plain(value: Any) -> str:
    """A value as it is written in its field."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return _("yes") if value else _("no")
        case list() | tuple():
            return ", ".join(_plain(one) for one in value)
        case dict():
            return ", ".join(f"{words.field(name)}: {_plain(one)}" for name, one in value.items())
    return str(value)
