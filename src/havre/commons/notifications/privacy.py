"""The outbox: what a mail said is forgotten when it has left; that it left is kept for a year."""

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

_SENT = Kept(
    fields=("kind", "language", "address", "state", "created_at", "sent_at"),
    purpose=Purpose.CORRESPONDENCE,
    legal_basis=LegalBasis.CONTRACT,
    sources=(Source.FEED, Source.MEMBER, Source.SYSTEM),
    retention=Retention(12, "the mail was sent or had expired"),
    export=True,
    erase=Erasure.DELETE_ROW,
)

DECLARATIONS = (
    TableDeclaration(
        "notifications.OutgoingMail",
        (
            _SENT,
            replace(
                _SENT,
                fields=(
                    "id",
                    "subject_key",
                    "household_id",
                    "membership_id",
                    "about",
                    "not_before",
                    "expires_at",
                    "attempts",
                    "message_name",
                ),
                sources=(Source.SYSTEM,),
                export=False,
            ),
            replace(
                _SENT,
                fields=("facts",),
                retention=Retention(0, "the mail is sent or expires"),
                export=False,
                erase=Erasure.BLANK,
            ),
        ),
    ),
    TableDeclaration(
        "notifications.RefusingAddress",
        (
            replace(
                _SENT,
                fields=("address", "since"),
                sources=(Source.SYSTEM,),
                retention=Retention(24, "the address refused a mail"),
                export=False,
            ),
        ),
    ),
    TableDeclaration(
        "notifications.SilencedMember",
        (
            replace(
                _SENT,
                fields=("membership_id", "since"),
                sources=(Source.SYSTEM, Source.STAFF),
                retention=Retention(120, "the death was recorded"),
                export=False,
            ),
        ),
    ),
    TableDeclaration(
        "notifications.Letter",
        (
            replace(
                _SENT,
                fields=("kind", "language", "state", "created_at", "printed_at", "sent_at"),
                retention=Retention(12, "the letter was posted"),
            ),
            replace(
                _SENT,
                fields=("id", "household_id", "membership_id", "about", "expires_at", "printed_by"),
                sources=(Source.SYSTEM, Source.STAFF),
                retention=Retention(12, "the letter was posted"),
                export=False,
            ),
            replace(
                _SENT,
                fields=("facts",),
                retention=Retention(0, "the letter is posted"),
                export=False,
                erase=Erasure.BLANK,
            ),
        ),
    ),
)
