from django.db import models

from havre.foundation.db.fields import HouseholdReference, HouseholdRow


class Certificate(HouseholdRow):
    """One certificate that was issued. What it said is the document; what is here finds and checks it.

    ``facts`` is a digest of what was certified. Of the secret in its QR code only ``token`` is kept, a
    keyed digest, and of the birth date only ``birth``, keyed by the same token.
    """

    reference = models.TextField()
    facts = models.BinaryField()
    kind = models.TextField()
    language = models.TextField()
    person_id = HouseholdReference(references="people_person")
    contract_id = HouseholdReference(references="contracts_contract")
    document_id = HouseholdReference(references="documents_document")
    first_day = models.DateField()
    last_day = models.DateField()
    zone = models.SmallIntegerField(null=True)
    initials = models.TextField()
    token = models.BinaryField(unique=True)
    birth = models.BinaryField()
    sealed = models.BooleanField()
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "reference"], name="one_certificate_a_reference"
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="certificate_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["household_id", "facts"], name="certificates_same_facts"),
        ]
