"""What the papers of a contract state."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal
from uuid import UUID

from havre.domains.contracts.queries import ContractSeen
from havre.domains.contracts.words import Scheme
from havre.domains.people.queries import PersonSeen
from havre.domains.products.queries import FormulaSeen

Language = Literal["fr", "en"]


class Size(StrEnum):
    """A card for the wallet (ISO 7810 ID-1), or on an A4 sheet."""

    WALLET = "wallet"
    PAGE = "page"


@dataclass(frozen=True)
class House:
    """Who insures, as the settings describe it; ``emergency`` is the number to call day and night."""

    legal_name: str
    address: tuple[str, ...]
    phone: str
    email: str
    emergency: str


@dataclass(frozen=True)
class Card:
    """What stands on the card of one person under one contract. No number or zone where none is known."""

    contract: UUID
    person: UUID
    person_name: str
    adherent_number: str | None
    contract_number: str
    formula: FormulaSeen | None
    title: str | None
    zone: int | None
    scheme: Scheme
    valid_from: date | None
    valid_to: date | None

    def formula_name(self, language: str) -> str:
        return self.title or (self.formula.title(language) if self.formula else "")


@dataclass(frozen=True)
class Conditions:
    """A contract as of a day, with its formula and the people whom it covers that day."""

    as_of: date
    contract: ContractSeen
    formula: FormulaSeen | None
    people: tuple[PersonSeen, ...]
    holder_name: str
