"""Where a list goes on, either way, as one opaque word of an address."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from havre.commons.cases.queries import After as BehindRequest
from havre.domains.health.queries import After, Place

_BACK = "later"
Found = TypeVar("Found")


def token(at: After | Place) -> str:
    """The word that the functions below read."""
    parts = [at.day.isoformat()]
    if isinstance(at, Place):
        parts += [str(at.transfer), str(at.line), str(at.rank)]
    else:
        parts.append(str(at.id))
    plain = " ".join([*parts, *([_BACK] if at.back else [])])
    return urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def transfers_at(text: str) -> After | None:
    """Where a list of transfers goes on; none for a word we never wrote: the list starts again."""
    return _read(text, lambda day, row, *, back: After(day, UUID(row), back), parts=2)


def claims_at(text: str) -> After | None:
    """Where a list of claims goes on, likewise."""
    return _read(text, lambda day, row, *, back: After(day, _number(row), back), parts=2)


def entries_at(text: str) -> Place | None:
    """Where a search in groups goes on, likewise."""

    def place(day: date, transfer: str, line: str, rank: str, *, back: bool) -> Place:
        return Place(_number(rank, least=0), day, UUID(transfer), _number(line), back)

    return _read(text, place, parts=4)


def _read(text: str, made: Callable[..., Found], *, parts: int) -> Found | None:
    try:
        plain = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
        day, *rest = plain.split(" ")
        back = rest[-1:] == [_BACK]
        rest = rest[:-1] if back else rest
        if len(rest) != parts - 1:
            return None
        return made(date.fromisoformat(day), *rest, back=back)
    except ValueError:
        return None


def _number(text: str, *, least: int = 1) -> int:
    number = int(text)
    if not least <= number < 2**63:
        raise ValueError("no row has this number")
    return number


def id_after(text: str) -> UUID | None:
    """Where a list in the order of ids goes on; none for what is no id: the list starts again."""
    try:
        return UUID(text)
    except ValueError:
        return None


def request_token(at: BehindRequest) -> str:
    """The word that ``requests_at`` reads."""
    return urlsafe_b64encode(f"{at.filed_at.isoformat()} {at.id}".encode()).decode().rstrip("=")


def requests_at(text: str) -> BehindRequest | None:
    """Where a list of requests goes on; none for a word we never wrote: the list starts again."""
    try:
        plain = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
        moment, _space, row = plain.partition(" ")
        found = BehindRequest(datetime.fromisoformat(moment), UUID(row))
    except ValueError:
        return None
    return found if found.filed_at.tzinfo else None
