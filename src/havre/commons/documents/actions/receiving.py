"""Files that come in: a part at a time from where the last one ended, or whole.

Each part is sealed into a file of its own before the database hears of it, so that a line that breaks or a
process that is killed loses one part at most, and no byte of a paper about care lies on a disk in clear.
What was received whole waits for its checks (``checking``), and can be shown to nobody before.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from havre.commons.documents.actions.checking import CHECK
from havre.commons.documents.actions.removing import delete_upload
from havre.commons.documents.actions.sender import (
    NotReceiving,
    Sender,
    TooManyUploads,
    UploadMissing,
    WrongOffset,
)
from havre.commons.documents.actions.store import Stored, discard, store
from havre.commons.documents.models import Upload, UploadPart, content_place, upload_name_place
from havre.commons.documents.queries import UploadSeen, files, upload_seen
from havre.commons.documents.rules import fault_before, plain_name
from havre.commons.documents.words import Compartment, Fault, UploadState
from havre.foundation.crypto import open_stream, vault
from havre.foundation.db.jobs import add_job
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal

PART_MOST = 1_000_000
"""Bytes of a part."""
MOST_OF_A_SUBJECT = 50
MOST_AT_ONCE = 10
"""How many of the largest files one answer of a browser may bring."""
_FINGERPRINT = "upload fingerprint"


@dataclass(frozen=True)
class For:
    """What a file is sent for."""

    subject: UUID
    piece: str
    compartment: Compartment


def begin_upload(
    *,
    sender: Sender,
    subject: UUID,
    piece: str,
    compartment: Compartment,
    file_name: str,
    size: int,
    now: datetime,
    fingerprint: str = "",
) -> UploadSeen:
    """An upload that waits for its bytes; one that is refused where name or size tell already.

    The same ``fingerprint`` (whatever tells the same file of the same device) for the same paper finds
    the one begun before, with what it has received. Opens its transaction. Refuses ``TooManyUploads``.
    """
    name = plain_name(file_name)
    fault = fault_before(file_name=name, size=size, most=_most())
    seal = vault().blind(fingerprint, purpose=_FINGERPRINT) if fingerprint else None
    about = For(subject, piece, compartment)
    with sender.acting():
        begun = _begun(sender, about, seal, size)
        if begun:
            return upload_seen(begun)
        row = _row(sender, about, name, size, now)
        row.fingerprint = seal
        if fault:
            row.state, row.fault = UploadState.REFUSED, fault
        row.save(force_insert=True)
        return upload_seen(row)


def append_upload(
    *, sender: Sender, upload: UUID, offset: int, content: bytes, now: datetime
) -> int:
    """Add a part, of at most :data:`PART_MOST` bytes, that begins at ``offset``; how many are here now.

    Call it outside any transaction: it opens its own. Refuses ``WrongOffset``, ``NotReceiving``,
    ``UploadMissing``.
    """
    with sender.acting():
        _fits(_found(sender, upload), offset, len(content))
    part = store([content])
    try:
        with sender.acting():
            row = _locked(sender, upload)
            _fits(row, offset, len(content))
            _add_part(row, part, offset)
            row.received, row.moved_at = offset + len(content), now
            row.save(update_fields=["received", "moved_at"])
    except Refusal:
        discard(part)
        raise
    return row.received


def finish_upload(*, sender: Sender, upload: UUID, now: datetime) -> UploadSeen:
    """All bytes are here: have them checked. Done twice, it is done once.

    Where the same bytes were sent for the same paper before, that upload is given and this one is
    dropped. Opens its transactions. Refuses ``WrongOffset`` where bytes are missing, ``UploadMissing``.
    """
    with sender.acting():
        row = _found(sender, upload)
        if row.state != UploadState.RECEIVING:
            return upload_seen(row)
        if row.received != row.size:
            raise WrongOffset(row.received)
        parts = [part.id for part in _parts(row)]
    digest = hashlib.sha256()
    for part in _plain(parts):
        digest.update(part)
    return _handed_on(sender, upload, digest.digest(), now)


def receive_whole(
    *,
    sender: Sender,
    subject: UUID,
    piece: str,
    compartment: Compartment,
    file_name: str,
    content: Iterable[bytes],
    now: datetime,
) -> UploadSeen:
    """A file in one go: received and handed on to its checks.

    One that is too large or empty is refused by its name, in the row. Call it outside any transaction.
    Refuses ``TooManyUploads``.
    """
    return receive_sealed(
        sender=sender,
        about=For(subject, piece, compartment),
        file_name=file_name,
        parts=tuple(_sealed(content)),
        now=now,
    )


def receive_sealed(
    *, sender: Sender, about: For, file_name: str, parts: Sequence[Stored], now: datetime
) -> UploadSeen:
    """The same, of parts that ``store`` sealed as they came."""
    size = sum(part.size for part in parts)
    fault = Fault.EMPTY if size == 0 else Fault.TOO_LARGE if size > _most() else None
    kept = False
    try:
        with sender.acting():
            row = _row(sender, about, plain_name(file_name), size, now)
            row.received = 0 if fault else size
            if fault:
                row.state, row.fault = UploadState.REFUSED, fault
            row.save(force_insert=True)
            offset = 0
            for part in () if fault else parts:
                _add_part(row, part, offset)
                offset += part.size
        kept = not fault
    finally:
        for part in () if kept else parts:
            discard(part)
    return upload_seen(row) if fault else finish_upload(sender=sender, upload=row.id, now=now)


def _sealed(content: Iterable[bytes]) -> Iterator[Stored]:
    """In parts; what is past the largest file is counted, and kept no more."""
    waiting, size = b"", 0
    for some in content:
        waiting += some
        while len(waiting) >= PART_MOST:
            size += PART_MOST
            yield store([waiting[:PART_MOST]])
            waiting = waiting[PART_MOST:]
            if size > _most():
                return
    if waiting:
        yield store([waiting])


def _most() -> int:
    return int(settings.HAVRE.UPLOAD_MAX_MB) * 1024 * 1024


def _row(sender: Sender, about: For, name: str, size: int, now: datetime) -> Upload:
    """A new row, not saved. Refuses ``TooManyUploads``."""
    of_subject = Upload.objects.filter(household_id=sender.household, subject_id=about.subject)
    if of_subject.count() >= MOST_OF_A_SUBJECT:
        raise TooManyUploads(str(MOST_OF_A_SUBJECT))
    row_id = new_id()
    return Upload(
        id=row_id,
        household_id=sender.household,
        subject_id=about.subject,
        piece=about.piece,
        compartment=about.compartment,
        uploaded_by=sender.id,
        state=UploadState.RECEIVING,
        size=size,
        received=0,
        file_name=vault().seal(name, place=upload_name_place(row_id)),
        begun_at=now,
        moved_at=now,
    )


def _begun(sender: Sender, about: For, fingerprint: bytes | None, size: int) -> Upload | None:
    if fingerprint is None:
        return None
    return Upload.objects.filter(
        household_id=sender.household,
        subject_id=about.subject,
        piece=about.piece,
        compartment=about.compartment,
        state=UploadState.RECEIVING,
        fingerprint=fingerprint,
        size=size,
    ).first()


def _found(sender: Sender, upload: UUID) -> Upload:
    row = Upload.objects.filter(household_id=sender.household, id=upload).first()
    if row is None:
        raise UploadMissing(str(upload))
    return row


def _locked(sender: Sender, upload: UUID) -> Upload:
    rows = Upload.objects.select_for_update().filter(household_id=sender.household, id=upload)
    row = rows.first()
    if row is None:
        raise UploadMissing(str(upload))
    return row


def _fits(row: Upload, offset: int, length: int) -> None:
    if row.state != UploadState.RECEIVING:
        raise NotReceiving(row.state)
    if offset != row.received or not 0 < length <= PART_MOST or offset + length > row.size:
        raise WrongOffset(row.received)


def _add_part(row: Upload, part: Stored, offset: int) -> None:
    UploadPart(
        id=part.id,
        household_id=row.household_id,
        upload=row,
        offset=offset,
        size=part.size,
    ).save(force_insert=True)


def _parts(row: Upload) -> Iterable[UploadPart]:
    return UploadPart.objects.filter(household_id=row.household_id, upload=row).order_by("offset")


def _plain(parts: Iterable[UUID]) -> Iterator[bytes]:
    for part in parts:
        yield from open_stream(files().read(part), place=content_place(part), vault=vault())


def _handed_on(sender: Sender, upload: UUID, digest: bytes, now: datetime) -> UploadSeen:
    with sender.acting():
        row = _locked(sender, upload)
        if row.state != UploadState.RECEIVING:
            return upload_seen(row)
        same = Upload.objects.filter(
            household_id=sender.household,
            subject_id=row.subject_id,
            piece=row.piece,
            content_sha256=digest,
        )
        for refused in same.filter(state=UploadState.REFUSED):  # tried again: the new answer stands
            delete_upload(refused)
        row.state, row.content_sha256, row.moved_at = UploadState.CHECKING, digest, now
        try:
            with transaction.atomic():
                row.save(update_fields=["state", "content_sha256", "moved_at"])
        except IntegrityError:
            delete_upload(row)
            return upload_seen(same.get())
        add_job(CHECK, household=str(sender.household), upload=str(row.id))
    return upload_seen(row)
