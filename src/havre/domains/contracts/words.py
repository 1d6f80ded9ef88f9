from enum import StrEnum


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
