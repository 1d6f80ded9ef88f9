"""What people chose. A proof of consent is kept as long as the consent can be disputed."""

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

# Code civil, art. 2224: five years; GDPR art. 7(1): who relies on a consent must be able to show it.
_PROOF = Kept(
    fields=("topic", "channel", "given", "at", "via", "text_version", "language"),
    purpose=Purpose.LEGAL_PROOF,
    legal_basis=LegalBasis.LEGAL_OBLIGATION,
    sources=(Source.MEMBER, Source.STAFF),
    retention=Retention(60, "the consent was withdrawn or the last cover of the household ended"),
    export=True,
    erase=Erasure.DELETE_ROW,
)
_WANTED = Kept(
    fields=("notice", "wanted", "changed_at"),
    purpose=Purpose.CORRESPONDENCE,
    legal_basis=LegalBasis.CONTRACT,
    sources=(Source.MEMBER,),
    retention=Retention(24, "the last cover of the household ended"),
    export=True,
    erase=Erasure.DELETE_ROW,
)
_IDS = ("id", "household_id", "person_id")

DECLARATIONS = (
    TableDeclaration(
        "privacy.Consent",
        (
            _PROOF,
            replace(
                _PROOF,
                fields=(*_IDS, "wording_sha256", "follows"),
                sources=(Source.SYSTEM,),
                export=False,
            ),
        ),
    ),
    TableDeclaration(
        "privacy.NoticeChoice",
        (_WANTED, replace(_WANTED, fields=_IDS, sources=(Source.SYSTEM,), export=False)),
    ),
)
