"""Finds in the database what a batch names: its own records, and what it refers to outside of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from havre.domains.contracts import actions as contracts
from havre.domains.health import actions as health
from havre.domains.people import actions as people
from havre.domains.products import actions as products
from havre.foundation.db.intake import Key
from havre.journeys.loading.batch import Batch, Reference, ReferenceKind
from havre.journeys.loading.problems import Located, Problems, shown


@dataclass(frozen=True)
class Known:
    """What the database holds of what the batch names, by source and external id.

    A formula is by product and code. The loading adds what it takes in as it goes.
    """

    households: dict[Key, UUID]
    persons: dict[Key, UUID]
    companies: dict[Key, UUID]
    intermediaries: dict[Key, UUID]
    formulas: dict[Key, UUID]
    contracts: Mapping[Key, contracts.KnownContract]
    transfers: Mapping[Key, health.KnownTransfer]


def resolve(batch: Batch) -> Known:
    """Look up all that the batch names, in seven statements at most.

    Refuses (``WrongFeed``) a reference that leads nowhere or into another household, and a contract
    or a transfer that is already another household's.
    """
    persons = people.find_persons(_named(batch, "person", batch.persons))
    known = Known(
        households=people.find_households(_households(batch)),
        persons={key: person.id for key, person in persons.items()},
        companies=people.find_companies(_named(batch, "company", batch.companies)),
        intermediaries=people.find_intermediaries(
            _named(batch, "intermediary", batch.intermediaries)
        ),
        formulas=products.find_formulas(_formulas(batch)),
        contracts=contracts.find_contracts(_named(batch, "contract", batch.contracts)),
        transfers=health.find_transfers(_named(batch, "transfer", batch.transfers)),
    )
    homes = {
        "person": {key: person.household_id for key, person in persons.items()},
        "contract": {key: contract.household_id for key, contract in known.contracts.items()},
        "transfer": {key: transfer.household_id for key, transfer in known.transfers.items()},
    }
    problems = Problems()
    for reference in batch.unresolved:
        if why := _missing(reference, known, homes):
            problems.add(reference.location, reference.field, why)
    _refuse_moves(batch.contracts, "contract", homes, known, problems)
    _refuse_moves(batch.transfers, "transfer", homes, known, problems)
    problems.refuse()
    return known


def _named(batch: Batch, kind: ReferenceKind, records: Iterable[Located[Any]]) -> set[Key]:
    own = {(located.record.source, located.record.external_id) for located in records}
    return own | set(_left(batch, kind))


def _left(batch: Batch, kind: ReferenceKind) -> Iterator[Key]:
    return ((left.source, left.external_id) for left in batch.unresolved if left.kind == kind)


def _formulas(batch: Batch) -> set[Key]:
    """Contracts name formulas that the batch holds, too."""
    own = {(located.record.product, located.record.code) for located in batch.formulas}
    return own | set(_left(batch, "formula"))


def _households(batch: Batch) -> set[Key]:
    kinds: tuple[Iterable[Located[Any]], ...]
    kinds = (
        *(batch.persons, batch.bank_accounts, batch.contracts),
        *(batch.transfers, batch.lines),
    )
    own = {(located.record.source, located.record.household) for kind in kinds for located in kind}
    return own | {(left.source, left.household) for left in batch.unresolved if left.household}


def _missing(
    reference: Reference, known: Known, homes: Mapping[str, Mapping[Key, UUID]]
) -> str | None:
    """Why the reference cannot be followed; who holds a household is asked when people are loaded."""
    kind, key = reference.kind, (reference.source, reference.external_id)
    if kind == "holder":
        return None
    found: Mapping[Key, Any] = {
        "household": known.households,
        "person": known.persons,
        "contract": known.contracts,
        "transfer": known.transfers,
        "company": known.companies,
        "intermediary": known.intermediaries,
        "formula": known.formulas,
    }[kind]
    if key not in found:
        return f"the {kind} {shown(reference.external_id)} is neither in the feed nor known"
    if reference.household is None or kind not in homes:
        return None
    if homes[kind][key] != known.households.get((reference.source, reference.household)):
        return f"the {kind} {shown(reference.external_id)} is of another household"
    return None


def _refuse_moves(
    records: Iterable[Located[Any]],
    kind: str,
    homes: Mapping[str, Mapping[Key, UUID]],
    known: Known,
    problems: Problems,
) -> None:
    for located in records:
        record = located.record
        home = homes[kind].get((record.source, record.external_id))
        if home and home != known.households.get((record.source, record.household)):
            problems.add(located.location, "household", f"the {kind} is known in another household")
