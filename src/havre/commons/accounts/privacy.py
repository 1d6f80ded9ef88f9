"""Who signs in. An account lives as long as its member may come back: two years after the last cover."""

from dataclasses import replace

from havre.foundation.personal_data import (
    Erasure,
    Kept,
    LegalBasis,
    NotPersonal,
    Purpose,
    Retention,
    Source,
    TableDeclaration,
)

_ACCOUNT = Kept(
    fields=("number_key", "state", "language", "opened_at", "email_confirmed_at"),
    purpose=Purpose.ACCOUNT,
    legal_basis=LegalBasis.CONTRACT,
    sources=(Source.FEED, Source.MEMBER, Source.SYSTEM),
    retention=Retention(24, "the last cover of the household ended"),
    export=True,
    erase=Erasure.DELETE_ROW,
)
_SIGN_INS = replace(
    _ACCOUNT,
    fields=(
        "signed_in_at",
        "signed_in_zone",
        "previous_sign_in_at",
        "previous_sign_in_zone",
        "password_chosen_at",
        "factors_answered_at",
    ),
    purpose=Purpose.SECURITY,
    legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
    sources=(Source.MEMBER, Source.SYSTEM),
)
_TRACE = replace(
    _SIGN_INS,
    fields=("account", "issued_at", "expires_at", "used_at"),
    sources=(Source.SYSTEM,),
    retention=Retention(12, "it was issued"),
    export=False,
)
_FACTOR = replace(
    _SIGN_INS,
    fields=("name", "added_at", "used_at"),
    retention=Retention(0, "it is removed, or the account is closed"),
)
_FACTOR_SECRET = replace(_FACTOR, fields=("account",), sources=(Source.SYSTEM,), export=False)
_REVIEW = replace(
    _ACCOUNT,
    fields=("reason", "typed_email", "received_at", "state", "decided_at", "effective_at"),
    legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
    sources=(Source.MEMBER, Source.STAFF),
    retention=Retention(12, "the request was decided"),
)

