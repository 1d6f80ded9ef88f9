"""Where a list goes on, as one opaque word of an address."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import date
from uuid import UUID

from havre.domains.health.queries import After


def token(after: After) -> str:
    """The word that the functions below read."""
    return urlsafe_b64encode(f"{after.day.isoformat()} {after.id}".encode()).decode().rstrip("=")


def transfers_after(text: str) -> After | None:
    """Where a list of transfers goes on; none for a word we never wrote: the list starts again."""
    return _read(text, UUID)


def claims_after(text: str) -> After | None:
    """Where a list of claims goes on, likewise."""
    return _read(text, _row_number)


def _read(text: str, read_id: Callable[[str], UUID | int]) -> After | None:
    try:
        plain = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
        day, _space, identity = plain.partition(" ")
        return After(date.fromisoformat(day), read_id(identity))
    except ValueError:
        return None


def _row_number(text: str) -> int:
    number = int(text)
    if not 0 < number < 2**63:
        raise ValueError("no row has this number")
    return number
