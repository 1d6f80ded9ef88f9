from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class ContractKind(StrEnum):
    INDIVIDUAL = "INDIVIDUAL"
    COLLECTIVE = "COLLECTIVE"


class Scheme(StrEnum):
    """On top of the Caisse des Français de l'Étranger, or from the first euro."""

    CFE_COMPLEMENT = "CFE_COMPLEMENT"
    FIRST_EURO = "FIRST_EURO"
    NOT_STATED = "NOT_STATED"


class Standing(StrEnum):
    """Where a contract, an option or a cover is on a day."""

    IN_FORCE = "IN_FORCE"
    TO_COME = "TO_COME"
    ENDED = "ENDED"


class Withheld(StrEnum):
    """What a contract's rules of confidentiality keep from its members."""

    AMOUNTS_OF_OTHERS = "AMOUNTS_OF_OTHERS"  # even the amounts of care that is not told whole
    LINE_GUARANTEE = (
        "LINE_GUARANTEE"  # on a décompte: the guarantee, the deductible, the ceiling left
    )
    GUARANTEE_TABLE = "GUARANTEE_TABLE"
    CERTIFICATES = "CERTIFICATES"


class ChangeKind(StrEnum):
    """What can change in a contract on a day."""

    CONTRACT_STARTS = "CONTRACT_STARTS"
    CONTRACT_ENDS = "CONTRACT_ENDS"
    FORMULA = "FORMULA"
    ZONE = "ZONE"
    SCHEME = "SCHEME"
    OPTION_STARTS = "OPTION_STARTS"
    OPTION_ENDS = "OPTION_ENDS"
    COVER_STARTS = "COVER_STARTS"
    COVER_ENDS = "COVER_ENDS"


@dataclass(frozen=True)
class Facts:
    """What of a contract a feed says anew each time, and may change on a day."""

    formula: UUID | None
    scheme: Scheme
    zone: int | None


@dataclass(frozen=True)
class Version:
    """The facts of a contract from a day on."""

    since: date
    facts: Facts


@dataclass(frozen=True)
class Change:
    """What changed on a day. ``subject``: the new formula, zone or scheme, an option's name, a person."""

    day: date
    kind: ChangeKind
    subject: object = None
