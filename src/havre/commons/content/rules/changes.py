"""What changed from one version of a document to the next, by field, all languages of a text together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from havre.commons.content.rules.differences import Mark, Piece, words_between
from havre.commons.content.rules.shapes import LANGUAGES

_NAMES = ("id", "code", "zone", "language", "country", "day", "need", "formula")
"""By which of its fields an entry of a list is known again, the first that every entry has."""


class Entry(NamedTuple):
    """An entry of a list on the way to a field: what it says, of the new version where it is there."""

    value: Any
    rank: int


@dataclass(frozen=True)
class Change:
    """A field that changed. ``before`` or ``after`` is none where there was, or is, no such field.

    ``place`` leads there, by names of fields and entries. ``moved``: what stays stands in another order.
    """

    place: tuple[str | Entry, ...]
    before: Any = None
    after: Any = None
    moved: bool = False


def changes(before: Any, after: Any, place: tuple[str | Entry, ...] = ()) -> Iterator[Change]:
    """Every field whose value is another, in the order of the new version."""
    if before == after:
        return
    if _is_part(before) and _is_part(after):
        for name in {**(after or {}), **(before or {})}:
            yield from changes((before or {}).get(name), (after or {}).get(name), (*place, name))
    elif _has_entries(before) and _has_entries(after):
        yield from _of_entries(before or (), after or (), place)
    else:
        yield Change(place, before, after)


def marked(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts in one: what was removed before what was added. Lines that stay are left out, but one."""
    old, new, found = before.splitlines(True), after.splitlines(True), []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            kept = "".join(old[i1:i2]) if i2 - i1 == 1 else "…\n"
            found.append(Piece(kept, Mark.SAME))
        else:
            found += words_between("".join(old[i1:i2]), "".join(new[j1:j2]))
    return tuple(found)


def is_said(value: Any) -> bool:
    """Whether it is one text in every language."""
    return isinstance(value, Mapping) and bool(value) and set(value) <= set(LANGUAGES)


def _is_part(value: Any) -> bool:
    return value is None or (isinstance(value, Mapping) and not is_said(value))


def _has_entries(value: Any) -> bool:
    return value is None or (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and all(isinstance(one, Mapping) and not is_said(one) for one in value)
    )


def _of_entries(
    before: Sequence[Any], after: Sequence[Any], place: tuple[str | Entry, ...]
) -> Iterator[Change]:
    named = next((name for name in _NAMES if all(name in one for one in (*before, *after))), None)
    old, new = _by_name(before, named), _by_name(after, named)
    stay = [name for name in new if name in old]
    if stay != [name for name in old if name in new]:
        yield Change(place, moved=True)
    for rank, (name, one) in enumerate(new.items()):
        yield from changes(old.get(name), one, (*place, Entry(one, rank)))
    for rank, (name, one) in enumerate(old.items()):
        if name not in new:
            yield from changes(one, None, (*place, Entry(one, rank)))


def _by_name(entries: Sequence[Any], named: str | None) -> dict[Any, Any]:
    """Entries by what they are known by: their name, or their rank where they have none or share one."""
    found = {str(one[named]): one for one in entries} if named else {}
    return found if len(found) == len(entries) else dict(enumerate(entries))
