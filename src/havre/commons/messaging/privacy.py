"""Messages tell of anything, care included. Kept as long as what they prove can be disputed: five years
(Code civil, art. 2224) after the last one of the conversation."""

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

_CONVERSATION = Kept(
    fields=(
        "topic",
        "compartment",
        "state",
        "language",
        "opened_at",
        "last_at",
        "last_from",
        "messages",
    ),
    purpose=Purpose.CORRESPONDENCE,
    legal_basis=LegalBasis.CONTRACT,
    sources=(Source.MEMBER, Source.STAFF),
    retention=Retention(60, "the last message of the conversation"),
    export=True,
    erase=Erasure.DELETE_ROW,
)
_MESSAGE = replace(_CONVERSATION, fields=("number", "author", "shown_name", "compartment", "at"))
_SAID = replace(_CONVERSATION, special=SpecialBasis.SOCIAL_PROTECTION)
_DRAFT = replace(
    _CONVERSATION,
    fields=("saved_at", "topic"),
    retention=Retention(1, "it was last typed in, or until it is sent"),
)
_SYSTEM = (Source.SYSTEM,)

DECLARATIONS = (
    TableDeclaration(
        "messaging.Conversation",
        (
            _CONVERSATION,
            # What a member calls a conversation can tell of care.
            replace(_SAID, fields=("subject",)),
            replace(
                _CONVERSATION,
                fields=(
                    "id",
                    "household_id",
                    "membership_id",
                    "case_id",
                    "client_key",
                    "product",
                    "employer_id",
                    "intermediary_id",
                    "waiting_since",
                    "member_seen",
                    "staff_seen",
                    "unread_by_member",
                    "unread_by_staff",
                ),
                sources=_SYSTEM,
                export=False,
            ),
        ),
    ),
    TableDeclaration(
        "messaging.Message",
        (
            _MESSAGE,
            replace(_SAID, fields=("body",)),
            replace(
                _MESSAGE,
                fields=("id", "household_id", "conversation_id", "author_id", "client_key"),
                sources=_SYSTEM,
                export=False,
            ),
        ),
    ),
    TableDeclaration(
        "messaging.Draft",
        (
            _DRAFT,
            replace(_DRAFT, fields=("subject", "body"), special=SpecialBasis.SOCIAL_PROTECTION),
            replace(
                _DRAFT,
                fields=("id", "household_id", "conversation_id", "author_id"),
                sources=_SYSTEM,
                export=False,
            ),
        ),
    ),
    TableDeclaration(
        "messaging.AnswerTime",
        (
            NotPersonal(
                ("id", "answered_at", "minutes"), "how long some answer took; it names nobody"
            ),
        ),
    ),
)
