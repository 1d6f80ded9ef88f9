"""Certificates that were issued: what they were about, and what checks them.

Kept as long as what they prove can be disputed: five years (Code civil, 2224) after the days certified.
"""

from dataclasses import replace

from havre.foundation.personal_data import (
    Erasure,
    Kept,
    LegalBasis,
    Purpose,
    Retention,
    Source,
    TableDeclaration,
)

_ISSUED = Kept(
    fields=("reference", "kind", "language", "first_day", "last_day", "zone", "initials", "sealed"),
    purpose=Purpose.CONTRACT,
    legal_basis=LegalBasis.CONTRACT,
    sources=(Source.FEED, Source.MEMBER, Source.SYSTEM),
    retention=Retention(60, "the last day certified"),
    export=True,
    erase=Erasure.DELETE_ROW,
)

DECLARATIONS = (
    TableDeclaration(
        "certificates.Certificate",
        (
            _ISSUED,
            replace(_ISSUED, fields=("issued_at", "revoked_at"), purpose=Purpose.LEGAL_PROOF),
            replace(
                _ISSUED,
                fields=(
                    "id",
                    "household_id",
                    "person_id",
                    "contract_id",
                    "document_id",
                    "issued_by",
                ),
                export=False,
            ),
            # Keyed digests: without the installation's key they tell nothing.
            replace(
                _ISSUED,
                fields=("facts", "token", "birth"),
                purpose=Purpose.SECURITY,
                sources=(Source.SYSTEM,),
                export=False,
            ),
        ),
    ),
)
