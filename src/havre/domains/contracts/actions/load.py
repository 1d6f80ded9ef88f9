"""What a feed says of contracts, taken in as a set under the batch role.

An option or a cover that a feed no longer names goes on: only a stated last day ends it.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from havre.foundation.db.intake import Intake, Key, Taken, look_up


class ContractRow(NamedTuple):
    """``last_day`` is left as it is known unless ``last_day_given``."""

    id: UUID
    household_id: UUID
    source: str
    external_id: str
    number: str
    title: str | None
    formula_id: UUID | None
    kind: str
    employer_id: UUID | None
    intermediary_id: UUID | None
    scheme: str
    zone: int | None
    currency: str
    first_day: date | None
    last_day: date | None
    last_day_given: bool


class OptionRow(NamedTuple):
    id: UUID
    household_id: UUID
    contract_id: UUID
    code: str
    first_day: date
    name_fr: str
    name_en: str
    last_day: date | None
    last_day_given: bool


class CoverRow(NamedTuple):
    id: UUID
    household_id: UUID
    contract_id: UUID
    person_id: UUID
    first_day: date
    last_day: date | None
    last_day_given: bool


class KnownContract(NamedTuple):
    id: UUID
    household_id: UUID
    last_day: date | None


_CONTRACTS = Intake(
    "contracts_contract",
    ContractRow,
    key=("household_id", "source", "external_id"),
    once=("id",),
    kept=("last_day",),
)
_OPTIONS = Intake(
    "contracts_contractoption",
    OptionRow,
    key=("household_id", "contract_id", "code", "first_day"),
    once=("id",),
    kept=("last_day",),
)
_COVERS = Intake(
    "contracts_cover",
    CoverRow,
    key=("household_id", "contract_id", "person_id", "first_day"),
    once=("id",),
    kept=("last_day",),
)


def find_contracts(keys: Collection[Key]) -> dict[Key, KnownContract]:
    """Contracts of every household, by source and external id."""
    found = look_up("contracts_contract", keys=keys, give=("id", "household_id", "last_day"))
    return {key: KnownContract(*row) for key, row in found.items()}


def load_contracts(rows: Sequence[ContractRow]) -> Taken:
    return _CONTRACTS.take(rows)


def load_options(rows: Sequence[OptionRow]) -> Taken:
    return _OPTIONS.take(rows)


def load_covers(rows: Sequence[CoverRow]) -> Taken:
    return _COVERS.take(rows)
