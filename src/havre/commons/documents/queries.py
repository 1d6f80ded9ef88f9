"""Everything that reads documents. Each asks for one household, and the guard lets no other through."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings

from havre.commons.documents.models import Document, content_place, name_place
from havre.commons.documents.words import Compartment, DocumentKind
from havre.foundation.crypto import Tampered, UnknownKey, open_stream, vault
from havre.foundation.files import FileMissing, Files, Folder
from havre.foundation.refusals import Refusal


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


@lru_cache(maxsize=1)
def files() -> Files:
    """Where this installation keeps sealed files."""
    return Folder(settings.HAVRE.DOCUMENTS_FOLDER)


def document_of(*, household: UUID, document: UUID) -> DocumentSeen | None:
    """A document of the household; another household's is not there. One statement."""
    row = Document.objects.filter(household_id=household, id=document).first()
    return _seen(row) if row else None


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
