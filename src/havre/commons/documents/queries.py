"""Everything that reads documents. Each asks for one household, and the guard lets no other through."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, OuterRef, TextField, Value
from django.db.models.functions import JSONObject

from havre.commons.documents.models import (
    Document,
    Upload,
    content_place,
    name_place,
    upload_name_place,
)
from havre.commons.documents.words import (
    ATTACHABLE,
    UNSETTLED,
    Compartment,
    DocumentKind,
    Fault,
    UploadState,
)
from havre.foundation.crypto import Tampered, UnknownKey, open_stream, vault
from havre.foundation.db import live
from havre.foundation.db.keyset import row_than
from havre.foundation.files import FileMissing, Files, Folder
from havre.foundation.refusals import Refusal

_FIELDS = tuple(
    field
    for field in Upload._meta.concrete_fields
    if field.name not in {"content_sha256", "fingerprint"}
)


class DocumentDamaged(Refusal):
    """The file of a document is missing, was altered or cut, or its key is not here."""


@dataclass(frozen=True)
class DocumentSeen:
    """What is known of a document without opening its file."""

    id: UUID
    kind: DocumentKind
    compartment: Compartment
    media_type: str
    size: int
    sha256: bytes
    file_name: str | None
    created_at: datetime


@dataclass(frozen=True)
class UploadSeen:
    """A file that somebody sends. ``document`` and ``preview`` are there once it is READY.

    ``fault`` says why it was REFUSED. ``kept``: what it was sent for was filed, so it stays.
    """

    id: UUID
    subject: UUID
    piece: str
    compartment: Compartment
    uploaded_by: UUID
    state: UploadState
    fault: Fault | None
    size: int
    received: int
    file_name: str
    document: UUID | None
    preview: UUID | None
    media_type: str
    pages: int | None
    begun_at: datetime
    moved_at: datetime
    kept: bool

    @property
    def settled(self) -> bool:
        """Nothing more happens to it by itself."""
        return self.state not in UNSETTLED


class AfterDocument(NamedTuple):
    """Where a page begins: behind this document."""

    created_at: datetime
    id: UUID


@lru_cache(maxsize=1)
def files() -> Files:
    """Where this installation keeps sealed files."""
    return Folder(settings.HAVRE.DOCUMENTS_FOLDER)


def document_of(*, household: UUID, document: UUID) -> DocumentSeen | None:
    """A document of the household; another household's is not there. One statement."""
    row = Document.objects.filter(household_id=household, id=document).first()
    return _seen(row) if row else None


def documents_of(
    *, household: UUID, after: AfterDocument | None = None, size: int = 10
) -> tuple[list[DocumentSeen], AfterDocument | None]:
    """Documents of a household but the pictures drawn of them, the newest first, of the compartments
    that the role in hand sees; and where the next page begins. One statement."""
    rows = Document.objects.filter(household_id=household).exclude(kind=DocumentKind.PREVIEW)
    if after is not None:
        rows = rows.filter(row_than("lt", created_at=after.created_at, id=after.id))
    found = [_seen(row) for row in rows.order_by("-created_at", "-id")[: size + 1]]
    last = found[size - 1] if len(found) > size else None
    return found[:size], AfterDocument(last.created_at, last.id) if last else None


def uploads_of(
    *, household: UUID, subject: UUID, compartments: Collection[Compartment] = tuple(Compartment)
) -> tuple[UploadSeen, ...]:
    """What was sent for a subject, in the order it was begun. One statement."""
    rows = Upload.objects.filter(
        household_id=household, subject_id=subject, compartment__in=compartments
    )
    return tuple(upload_seen(row) for row in rows.order_by("begun_at", "id"))


def sent_for(subject: OuterRef) -> ArraySubquery:
    """The same in a statement about what they were sent for; ``uploads_in`` reads it."""
    columns = {field.attname: F(field.attname) for field in _FIELDS}
    sealed = Func(F("file_name"), Value("base64"), function="encode", output_field=TextField())
    rows = Upload.objects.filter(household_id=OuterRef("household_id"), subject_id=subject)
    said = JSONObject(**{**columns, "file_name": sealed})
    return ArraySubquery(rows.order_by("begun_at", "id").values_list(said))


def uploads_in(said: Iterable[dict[str, Any]]) -> tuple[UploadSeen, ...]:
    """What ``sent_for`` found."""
    rows = ({one.attname: one.to_python(row[one.attname]) for one in _FIELDS} for row in said)
    return tuple(upload_seen(Upload(**row)) for row in rows)


def attachable(*, household: UUID, subject: UUID, piece: str) -> bool:
    """Whether a file waits there that may leave with a message. One statement."""
    rows = Upload.objects.filter(household_id=household, subject_id=subject, piece=piece)
    return rows.filter(kept_at=None, state__in=ATTACHABLE).exists()


def upload_of(*, household: UUID, upload: UUID) -> UploadSeen | None:
    """One of them; another household's is not there. One statement."""
    row = Upload.objects.filter(household_id=household, id=upload).first()
    return upload_seen(row) if row else None


def topic_of(subject: UUID) -> str:
    """Announced when the checks of a file sent for this subject end (``foundation.db.live``)."""
    return live.topic("uploads of", subject)


def upload_seen(row: Upload) -> UploadSeen:
    """For the actions of this app: a row as it is told."""
    return UploadSeen(
        id=row.id,
        subject=row.subject_id,
        piece=row.piece,
        compartment=Compartment(row.compartment),
        uploaded_by=row.uploaded_by,
        state=UploadState(row.state),
        fault=Fault(row.fault) if row.fault else None,
        size=row.size,
        received=row.received,
        file_name=vault().open(bytes(row.file_name), place=upload_name_place(row.id)),
        document=row.document_id,
        preview=row.preview_id,
        media_type=row.media_type,
        pages=row.pages,
        begun_at=row.begun_at,
        moved_at=row.moved_at,
        kept=row.kept_at is not None,
    )


def content_of(document: DocumentSeen) -> Iterator[bytes]:
    """The bytes of a document, in parts, proven whole before the first is given. No statement.

    Read twice, once to prove, so that a long file needs no memory and none is given half. Refuses
    ``DocumentDamaged``.
    """
    proof = hashlib.sha256()
    try:
        for part in _opened(document.id):
            proof.update(part)
    except (FileMissing, Tampered, UnknownKey) as error:
        raise DocumentDamaged(f"{document.id}: {type(error).__name__}") from None
    if proof.digest() != document.sha256:
        raise DocumentDamaged(f"{document.id}: not the bytes that were stored")
    return _opened(document.id)


def damaged() -> Iterator[tuple[UUID, str]]:
    """Every document, with what is wrong with its file, "" where nothing is.

    Over all households: needs the owner of the tables.
    """
    for row in Document.objects.order_by("id").iterator(chunk_size=500):
        try:
            content_of(_seen(row))
        except DocumentDamaged as refused:
            yield row.id, str(refused).partition(": ")[2]
        else:
            yield row.id, ""


def _opened(document: UUID) -> Iterator[bytes]:
    return open_stream(files().read(document), place=content_place(document), vault=vault())


def _seen(row: Document) -> DocumentSeen:
    name = row.file_name and vault().open(bytes(row.file_name), place=name_place(row.id))
    return DocumentSeen(
        id=row.id,
        kind=DocumentKind(row.kind),
        compartment=Compartment(row.compartment),
        media_type=row.media_type,
        size=row.size,
        sha256=bytes(row.sha256),
        file_name=name or None,
        created_at=row.created_at,
    )
