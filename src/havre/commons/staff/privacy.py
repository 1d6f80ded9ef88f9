"""Who works here. A row outlives the work: who decided what about a member stays known for as long as it
can be disputed, five years (Code civil, 2224)."""

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

_STAFF = Kept(
    fields=(
        *("first_name", "last_name", "email", "language", "roles"),
        *("products", "employers", "intermediaries", "state", "invited_at", "ended_on"),
    ),
    purpose=Purpose.SECURITY,
    legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
    sources=(Source.STAFF, Source.SYSTEM),
    retention=Retention(60, "the day they left"),
    export=True,
    erase=Erasure.DELETE_ROW,
)
_SIGN_IN = replace(
    _STAFF,
    fields=("signed_in_at", "password_chosen_at"),
    retention=Retention(0, "the day they leave"),
    erase=Erasure.BLANK,
)
_TRACE = replace(
    _STAFF,
    fields=("id", "staff", "digest", "issued_at", "expires_at", "used_at"),
    sources=(Source.SYSTEM,),
    retention=Retention(12, "it was issued"),
    export=False,
)
_FACTOR = replace(
    _STAFF,
    fields=("name", "added_at", "used_at"),
    retention=Retention(0, "it is removed, or the day they leave"),
)
_SECRET = replace(_FACTOR, sources=(Source.SYSTEM,), export=False)

DECLARATIONS = (
    TableDeclaration(
        "staff.StaffMember",
        (
            _STAFF,
            _SIGN_IN,
            replace(_STAFF, fields=("id", "email_index"), sources=(Source.SYSTEM,), export=False),
            replace(_STAFF, fields=("password",), export=False),
        ),
    ),
    TableDeclaration("staff.Invitation", (_TRACE,)),
    TableDeclaration(
        "staff.Session",
        (
            replace(
                _FACTOR,
                fields=("began_at", "used_at", "zone", "browser", "system"),
                retention=Retention(0, "the session ends"),
            ),
            replace(
                _SECRET,
                fields=("session_key", "session_data", "expire_date", "handle", "staff"),
                retention=Retention(0, "the session ends"),
            ),
        ),
    ),
    TableDeclaration(
        "staff.Passkey",
        (
            _FACTOR,
            replace(_SECRET, fields=("id", "staff", "credential", "public_key", "sign_count")),
        ),
    ),
    TableDeclaration(
        "staff.CodeApp",
        (
            replace(_FACTOR, fields=("added_at", "used_at")),
            replace(_SECRET, fields=("id", "staff", "secret", "begun_at", "last_step")),
        ),
    ),
    TableDeclaration(
        "staff.RecoveryCode",
        (
            replace(_FACTOR, fields=("made_at", "used_at")),
            replace(_SECRET, fields=("id", "staff", "digest")),
        ),
    ),
)
