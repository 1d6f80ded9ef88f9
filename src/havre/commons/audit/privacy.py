"""The history of changes, and who read what.

Security of processing and being able to account for it are obligations (GDPR art. 32 and 5(2)). Changes
are kept for as long as what they led to can be disputed, five years (Code civil, 2224); readings as access
logs are, twelve months at the most by the CNIL's recommendation (délibération 2021-122).
"""

from dataclasses import replace

from havre.foundation.personal_data import (
    Erasure,
    Kept,
    LegalBasis,
    NotPersonal,
    Purpose,
    Retention,
    Source,
    SpecialBasis,
    TableDeclaration,
)

_CHANGE = Kept(
    fields=("at", "table_name", "operation", "channel", "purpose"),
    purpose=Purpose.SECURITY,
    legal_basis=LegalBasis.LEGAL_OBLIGATION,
    sources=(Source.SYSTEM,),
    retention=Retention(60, "the change"),
    export=True,
    erase=Erasure.DROP_PARTITION,
)
_READING = replace(
    _CHANGE,
    fields=("at", "datum", "purpose"),
    retention=Retention(12, "the reading"),
    erase=Erasure.DELETE_ROW,
)

# What a feed was told names records by the ids of whoever sends it: pseudonyms, and sealed.
_LOADING = replace(
    _READING,
    fields=("told", "reason"),
    purpose=Purpose.DATA_QUALITY,
    legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
    sources=(Source.FEED, Source.STAFF),
    retention=Retention(12, "the loading"),
    export=False,
)

DECLARATIONS = (
    TableDeclaration(
        "audit.Change",
        (
            _CHANGE,
            # A change of a line of reimbursement is told here too.
            replace(
                _CHANGE,
                fields=("before", "after"),
                special=SpecialBasis.SOCIAL_PROTECTION,
                sources=(Source.FEED, Source.MEMBER, Source.STAFF, Source.SYSTEM),
            ),
            # Who acted is somebody else's datum as well: told as an office, not as a name.
            replace(
                _CHANGE, fields=("id", "row_id", "household_id", "role", "actor"), export=False
            ),
        ),
    ),
    TableDeclaration(
        "audit.Reading",
        (
            replace(_READING, fields=(*_READING.fields, "staff_name")),
            replace(
                _READING,
                fields=("id", "household_id", "account_id", "staff_id", "person_id"),
                export=False,
            ),
        ),
    ),
    TableDeclaration(
        "audit.Opening",
        (
            replace(
                _READING,
                fields=("staff_name", "purpose", "at", "until", "words"),
                sources=(Source.STAFF, Source.SYSTEM),
            ),
            replace(
                _READING,
                fields=("id", "household_id", "staff_id", "case_id"),
                sources=(Source.STAFF, Source.SYSTEM),
                export=False,
            ),
        ),
    ),
    TableDeclaration(
        "audit.Loading",
        (
            _LOADING,
            replace(_LOADING, fields=("closed_by",), sources=(Source.STAFF,)),
            NotPersonal(
                ("id", "command", "files", "outcome", "at", "remarks", "closed_at"),
                "which files came and what became of them",
            ),
        ),
    ),
)
