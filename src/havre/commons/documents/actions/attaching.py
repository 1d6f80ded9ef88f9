"""Files sent before what they go with: they wait under their sender, and leave with it."""

from datetime import datetime
from uuid import UUID

from havre.commons.documents.actions.removing import delete_upload
from havre.commons.documents.models import Upload
from havre.commons.documents.words import ATTACHABLE


def attach(*, household: UUID, subject: UUID, waiting: str, to: str, now: datetime) -> int:
    """Put the files that wait under ``waiting`` under the piece ``to``, where they stay; how many.

    Those that are refused, set aside or not here whole are left to their sender. One that is there
    already is not there twice. Needs the caller's guard and transaction.
    """
    rows = Upload.objects.select_for_update().filter(household_id=household, subject_id=subject)
    there = {bytes(one.content_sha256 or b"") for one in rows.filter(piece=to)}
    attached = 0
    for row in rows.filter(piece=waiting, kept_at=None, state__in=ATTACHABLE):
        if bytes(row.content_sha256 or b"") in there:
            delete_upload(row)
            continue
        row.piece, row.kept_at = to, now
        row.save(update_fields=["piece", "kept_at"])
        attached += 1
    return attached