DECLARATIONS = (
    TableDeclaration(
        "accounts.Account",
        (
            _ACCOUNT,
            _SIGN_INS,
            replace(
                _ACCOUNT,
                fields=("id", "household_id", "membership_id", "person_id", "confirmed_email"),
                sources=(Source.SYSTEM,),
                export=False,
            ),
            replace(_SIGN_INS, fields=("password",), sources=(Source.MEMBER,), export=False),
            # What remains of a deleted account beside its ids: that there was one, and until when.
            replace(
                _ACCOUNT,
                fields=("closed_for", "closed_at", "access_ends_on"),
                purpose=Purpose.LEGAL_PROOF,
                sources=(Source.STAFF, Source.SYSTEM),
                retention=Retention(60, "the account was closed"),
            ),
            replace(
                _ACCOUNT,
                fields=("closed_by",),
                purpose=Purpose.LEGAL_PROOF,
                sources=(Source.STAFF, Source.SYSTEM),
                retention=Retention(60, "the account was closed"),
                export=False,
            ),
        ),
    ),
    TableDeclaration(
        "accounts.ProvisionalSecret",
        (
            _TRACE,
            replace(_TRACE, fields=("by_post",)),
            NotPersonal(("id", "digest"), "drawn at random, and a keyed digest of it"),
        ),
    ),
    TableDeclaration(
        "accounts.EmailCode",
        (
            replace(_TRACE, fields=("account", "email", "sent_at", "expires_at", "used_at")),
            replace(_TRACE, fields=("failures",)),
            NotPersonal(("id", "digest"), "drawn at random, and a keyed digest of it"),
        ),
    ),
    TableDeclaration(
        "accounts.TermsAcceptance",
        (
            # An agreement can be disputed for five years (Code civil, 2224).
            replace(
                _ACCOUNT,
                fields=("version", "language", "text_sha256", "accepted_at"),
                purpose=Purpose.LEGAL_PROOF,
                sources=(Source.MEMBER,),
                retention=Retention(60, "the account was closed"),
            ),
            replace(
                _ACCOUNT,
                fields=("id", "account"),
                purpose=Purpose.LEGAL_PROOF,
                sources=(Source.SYSTEM,),
                retention=Retention(60, "the account was closed"),
                export=False,
            ),
        ),
    ),
    TableDeclaration(
        "accounts.KnownDevice",
        (
            replace(
                _SIGN_INS,
                fields=("first_seen_at", "last_seen_at", "remembered_until", "browser", "system"),
                sources=(Source.MEMBER,),
                retention=Retention(12, "the browser was last seen"),
            ),
            replace(
                _TRACE,
                fields=("id", "account", "digest"),
                retention=Retention(12, "the browser was last seen"),
            ),
        ),
    ),
    TableDeclaration(
        "accounts.Passkey",
        (
            _FACTOR,
            replace(
                _FACTOR_SECRET,
                fields=("id", "account", "credential", "public_key", "sign_count"),
                sources=(Source.MEMBER, Source.SYSTEM),
            ),
        ),
    ),
    TableDeclaration(
        "accounts.CodeApp",
        (
            replace(_FACTOR, fields=("begun_at", "added_at", "used_at")),
            replace(_FACTOR_SECRET, fields=("id", "account", "secret", "last_step")),
        ),
    ),
    TableDeclaration(
        "accounts.RecoveryCode",
        (
            replace(_FACTOR, fields=("made_at", "used_at")),
            replace(_FACTOR_SECRET, fields=("account",)),
            NotPersonal(("id", "digest"), "drawn at random, and a keyed digest of it"),
        ),
    ),
    TableDeclaration(
        "accounts.Session",
        (
            replace(
                _SIGN_INS,
                fields=("began_at", "used_at", "zone", "browser", "system"),
                retention=Retention(0, "the session ended"),
            ),
            replace(
                _TRACE,
                fields=("account", "session_data", "expire_date"),
                retention=Retention(0, "the session ended"),
            ),
            NotPersonal(("session_key", "handle"), "drawn at random"),
        ),
    ),
    TableDeclaration(
        "accounts.EmailChange",
        (
            replace(
                _REVIEW,
                fields=("email", "channel", "state", "proposed_at", "decided_at", "held_until"),
                sources=(Source.MEMBER, Source.STAFF),
            ),
            replace(
                _REVIEW,
                fields=("id", "membership_id", "proposed_by", "decided_by"),
                sources=(Source.STAFF, Source.SYSTEM),
                export=False,
            ),
        ),
    ),
    TableDeclaration(
        "accounts.Throttle",
        (
            replace(
                _TRACE,
                fields=("key", "failures", "last_failure_at", "wait_until"),
                retention=Retention(0, "a day without failure has passed"),
            ),
        ),
    ),
    TableDeclaration(
        "accounts.OpeningRequest",
        (
            # Whoever typed it, and whether or not they are insured here.
            replace(
                _ACCOUNT,
                fields=("typed",),
                sources=(Source.MEMBER,),
                retention=Retention(0, "it has been matched"),
                export=False,
                erase=Erasure.BLANK,
            ),
            replace(
                _TRACE,
                fields=("id", "kind", "language", "received_at", "state", "done_at"),
                retention=Retention(12, "the request"),
            ),
        ),
    ),
    TableDeclaration(
        "accounts.OpeningReview",
        (
            _REVIEW,
            # How identity was proved, and by whom: the answer to "who opened my account?".
            replace(
                _REVIEW,
                fields=("proof",),
                purpose=Purpose.LEGAL_PROOF,
                sources=(Source.STAFF,),
                retention=Retention(60, "the request was decided"),
            ),
            replace(
                _REVIEW,
                fields=("decided_by",),
                purpose=Purpose.LEGAL_PROOF,
                sources=(Source.STAFF,),
                retention=Retention(60, "the request was decided"),
                export=False,
            ),
            replace(
                _REVIEW,
                fields=("id", "household_id", "membership_id", "person_id", "email_index"),
                sources=(Source.SYSTEM,),
                export=False,
            ),
        ),
    ),
    TableDeclaration(
        "accounts.ChangeNotice",
        (
            replace(
                _TRACE,
                fields=("account", "change", "told_at", "expires_at", "used_at"),
                retention=Retention(1, "the change was told"),
            ),
            NotPersonal(("id", "digest"), "drawn at random, and a keyed digest of what it derives"),
        ),
    ),
    TableDeclaration(
        "accounts.SecurityReport",
        (
            replace(
                _REVIEW,
                fields=("change", "reported_at", "state", "closed_at"),
                purpose=Purpose.SECURITY,
                retention=Retention(60, "the report was closed"),
            ),
            replace(
                _REVIEW,
                fields=("proof", "closed_by"),
                purpose=Purpose.LEGAL_PROOF,
                sources=(Source.STAFF,),
                retention=Retention(60, "the report was closed"),
                export=False,
            ),
            replace(
                _REVIEW,
                fields=("id", "account"),
                purpose=Purpose.SECURITY,
                sources=(Source.SYSTEM,),
                retention=Retention(60, "the report was closed"),
                export=False,
            ),
        ),
    ),
)
