"""What a feed says of companies, intermediaries and households, taken in under the batch role."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from havre.foundation.db.intake import Intake, Key, Taken, look_up


class CompanyRow(NamedTuple):
    id: UUID
    source: str
    external_id: str
    name: str
    siren: str | None


class IntermediaryRow(NamedTuple):
    id: UUID
    source: str
    external_id: str
    name: str


class HouseholdRow(NamedTuple):
    id: UUID
    source: str
    external_id: str


class KnownPerson(NamedTuple):
    id: UUID
    household_id: UUID


_RECORD = ("source", "external_id")
_COMPANIES = Intake("people_company", CompanyRow, key=_RECORD, once=("id",))
_INTERMEDIARIES = Intake("people_intermediary", IntermediaryRow, key=_RECORD, once=("id",))
_HOUSEHOLDS = Intake("people_household", HouseholdRow, key=_RECORD, once=("id",))


def find_companies(keys: Collection[Key]) -> dict[Key, UUID]:
    """Ids by source and external id."""
    return _ids("people_company", keys)


def find_intermediaries(keys: Collection[Key]) -> dict[Key, UUID]:
    """Ids by source and external id."""
    return _ids("people_intermediary", keys)


def find_households(keys: Collection[Key]) -> dict[Key, UUID]:
    """Ids by source and external id."""
    return _ids("people_household", keys)


def find_persons(keys: Collection[Key]) -> dict[Key, KnownPerson]:
    """Persons of every household, by source and external id."""
    found = look_up("people_person", keys=keys, give=("id", "household_id"))
    return {key: KnownPerson(*row) for key, row in found.items()}


def load_companies(rows: Sequence[CompanyRow]) -> Taken:
    return _COMPANIES.take(rows)


def load_intermediaries(rows: Sequence[IntermediaryRow]) -> Taken:
    return _INTERMEDIARIES.take(rows)


def load_households(rows: Sequence[HouseholdRow]) -> Taken:
    return _HOUSEHOLDS.take(rows)


def _ids(table: str, keys: Collection[Key]) -> dict[Key, UUID]:
    return {key: row[0] for key, row in look_up(table, keys=keys, give=("id",)).items()}
