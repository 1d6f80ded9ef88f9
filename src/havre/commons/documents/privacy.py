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

_SENT = replace(_KEPT, sources=(Source.MEMBER, Source.STAFF, Source.SYSTEM))
# A paper and its name can tell of care.
_TELLING = replace(_SENT, special=SpecialBasis.SOCIAL_PROTECTION)
# Bytes that wait for their checks: gone with the answer, after a month where it is a quarantine.
_PASSING = replace(_SENT, retention=Retention(1, "the part was received"), export=False)

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
    TableDeclaration(
        "documents.Upload",
        (
            replace(
                _SENT,
                fields=(
                    *("compartment", "state", "fault", "size", "received", "media_type", "pages"),
                    *("begun_at", "moved_at", "kept_at"),
                ),
            ),
            replace(_TELLING, fields=("piece", "file_name")),
            replace(
                _SENT,
                fields=(
                    *("id", "household_id", "subject_id", "uploaded_by", "fingerprint"),
                    *("content_sha256", "document_id", "preview_id"),
                ),
                export=False,
            ),
        ),
    ),
    TableDeclaration(
        "documents.UploadPart",
        (replace(_PASSING, fields=("id", "household_id", "upload", "offset", "size")),),
    ),
)
