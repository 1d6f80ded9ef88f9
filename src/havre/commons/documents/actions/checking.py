"""The checks of what was received: antivirus, then the paper written anew. Run by the worker.

Whatever is killed in between runs again from the start: until the last transaction nothing of the row
has changed, and files without a row are swept.
"""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings

from havre.commons.documents.actions.removing import remove_files_later, tell_papers
from havre.commons.documents.actions.store import Stored, discard, record, store
from havre.commons.documents.models import Upload, UploadPart, content_place
from havre.commons.documents.queries import files, topic_of, upload_seen
from havre.commons.documents.words import Compartment, DocumentKind, Fault, UploadState
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Item, Source
from havre.foundation.antivirus import ScannerDown, scan
from havre.foundation.cleaning import Cleaned, Unfit, clean
from havre.foundation.crypto import Tampered, UnknownKey, open_stream, vault
from havre.foundation.db import Actor, Channel, Role, acting, live
from havre.foundation.db.jobs import add_job
from havre.foundation.files import FileMissing

CHECK = "documents.check"
SCANNED_AGAIN_AFTER = timedelta(minutes=1)
QUARANTINE_DUE = timedelta(days=1)
_CHECKS = Actor(name="documents", channel=Channel.JOB, purpose="check what was sent")
_WAITING = (UploadState.CHECKING, UploadState.WAITING_SCAN)
_log = structlog.get_logger(__name__)


def check_upload(*, household: UUID, upload: UUID, now: datetime) -> UploadState | None:
    """Check one upload and settle it; its state after, none where it is gone.

    One that is settled stays as it is. Where the antivirus does not answer, it waits and is asked again
    after :data:`SCANNED_AGAIN_AFTER`. Needs the worker's user of the database, outside any transaction.
    """
    with acting(actor=_CHECKS, role=Role.BATCH):
        row = Upload.objects.filter(household_id=household, id=upload).first()
        parts = list(_parts(household, upload)) if row and row.state in _WAITING else []
    if row is None or row.state not in _WAITING:
        return UploadState(row.state) if row else None
    try:
        content = _whole(row, parts)
        address = settings.HAVRE.CLAMAV_SOCKET
        found = scan(content, address=address) if address else None
        if found:
            _log.warning("upload_quarantined", upload=str(upload), found=found)
            return _settle(row, UploadState.QUARANTINED, now=now)
        return _ready(row, clean(content, file_name=upload_seen(row).file_name), now=now)
    except ScannerDown as error:
        _log.warning("antivirus_does_not_answer", upload=str(upload), error=str(error))
        return _wait(row, now=now)
    except Unfit as refused:
        return _settle(row, UploadState.REFUSED, now=now, fault=refused.fault)


def _parts(household: UUID, upload: UUID) -> "list[UploadPart]":
    return list(
        UploadPart.objects.filter(household_id=household, upload_id=upload).order_by("offset")
    )


def _whole(row: Upload, parts: list[UploadPart]) -> bytes:
    """The bytes as they were sent. Refuses ``Unfit`` where they are here no more."""
    plain = bytearray()
    try:
        for part in parts:
            place = content_place(part.id)
            for some in open_stream(files().read(part.id), place=place, vault=vault()):
                plain += some
    except (FileMissing, Tampered, UnknownKey):
        raise Unfit(Fault.DAMAGED) from None
    content = bytes(plain)
    if hashlib.sha256(content).digest() != bytes(row.content_sha256 or b""):
        raise Unfit(Fault.DAMAGED)
    return content


def _ready(row: Upload, cleaned: Cleaned, *, now: datetime) -> UploadState | None:
    document = store([cleaned.content])
    preview = store([cleaned.preview]) if cleaned.preview else None
    return _settle(
        row,
        UploadState.READY,
        now=now,
        made=[
            ("document_id", DocumentKind.PIECE, document, cleaned.media_type),
            *([("preview_id", DocumentKind.PREVIEW, preview, "image/jpeg")] if preview else []),
        ],
        pages=cleaned.pages,
    )


Made = tuple[str, DocumentKind, Stored, str]


def _settle(
    seen: Upload,
    state: UploadState,
    *,
    now: datetime,
    fault: Fault | None = None,
    made: "list[Made] | None" = None,
    pages: int | None = None,
) -> UploadState | None:
    """The one transaction in which a check takes effect; without it, nothing was done."""
    with acting(actor=_CHECKS, role=Role.BATCH):
        row = (
            Upload.objects.select_for_update()
            .filter(household_id=seen.household_id, id=seen.id)
            .first()
        )
        if row is None or row.state not in _WAITING:
            for _column, _kind, stored, _type in made or ():
                discard(stored)
            return UploadState(row.state) if row else None
        for column, kind, stored, media_type in made or ():
            setattr(row, column, _recorded(row, kind, stored, media_type, now))
        row.state, row.fault, row.moved_at, row.pages = state, fault or "", now, pages
        row.media_type = made[0][3] if made else ""
        row.save()
        if state is UploadState.QUARANTINED:
            worklist.put(_item(row, now=now))
        else:
            _drop_parts(row)
        if row.kept_at:
            tell_papers(household=row.household_id, subject=row.subject_id)
        live.announce(topic_of(row.subject_id))
    _log.info("upload_checked", upload=str(row.id), state=state, fault=fault)
    return state


def _item(row: Upload, *, now: datetime) -> Item:
    """Somebody tells the sender, and looks at where it came from. It is opened by nobody."""
    return Item(
        source=Source.QUARANTINE,
        source_id=row.id,
        kind="QUARANTINE",
        needs="requests.decide",
        household=row.household_id,
        opened_at=now,
        due_at=now + QUARANTINE_DUE,
    )


def _recorded(
    row: Upload, kind: DocumentKind, stored: Stored, media_type: str, now: datetime
) -> UUID:
    name = upload_seen(row).file_name if kind is DocumentKind.PIECE else None
    return record(
        stored,
        household=row.household_id,
        kind=kind,
        compartment=Compartment(row.compartment),
        media_type=media_type,
        file_name=name,
        now=now,
    )


def _drop_parts(row: Upload) -> None:
    parts = UploadPart.objects.filter(household_id=row.household_id, upload=row)
    remove_files_later(list(parts.values_list("id", flat=True)))
    parts.delete()


def _wait(seen: Upload, *, now: datetime) -> UploadState | None:
    with acting(actor=_CHECKS, role=Role.BATCH):
        rows = Upload.objects.filter(household_id=seen.household_id, id=seen.id, state__in=_WAITING)
        if not rows.update(state=UploadState.WAITING_SCAN):
            return None
        if seen.kept_at:
            tell_papers(household=seen.household_id, subject=seen.subject_id)
        add_job(
            CHECK,
            at=now + SCANNED_AGAIN_AFTER,
            household=str(seen.household_id),
            upload=str(seen.id),
        )
    return UploadState.WAITING_SCAN
