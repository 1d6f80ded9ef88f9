from uuid import UUID

from django.db import models

from havre.commons.documents.words import Compartment, DocumentKind, Fault, UploadState
from havre.foundation.crypto import Place
from havre.foundation.db.fields import (
    HouseholdForeignKey,
    HouseholdReference,
    HouseholdRow,
    SealedField,
    choices_of,
)


class Document(HouseholdRow):
    """One sealed file of a household. The file is named after ``id``; ``sha256`` is of its plain bytes."""

    kind = models.TextField(choices=choices_of(DocumentKind))
    compartment = models.TextField(default=Compartment.GENERAL, choices=choices_of(Compartment))
    media_type = models.TextField()
    size = models.BigIntegerField()
    sha256 = models.BinaryField()
    file_name = SealedField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gte=0), name="document_has_a_size"),
            models.CheckConstraint(
                condition=models.Q(compartment__in=[one.value for one in Compartment]),
                name="document_in_a_compartment",
            ),
        ]


class Upload(HouseholdRow):
    """A file that somebody sends: from its first byte to the document that it becomes, or does not.

    ``subject_id`` is what it was sent for (a draft, hence the request of the same id; a conversation),
    ``piece`` the code of the paper that it answers, "" for none. ``uploaded_by`` is an account or a
    member of the staff. ``received`` of ``size`` bytes are here. ``content_sha256`` is of the bytes as
    they were sent, which are not kept; ``fingerprint`` tells the same file of the same device.
    """

    subject_id = models.UUIDField()
    piece = models.TextField(blank=True)
    compartment = models.TextField(choices=choices_of(Compartment))
    uploaded_by = models.UUIDField()
    state = models.TextField(choices=choices_of(UploadState))
    fault = models.TextField(blank=True, choices=choices_of(Fault))
    size = models.BigIntegerField()
    received = models.BigIntegerField()
    file_name = SealedField()
    fingerprint = models.BinaryField(null=True)
    content_sha256 = models.BinaryField(null=True)
    document_id = HouseholdReference(null=True, references="documents_document")
    preview_id = HouseholdReference(null=True, references="documents_document")
    media_type = models.TextField(blank=True)
    pages = models.IntegerField(null=True)
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size__gte=0, received__gte=0, received__lte=models.F("size")),
                name="upload_has_a_size",
            ),
            models.CheckConstraint(
                condition=models.Q(compartment__in=[one.value for one in Compartment]),
                name="upload_in_a_compartment",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="READY") | models.Q(document_id__isnull=False),
                name="upload_ready_is_a_document",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="REFUSED") | ~models.Q(fault=""),
                name="upload_refused_for_a_fault",
            ),
            # The same file sent twice for the same paper is one.
            models.UniqueConstraint(
                fields=["household_id", "subject_id", "piece", "content_sha256"],
                condition=~models.Q(state="REFUSED"),
                name="upload_once_a_piece",
            ),
        ]
        indexes = [
            models.Index(fields=["household_id", "subject_id"], name="upload_of_subject"),
            models.Index(
                fields=["moved_at"],
                condition=models.Q(state__in=["RECEIVING", "CHECKING", "WAITING_SCAN"]),
                name="upload_unsettled",
            ),
        ]


class UploadPart(HouseholdRow):
    """Some bytes of an upload as they came, in a sealed file named after ``id``. Gone once it is settled."""

    upload = HouseholdForeignKey(Upload)
    offset = models.BigIntegerField()
    size = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "upload", "offset"], name="upload_part_once"
            )
        ]


def content_place(document: UUID) -> Place:
    """Where the content of a document is sealed."""
    return Place("documents_document", "content", document)


def name_place(document: UUID) -> Place:
    """Where the name of its file is sealed."""
    return Place("documents_document", "file_name", document)


def upload_name_place(upload: UUID) -> Place:
    """Where the name of a file that somebody sends is sealed."""
    return Place("documents_upload", "file_name", upload)
