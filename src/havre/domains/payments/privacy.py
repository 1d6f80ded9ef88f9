"""Bank accounts of members: where refunds go, and the proof of who decided it.

A payment can be disputed for thirteen months (Code monétaire et financier, L133-24), and a claim for two
years (Code des assurances, L114-1): the number is of use that long after it was replaced.
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
    TableDeclaration,
)

_ACCOUNT = Kept(
    fields=(
        "currency",
        "kind",
        "number",
        "number_shown",
        "bic",
        "bank_country",
        "bank_name",
        "account_name",
        "came_by",
        "source",
        "state",
        "proposed_at",
        "usable_from",
    ),
    purpose=Purpose.REIMBURSEMENT,
    legal_basis=LegalBasis.CONTRACT,
    sources=(Source.MEMBER, Source.FEED, Source.STAFF),
    retention=Retention(24, "the account was replaced, stopped or refused, or the cover ended"),
    export=True,
    erase=Erasure.DELETE_ROW,
)
_PROOF = replace(_ACCOUNT, purpose=Purpose.SECURITY, legal_basis=LegalBasis.LEGITIMATE_INTERESTS)

DECLARATIONS = (
    TableDeclaration(
        "payments.BankAccount",
        (
            _ACCOUNT,
            replace(
                _ACCOUNT,
                fields=("id", "household_id", "person_id", "proof_id", "number_index"),
                sources=(Source.SYSTEM,),
                export=False,
            ),
            replace(_PROOF, fields=("verified_at", "stop_until", "ended_at")),
            # Who looked is the house's to know; of the link only a keyed digest is kept.
            replace(
                _PROOF, fields=("verified_by", "second_by", "ended_by", "stop_digest"), export=False
            ),
        ),
    ),
    TableDeclaration(
        "payments.PublishedRate",
        (NotPersonal(("id", "currency", "day", "per_euro"), "what a central bank publishes"),),
    ),
)
