from enum import StrEnum


class ContractKind(StrEnum):
    INDIVIDUAL = "INDIVIDUAL"
    COLLECTIVE = "COLLECTIVE"


class Scheme(StrEnum):
    """On top of the Caisse des Français de l'Étranger, or from the first euro."""

    CFE_COMPLEMENT = "CFE_COMPLEMENT"
    FIRST_EURO = "FIRST_EURO"
    NOT_STATED = "NOT_STATED"
