"""Counts that may be told without telling anybody apart."""

from collections.abc import Mapping
from typing import TypeVar

FEWEST = 5
"""Fewer than so many, and one of them could be recognised."""
K = TypeVar("K")


def told(counts: Mapping[K, int]) -> dict[K, int | None]:
    """The counts, none in place of those from one to four.

    Where they stand beside their sum, what is hidden could be had by taking away: so those that are hidden
    are at least two and five in all, or the smallest of the others is hidden too. Nothing at all may be
    said: that is nobody.
    """
    hidden = {key for key, count in counts.items() if 0 < count < FEWEST}
    others = sorted((count, place) for place, count in enumerate(counts.values()) if count > 0)
    keys = list(counts)
    while hidden and (len(hidden) < 2 or sum(counts[key] for key in hidden) < FEWEST):
        left = [keys[place] for _count, place in others if keys[place] not in hidden]
        if not left:
            break
        hidden.add(left[0])
    return {key: None if key in hidden else count for key, count in counts.items()}


def enough(count: int) -> int | None:
    """A count that stands alone, none from one to four."""
    return None if 0 < count < FEWEST else count
