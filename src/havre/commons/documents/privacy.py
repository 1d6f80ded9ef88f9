"""Documents of a household. What one says is its own app's to declare; this says that it is kept.

Kept as long as what they prove can be disputed: five years (Code civil, 2224) after the document.
"""

from dataclasses import replace

from havre.foundation.personal_data import (
    Erasure,
    Kept,
    LegalBasis,
    Purpose,
    Retention,
    Source,
    SpecialBasis,
    TableDeclaration,
)

_KEPT = Kept(
    fields=("kind", "compartment", "media_type", "size", "created_at"),
    purpose=Purpose.LEGAL_PROOF,
    legal_basis=LegalBasis.CONTRACT,
    sources=(Source.SYSTEM,),
    retention=Retention(60, "the document"),
    export=True,
    erase=Erasure.DELETE_ROW,
)

DECLARATIONS = (
    TableDeclaration(
        "documents.Document",
        (
            _KEPT,
            # A name that a member gave to a file can tell of care.
            replace(
                _KEPT,
                fields=("file_name",),
                sources=(Source.MEMBER, Source.SYSTEM),
                special=SpecialBasis.SOCIAL_PROTECTION,
            ),
            replace(_KEPT, fields=("id", "household_id", "sha256"), export=False),
        ),
    ),
)
