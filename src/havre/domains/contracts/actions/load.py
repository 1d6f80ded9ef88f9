"""What a feed says of contracts, taken in as a set under the batch role.

An option or a cover that a feed no longer names goes on: only a stated last day ends it.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Value

from havre.domains.contracts import rules
from havre.domains.contracts.models import ContractVersion
from havre.domains.contracts.words import Facts, Scheme, Version
from havre.foundation.db.intake import Intake, Key, Taken, look_up
from havre.foundation.db.reading import AnyOf


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


class VersionRow(NamedTuple):
    """``since``: from which day the feed says so, none where it does not say."""

    household_id: UUID
    contract_id: UUID
    since: date | None
    first_day: date | None
    facts: Facts


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


def load_versions(rows: Sequence[VersionRow], *, on: date) -> None:
    """Keep what contracts are from a day on, where it is not what was known; ``on``: the day it is learnt.

    Three statements at most. What was known from a stated day on is replaced.
    """
    known = _known_versions([row.contract_id for row in rows])
    new, gone = [], []
    for row in rows:
        stored = known.get(row.contract_id, [])
        versions = [_version(version) for version in stored]
        since = rules.version_stated(
            versions, row.facts, since=row.since, first_day=row.first_day, on=on
        )
        if since is not None:
            gone += [version.id for version in stored if version.since >= since]
            new.append(_stored(row, since))
    if gone:
        ContractVersion.objects.filter(AnyOf(F("id"), Value(gone))).delete()
    ContractVersion.objects.bulk_create(new, batch_size=2000)


def _known_versions(contracts: list[UUID]) -> dict[UUID, list[ContractVersion]]:
    known: dict[UUID, list[ContractVersion]] = {}
    for version in ContractVersion.objects.filter(AnyOf(F("contract_id"), Value(contracts))):
        known.setdefault(version.contract_id, []).append(version)
    return known


def _version(row: ContractVersion) -> Version:
    return Version(row.since, Facts(row.formula_id, Scheme(row.scheme), row.zone))


def _stored(row: VersionRow, since: date) -> ContractVersion:
    return ContractVersion(
        household_id=row.household_id,
        contract_id=row.contract_id,
        since=since,
        formula_id=row.facts.formula,
        scheme=row.facts.scheme,
        zone=row.facts.zone,
    )
