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
