"""Finding what somebody means: without accents, with a letter wrong, or half typed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from havre.foundation.names import sort_key

Thing = TypeVar("Thing")

LONGEST = 100
_ALIKE = 78  # of 100: one letter wrong in five or more, two in nine
_MOST_WORDS = 8
_ENOUGH = 0.6
# Words that stand in every question and tell nothing.
_EMPTY_LISTED = """
    a ai au aux avec ce ces c d dans de des du en est et je j l la le les leur ma mes moi mon n ne nous
    on ou par pas pour qu que quel quelle quels qui quoi s sa se ses si son sont sur t un une vos votre
    vous y comment faire fait faut puis peut peux dois quand
    an and any are at be by can do does for from has have how i if in is it me my of or our should
    that the there they this to us was we what when where which who why will with you your
"""
_EMPTY = frozenset(_EMPTY_LISTED.split())
_SPLIT = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Entry(Generic[Thing]):
    """Something that can be found. Words of its ``title`` weigh more than those of its ``text``."""

    thing: Thing
    title: frozenset[str]
    text: frozenset[str]


def entry(thing: Thing, *, title: str, text: str) -> Entry[Thing]:
    """Made once for each version of a document, then searched many times."""
    return Entry(thing, frozenset(words_of(title)), frozenset(words_of(text)))


def words_of(text: str) -> list[str]:
    """The words that tell something, without accents or case."""
    words = _SPLIT.split(sort_key(text.replace("’", " ").replace("'", " ")))
    return [word for word in dict.fromkeys(words) if word and word not in _EMPTY]


def search(entries: Sequence[Entry[Thing]], typed: str) -> list[Thing]:
    """What is meant, the likeliest first. All words must be found, or most of a longer sentence.

    Nothing that tells anything was typed: everything, as it stands.
    """
    wanted = words_of(typed[:LONGEST])[:_MOST_WORDS]
    if not wanted:
        return [one.thing for one in entries]
    vocabulary = list(frozenset().union(*(one.title | one.text for one in entries)))
    alike = [_alike(word, vocabulary) for word in wanted]
    scored = [(_score(one, alike), rank) for rank, one in enumerate(entries)]
    found = sorted((-score, rank) for score, rank in scored if score)
    return [entries[rank].thing for _score_of, rank in found]


def _alike(word: str, vocabulary: Iterable[str]) -> dict[str, float]:
    """The known words that a typed one may mean, each from 0 to 1: itself, its beginning, nearly it."""
    begun = {known: 0.9 for known in vocabulary if len(word) > 1 and known.startswith(word)}
    near: dict[str, float] = {}
    if len(word) > 3:
        close = process.extract(
            word,
            vocabulary,
            scorer=fuzz.ratio,
            processor=lambda known: known[: len(word) + 1],  # "hopital" begins "hospitalisation"
            score_cutoff=_ALIKE,
            limit=12,
        )
        near = {known: score / 125 for known, score, _rank in close}
    return {**near, **begun, **({word: 1.0} if word in set(vocabulary) else {})}


def _score(one: Entry[Thing], alike: Sequence[dict[str, float]]) -> float:
    best = [
        max(
            (
                weight * (3 if known in one.title else 1)
                for known, weight in words.items()
                if known in one.title or known in one.text
            ),
            default=0.0,
        )
        for words in alike
    ]
    found = sum(1 for weight in best if weight)
    needed = len(best) if len(best) < 3 else len(best) * _ENOUGH
    return sum(best) if found >= needed else 0.0
