"""Where a list goes on, as one opaque word of an address: a moment and an id, nothing else."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

Made = TypeVar("Made")


def word(place: tuple[Any, UUID]) -> str:
    """The word that :func:`place_at` reads, of a moment or a day and an id."""
    at, row = place
    return urlsafe_b64encode(f"{at.isoformat()} {row}".encode()).decode().rstrip("=")


def place_at(
    text: str,
    made: Callable[[Any, UUID], Made],
    *,
    moment: Callable[[str], Any] = datetime.fromisoformat,
) -> Made | None:
    """Where a list goes on; none for a word we never wrote: the list starts again."""
    try:
        at, row = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split(" ")
        return made(moment(at), UUID(row)) if at else None
    except ValueError:
        return None


def number_in(text: str) -> int | None:
    """The number of a row as an address holds it; none for what is no such number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
