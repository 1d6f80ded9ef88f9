"""Taking files back, as long as what they were sent for was not filed."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from havre.commons.documents.actions.sender import Sender, UploadKept
from havre.commons.documents.models import Document, Upload, UploadPart
from havre.commons.documents.queries import files
from havre.commons.documents.words import ATTACHABLE, UNSETTLED, DocumentKind, UploadState
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Source
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.db.jobs import add_job

FORGET = "documents.forget"
_FORGETS = Actor(
    name="documents", channel=Channel.JOB, purpose="remove papers that were taken back"
)


def remove_upload(*, sender: Sender, upload: UUID) -> None:
    """Take a file back. Opens its transaction. Refuses ``UploadKept``; one that is not there is no fault."""
    with sender.acting():
        rows = Upload.objects.select_for_update().filter(household_id=sender.household, id=upload)
        for row in rows:
            if row.kept_at:
                raise UploadKept(str(upload))
            delete_upload(row)


def remove_uploads_of(*, household: UUID, subject: UUID) -> None:
    """Take back everything sent for a draft that is given up. Needs the caller's guard and transaction."""
    for row in Upload.objects.filter(household_id=household, subject_id=subject, kept_at=None):
        delete_upload(row)


def keep_uploads(*, household: UUID, subject: UUID, now: datetime) -> None:
    """The subject is filed: what is here is taken back no more. Needs the caller's guard and transaction."""
    rows = Upload.objects.filter(household_id=household, subject_id=subject, kept_at=None)
    rows.update(kept_at=now)
    tell_papers(household=household, subject=subject)


def tell_papers(*, household: UUID, subject: UUID) -> None:
    """The queue says how many papers a request has, and how many wait for the scan. Two statements."""
    rows = Upload.objects.filter(household_id=household, subject_id=subject, kept_at__isnull=False)
    states = list(rows.values_list("state", flat=True))
    worklist.note_papers(
        source=Source.CASE,
        source_id=subject,
        papers=sum(state in ATTACHABLE for state in states),
        scanning=sum(state in UNSETTLED for state in states),
    )


def delete_upload(row: Upload) -> None:
    """Remove a row with its parts; its documents by a job. Needs the caller's transaction."""
    parts = UploadPart.objects.filter(household_id=row.household_id, upload=row)
    gone = list(parts.values_list("id", flat=True))
    parts.delete()
    Upload.objects.filter(household_id=row.household_id, id=row.id).delete()
    remove_files_later(gone)
    if row.state == UploadState.QUARANTINED:
        worklist.take_away(source=Source.QUARANTINE, source_id=row.id)
    if row.document_id:
        preview = str(row.preview_id or row.document_id)
        add_job(
            FORGET,
            household=str(row.household_id),
            document=str(row.document_id),
            preview=preview,
        )


def remove_files_later(gone: Iterable[UUID]) -> None:
    """After the commit; where this process is killed before, the daily sweep finds them."""
    for name in gone:
        transaction.on_commit(partial(files().remove, name))


def forget_documents(*, household: UUID, documents: Iterable[UUID]) -> None:
    """Remove pieces and previews that no upload names any more. Needs the worker's user of the database."""
    with acting(actor=_FORGETS, role=Role.BATCH):
        for document in documents:
            held = Upload.objects.filter(household_id=household)
            if (held.filter(document_id=document) | held.filter(preview_id=document)).exists():
                continue
            papers = Document.objects.filter(
                household_id=household,
                id=document,
                kind__in=[DocumentKind.PIECE, DocumentKind.PREVIEW],
            )
            if papers.delete()[0]:
                remove_files_later([document])
