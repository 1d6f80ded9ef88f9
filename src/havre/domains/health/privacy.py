"""Care and what was reimbursed for it: data on health, whatever the column (GDPR art. 4(15)).

A line can be claimed upon for two years (Code des assurances, L114-1); a transfer is a movement of money,
and an accounting record for ten (Code de commerce, L123-22).
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

_LINE = Kept(
    fields=(
        "source",
        "external_id",
        "settled_on",
        "claim",
        "care_date",
        "category",
        "sensitive",
        "act",
        "count",
        "provider",
        "country",
        "currency",
        "spent",
        "spent_currency",
        "rate",
        "rate_source",
        "rate_day",
        "converted",
        "primary_share",
        "other_share",
        "guarantee",
        "deductible",
        "ceiling_left",
        "reimbursed",
        "left_to_pay",
        "left_computed",
        "reason",
        "clause",
        "act_en",
        "rate_source_en",
        "guarantee_en",
        "reason_en",
        "clause_en",
    ),
    purpose=Purpose.REIMBURSEMENT,
    legal_basis=LegalBasis.CONTRACT,
    special=SpecialBasis.SOCIAL_PROTECTION,
    sources=(Source.FEED, Source.MEMBER, Source.STAFF),
    retention=Retention(24, "the claim was settled, or the contract's last cover ended if later"),
    export=True,
    erase=Erasure.DELETE_ROW,
)
_TRANSFER = replace(
    _LINE,
    fields=(
        "source",
        "external_id",
        "reference",
        "settled_on",
        "payee",
        "payee_name",
        "currency",
        "total",
    ),
    sources=(Source.FEED,),
    legal_basis=LegalBasis.LEGAL_OBLIGATION,
    retention=Retention(120, "the end of the accounting year of the transfer"),
)

DECLARATIONS = (
    TableDeclaration(
        "health.Transfer",
        (
            _TRANSFER,
            # The account paid is of no use once the payment can no longer be disputed.
            replace(
                _LINE,
                fields=("iban", "iban_shown"),
                retention=Retention(24, "the transfer"),
                erase=Erasure.BLANK,
            ),
            replace(
                _LINE,
                fields=("iban_index",),
                sources=(Source.SYSTEM,),
                retention=Retention(24, "the transfer"),
                export=False,
                erase=Erasure.BLANK,
            ),
            replace(
                _TRANSFER, fields=("id", "household_id"), sources=(Source.SYSTEM,), export=False
            ),
        ),
    ),
    TableDeclaration(
        "health.Agreement",
        (
            replace(
                _LINE,
                fields=(
                    "number",
                    "category",
                    "act",
                    "provider",
                    "first_day",
                    "last_day",
                    "limit",
                    "currency",
                    "percent",
                    "agreed_at",
                ),
                sources=(Source.MEMBER, Source.STAFF),
                retention=Retention(24, "the last day of the care that was agreed to"),
            ),
            replace(
                _LINE,
                fields=("id", "household_id", "person_id", "contract_id"),
                sources=(Source.SYSTEM,),
                retention=Retention(24, "the last day of the care that was agreed to"),
                export=False,
            ),
        ),
    ),
    TableDeclaration(
        "health.Line",
        (
            _LINE,
            replace(
                _LINE,
                fields=(
                    "id",
                    "household_id",
                    "transfer_id",
                    "person_id",
                    "contract_id",
                    "provider_key",
                ),
                sources=(Source.SYSTEM,),
                export=False,
            ),
        ),
    ),
)
