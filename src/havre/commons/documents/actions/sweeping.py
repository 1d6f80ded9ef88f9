"""What is left lying, removed by the worker once a day."""

from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from havre.commons.documents.actions.checking import CHECK
from havre.commons.documents.actions.removing import delete_upload, remove_files_later
from havre.commons.documents.models import Document, Upload, UploadPart
from havre.commons.documents.queries import files
from havre.commons.documents.words import UploadState
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.db.jobs import add_job

ORPHAN_AFTER = timedelta(days=1)
"""How long a file may wait for its row: longer than any transaction."""
UNFINISHED_AFTER = timedelta(days=1)
"""How long an upload waits for its next part."""
QUARANTINED_FOR = timedelta(days=30)
FORGOTTEN_AFTER = timedelta(hours=1)
"""After this the check of an upload is asked for again: its job was lost."""
_SWEEPER = Actor(name="documents", channel=Channel.JOB, purpose="remove files that nothing names")
_AT_ONCE = 1000


def sweep(*, now: datetime) -> int:
    """Remove files that no row names; how many. Needs the worker's user of the database."""
    removed = 0
    old = files().older_than((now - ORPHAN_AFTER).timestamp())
    while some := set(islice(old, _AT_ONCE)):
        with acting(actor=_SWEEPER, role=Role.BATCH):
            named: set[UUID] = set()
            for table in (Document, UploadPart):
                named |= set(table.objects.filter(id__in=some).values_list("id", flat=True))
        for orphan in some - named:
            files().remove(orphan)
            removed += 1
    return removed


def sweep_uploads(*, now: datetime) -> int:
    """Remove uploads that were never finished and the bytes of old quarantines; ask again for lost checks.

    How many were removed. Needs the worker's user of the database.
    """
    with acting(actor=_SWEEPER, role=Role.BATCH):
        unfinished = Upload.objects.filter(
            state=UploadState.RECEIVING, moved_at__lt=now - UNFINISHED_AFTER
        )[:_AT_ONCE]
        for row in (dropped := list(unfinished)):
            delete_upload(row)
        parts = UploadPart.objects.filter(
            upload__state=UploadState.QUARANTINED, upload__moved_at__lt=now - QUARANTINED_FOR
        )
        gone = list(parts.values_list("id", flat=True)[:_AT_ONCE])
        UploadPart.objects.filter(id__in=gone).delete()
        remove_files_later(gone)
        lost = Upload.objects.filter(state=UploadState.CHECKING, moved_at__lt=now - FORGOTTEN_AFTER)
        for household, upload in lost.values_list("household_id", "id")[:_AT_ONCE]:
            add_job(CHECK, household=str(household), upload=str(upload))
    return len(dropped)
