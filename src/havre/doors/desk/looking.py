"""What was looked for, in an address without a word of it: sealed, for whoever looks alone."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from havre.domains.people.queries.finding import AfterName
from havre.foundation.crypto import Place, Tampered, UnknownKey, vault

LONGEST = 120


@dataclass(frozen=True)
class Looking:
    """What somebody typed, and behind whom the page begins."""

    typed: str
    near: bool = False
    after: AfterName | None = None


def sealed(looking: Looking, *, by: UUID) -> str:
    """The word of an address that :func:`opened` reads."""
    after = [looking.after.sort_key, str(looking.after.id)] if looking.after else None
    text = json.dumps([looking.typed, looking.near, after])
    return urlsafe_b64encode(vault().seal(text, place=_place(by))).decode().rstrip("=")


def opened(word: str, *, by: UUID) -> Looking | None:
    """What was sealed for the same person; none for anything else."""
    try:
        kept = urlsafe_b64decode(word + "=" * (-len(word) % 4))
        typed, near, after = json.loads(vault().open(kept, place=_place(by)))
    except (ValueError, Tampered, UnknownKey):
        return None
    return Looking(typed, near, AfterName(after[0], UUID(after[1])) if after else None)


def _place(by: UUID) -> Place:
    return Place("desk", "looking", by)
