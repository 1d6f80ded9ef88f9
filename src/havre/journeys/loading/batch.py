"""The records of one command, from all its files, and what they refer to outside of it."""

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from havre.journeys.loading.problems import Located, Location, Problem
from havre.journeys.loading.records import (
    BankAccount,
    Company,
    Contract,
    Formula,
    Intermediary,
    Line,
    Person,
    Transfer,
)

ReferenceKind = Literal[
    "household", "holder", "person", "contract", "transfer", "company", "intermediary", "formula"
]


class Reference(NamedTuple):
    """Something named in the batch that it does not hold: to be found in the database, or refused.

    ``(source, external_id)`` is its identity; a formula's is ``(product, code)``. Where
    ``household`` is given, what is found must be of that household (and source). ``holder`` asks
    that the household named by ``external_id`` has its holder. Each is told once, where first met.
    """

    kind: ReferenceKind
    source: str
    external_id: str
    household: str | None
    location: Location
    field: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What a command brings, of each kind; household records are in the order of households.

    ``warnings`` are odd but do not stand in the way. ``unresolved`` are the references to what the
    batch does not hold: the loader finds each in the database, or refuses.
    """

    formulas: list[Located[Formula]] = field(default_factory=list)
    companies: list[Located[Company]] = field(default_factory=list)
    intermediaries: list[Located[Intermediary]] = field(default_factory=list)
    persons: list[Located[Person]] = field(default_factory=list)
    bank_accounts: list[Located[BankAccount]] = field(default_factory=list)
    contracts: list[Located[Contract]] = field(default_factory=list)
    transfers: list[Located[Transfer]] = field(default_factory=list)
    lines: list[Located[Line]] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    unresolved: list[Reference] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(map(len, self.by_type().values()))

    def by_type(self) -> dict[type, list[Any]]:
        """The lists by the type of their records."""
        return {
            Formula: self.formulas,
            Company: self.companies,
            Intermediary: self.intermediaries,
            Person: self.persons,
            BankAccount: self.bank_accounts,
            Contract: self.contracts,
            Transfer: self.transfers,
            Line: self.lines,
        }
