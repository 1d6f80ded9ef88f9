from enum import StrEnum


class Compartment(StrEnum):
    """Who may come near a document, beside its household."""

    GENERAL = "GENERAL"
    HEALTH = "HEALTH"
    MEDICAL = "MEDICAL"  # for the medical adviser alone


class DocumentKind(StrEnum):
    """What a document is. A new kind is one line here and one in a migration's choices."""

    CERTIFICATE = "CERTIFICATE"
