"""Noting something of a member, at the desk."""

from datetime import datetime
from uuid import UUID

from havre.domains.people.models import MemberNote, note_place
from havre.foundation.crypto import vault

LONGEST_NOTE = 2000


def note(
    *,
    id: UUID,  # noqa: A002  # the name of the column
    household: UUID,
    membership: UUID,
    words: str,
    by: UUID,
    name: str,
    now: datetime,
) -> None:
    """Keep a note; the same ``id`` again is the same note. Needs the household's context as the desk."""
    MemberNote.objects.bulk_create(
        [
            MemberNote(
                id=id,
                household_id=household,
                membership_id=membership,
                at=now,
                by=by,
                by_name=name,
                words=vault().seal(words.strip()[:LONGEST_NOTE], place=note_place(id)),
            )
        ],
        ignore_conflicts=True,
    )
