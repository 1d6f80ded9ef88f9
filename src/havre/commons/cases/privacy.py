"""Requests and what came of them.

Kept as long as what was asked and answered can be disputed: two years for what the contract pays (Code des
assurances, L114-1), five for everything else (Code civil, 2224); the longer is taken. A draft that nobody
comes back to goes after a month. What a request says may tell of care: it is declared as such, whatever its
kind.
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

_STANDS = Kept(
    fields=(
        *("kind", "prefix", "year", "serial", "compartment", "status", "channel", "language"),
        *("product", "country", "filed_at", "due_at", "acknowledge_by", "legal_by"),
        *("acknowledged_at", "read_at", "waiting_since", "decided_at", "reason", "clause"),
        "decider_name",
    ),
    purpose=Purpose.CONTRACT,
    legal_basis=LegalBasis.CONTRACT,
    sources=(Source.MEMBER, Source.STAFF, Source.SYSTEM),
    retention=Retention(60, "the decision"),
    export=True,
    erase=Erasure.DELETE_ROW,
)
_IDS = replace(_STANDS, fields=("id", "household_id"), export=False)
_SAYS = replace(_STANDS, special=SpecialBasis.SOCIAL_PROTECTION)
_OF_STAFF = replace(_STANDS, sources=(Source.STAFF,), export=False)

DECLARATIONS = (
    TableDeclaration(
        "cases.Draft",
        (
            replace(
                _SAYS,
                fields=("kind", "channel", "step", "answers", "begun_at", "saved_at"),
                retention=Retention(1, "the draft was last saved"),
            ),
            replace(
                _IDS,
                fields=(
                    *("id", "household_id", "membership_id", "compartment"),
                    *("written_by", "version"),
                ),
                retention=Retention(1, "the draft was last saved"),
            ),
        ),
    ),
    TableDeclaration(
        "cases.Case",
        (
            _STANDS,
            replace(
                _IDS,
                fields=(
                    *("id", "household_id", "membership_id", "person_id", "contests_id"),
                    *("employer_id", "intermediary_id", "filed_by", "digest", "version"),
                    *("waited_seconds", "worked_seconds", "asked_times", "asked_twice"),
                ),
            ),
            replace(_OF_STAFF, fields=("decided_by", "second_of")),
        ),
    ),
    TableDeclaration(
        "cases.Content",
        (
            replace(_SAYS, fields=("compartment", "title", "answers", "words")),
            _IDS,
        ),
    ),
    TableDeclaration(
        "cases.Event",
        (
            replace(_SAYS, fields=("compartment", "kind", "at", "side", "by_name", "words")),
            replace(_IDS, fields=("id", "household_id", "case", "by")),
        ),
    ),
    TableDeclaration(
        "cases.Ask",
        (
            replace(
                _SAYS,
                fields=(
                    *("compartment", "piece", "reason", "words", "state", "asked_at"),
                    *("asker_name", "answered_at", "answer", "reminded_at"),
                ),
            ),
            replace(_IDS, fields=("id", "household_id", "case", "asked_by")),
        ),
    ),
    TableDeclaration(
        "cases.Note",
        (
            # What is noted about someone is theirs to ask for (GDPR art. 15).
            replace(
                _SAYS,
                fields=("compartment", "at", "by_name", "words"),
                sources=(Source.STAFF,),
            ),
            replace(_IDS, fields=("id", "household_id", "case", "by")),
        ),
    ),
    TableDeclaration(
        "cases.Decision",
        (
            replace(
                _SAYS,
                fields=(
                    *("compartment", "outcome", "state", "given_at", "effective_at", "by_name"),
                    *("reason", "clause", "said"),
                ),
                sources=(Source.STAFF,),
            ),
            replace(_IDS, fields=("id", "household_id", "case", "by", "failure")),
        ),
    ),
    TableDeclaration(
        "cases.Opinion",
        (
            replace(
                _SAYS,
                fields=("score", "words", "given_at"),
                legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
                sources=(Source.MEMBER,),
                retention=Retention(24, "the opinion"),
            ),
            replace(_IDS, retention=Retention(24, "the opinion")),
        ),
    ),
    TableDeclaration(
        "cases.Delay",
        (
            NotPersonal(
                (
                    *("id", "kind", "asked", "measured_on", "cases"),
                    *("median_seconds", "ninetieth_seconds"),
                ),
                "figures over at least five requests",
            ),
        ),
    ),
    TableDeclaration(
        "cases.Published",
        (
            NotPersonal(
                ("id", "measured_on", "decided", "asked_twice"), "counts over the whole house"
            ),
        ),
    ),
)
