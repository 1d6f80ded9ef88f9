"""What changed from one version of a text to the next, paragraph beside paragraph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from re import findall

from havre.commons.content.rules.blocks import Block, BlockKind

_ALIKE = 0.5
"""Two paragraphs that share less are not one that was changed."""


class Mark(StrEnum):
    SAME = "SAME"
    REMOVED = "REMOVED"
    ADDED = "ADDED"


@dataclass(frozen=True)
class Piece:
    """Words of one side: as in the other, or of this side alone."""

    text: str
    mark: Mark


@dataclass(frozen=True)
class Difference:
    """One paragraph that changed, before and after; without ``before`` it is new, without ``after`` gone.

    ``under`` are the headings that it stands below, the widest first, of the new text where it is there;
    none above the first.
    """

    under: tuple[str, ...]
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def differences(before: Sequence[Block], after: Sequence[Block]) -> list[Difference]:
    """What changed, in the order of the new text. The same paragraphs are left out."""
    old, new = [_key(block) for block in before], [_key(block) for block in after]
    found = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        for one, other in _paired(before[i1:i2], after[j1:j2]):
            place = after.index(other, j1) if other else j1 - 1
            found.append(Difference(_headings(after, place), *_words(one, other)))
    return found


def _key(block: Block) -> tuple[BlockKind, str]:
    return block.kind, block.text


def _paired(
    before: Sequence[Block], after: Sequence[Block]
) -> Iterator[tuple[Block | None, Block | None]]:
    """Paragraphs of a stretch that changed: each beside the one it came from, else alone."""
    waiting = list(before)
    for other in after:
        likest = max(waiting, key=lambda one: _likeness(one, other), default=None)
        if likest is None or _likeness(likest, other) < _ALIKE:
            yield None, other
            continue
        place = waiting.index(likest)
        yield from ((one, None) for one in waiting[:place])
        yield likest, other
        del waiting[: place + 1]
    yield from ((one, None) for one in waiting)


def _likeness(one: Block, other: Block) -> float:
    if one.kind is not other.kind:
        return 0.0
    return SequenceMatcher(None, _split(one.text), _split(other.text), autojunk=False).ratio()


def _split(text: str) -> list[str]:
    return findall(r"\s+|\w+|[^\w\s]", text)


def _words(
    before: Block | None, after: Block | None
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    if before is None or after is None:
        return (
            (Piece(before.text, Mark.REMOVED),) if before else (),
            (Piece(after.text, Mark.ADDED),) if after else (),
        )
    old, new = _split(before.text), _split(after.text)
    left, right = [], []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = what == "equal"
        left.append(Piece("".join(old[i1:i2]), Mark.SAME if same else Mark.REMOVED))
        right.append(Piece("".join(new[j1:j2]), Mark.SAME if same else Mark.ADDED))
    return tuple(p for p in left if p.text), tuple(p for p in right if p.text)


def words_between(before: str, after: str) -> list[Piece]:
    """Both texts in one, word by word: what was removed stands before what was added."""
    old, new, found = _split(before), _split(after), []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece("".join(old[i1:i2]), Mark.SAME))
            continue
        found.append(Piece("".join(old[i1:i2]), Mark.REMOVED))
        found.append(Piece("".join(new[j1:j2]), Mark.ADDED))
    return [one for one in found if one.text]


def _headings(blocks: Sequence[Block], place: int) -> tuple[str, ...]:
    found: list[Block] = []
    for one in reversed(blocks[: place + 1]):
        if one.kind is BlockKind.HEADING and (not found or one.level < found[0].level):
            found.insert(0, one)
    return tuple(one.text for one in found)
