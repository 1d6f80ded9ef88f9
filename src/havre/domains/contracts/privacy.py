"""Contracts and covers, until claims under them lapse (Code des assurances, L114-1: two years)."""

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

_CONTRACT = Kept(
    fields=(
        "source",
        "external_id",
        "number",
        "title",
        "formula_id",
        "kind",
        "employer_id",
        "intermediary_id",
        "scheme",
        "zone",
        "currency",
        "first_day",
        "last_day",
    ),
    purpose=Purpose.CONTRACT,
    legal_basis=LegalBasis.CONTRACT,
    sources=(Source.FEED, Source.EMPLOYER, Source.INTERMEDIARY, Source.MEMBER),
    retention=Retention(24, "the contract ended"),
    export=True,
    erase=Erasure.DELETE_ROW,
)
_MADE_HERE = replace(
    _CONTRACT, fields=("id", "household_id"), sources=(Source.SYSTEM,), export=False
)

DECLARATIONS = (
    TableDeclaration("contracts.Contract", (_CONTRACT, _MADE_HERE)),
    TableDeclaration(
        "contracts.ContractVersion",
        (
            replace(_CONTRACT, fields=("since", "formula_id", "scheme", "zone")),
            replace(_MADE_HERE, fields=("id", "household_id", "contract_id")),
        ),
    ),
    TableDeclaration(
        "contracts.ContractOption",
        (
            replace(_CONTRACT, fields=("code", "name_fr", "name_en", "first_day", "last_day")),
            replace(_MADE_HERE, fields=("id", "household_id", "contract_id")),
        ),
    ),
    TableDeclaration(
        "contracts.Cover",
        (
            replace(_CONTRACT, fields=("first_day", "last_day")),
            replace(_MADE_HERE, fields=("id", "household_id", "contract_id", "person_id")),
        ),
    ),
)
