from uuid import UUID

from django.db import models

from havre.commons.documents.words import Compartment, DocumentKind
from havre.foundation.crypto import Place
from havre.foundation.db.fields import HouseholdRow, SealedField, choices_of


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


def content_place(document: UUID) -> Place:
    """Where the content of a document is sealed."""
    return Place("documents_document", "content", document)


def name_place(document: UUID) -> Place:
    """Where the name of its file is sealed."""
    return Place("documents_document", "file_name", document)
