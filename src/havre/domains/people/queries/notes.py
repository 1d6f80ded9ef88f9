"""What the staff noted of a member."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from havre.domains.people.models import MemberNote, note_place
from havre.foundation.crypto import vault
from havre.foundation.db.keyset import row_than


class AfterNote(NamedTuple):
    """Where a page begins: behind this note."""

    at: datetime
    id: UUID


@dataclass(frozen=True)
class NoteSeen:
    id: UUID
    at: datetime
    by: UUID
    by_name: str
    words: str


def notes_of(
    *, household: UUID, membership: UUID, after: AfterNote | None = None, size: int = 10
) -> tuple[list[NoteSeen], AfterNote | None]:
    """Notes on a member, the newest first, and where the next page begins. One statement."""
    rows = MemberNote.objects.filter(household_id=household, membership_id=membership)
    if after is not None:
        rows = rows.filter(row_than("lt", at=after.at, id=after.id))
    found = [
        NoteSeen(
            row.id,
            row.at,
            row.by,
            row.by_name,
            vault().open(bytes(row.words), place=note_place(row.id)),
        )
        for row in rows.order_by("-at", "-id")[: size + 1]
    ]
    last = AfterNote(found[size - 1].at, found[size - 1].id) if len(found) > size else None
    return found[:size], last
