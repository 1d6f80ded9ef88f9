from enum import StrEnum

from havre.domains.products.words import Bilingual


class NumberKind(StrEnum):
    """How an account is named: by its IBAN, or by its number and its bank's SWIFT code (BIC)."""

    IBAN = "IBAN"
    OTHER = "OTHER"


class State(StrEnum):
    """What was decided about an account. What it is worth at a moment is its ``Standing``."""

    PROPOSED = "PROPOSED"
    VERIFIED = "VERIFIED"
    REPLACED = "REPLACED"
    """Verified, and replaced by another before anything could be paid to it."""
    REFUSED = "REFUSED"
    STOPPED = "STOPPED"


class Standing(StrEnum):
    """What an account is worth at a moment, for refunds in its currency."""

    PROPOSED = "PROPOSED"
    WAITING = "WAITING"
    """Verified: refunds go there from a moment that is still to come."""
    IN_USE = "IN_USE"
    REPLACED = "REPLACED"
    REFUSED = "REFUSED"
    STOPPED = "STOPPED"

    @property
    def is_verified(self) -> bool:
        return self in {Standing.WAITING, Standing.IN_USE}


class CameBy(StrEnum):
    """How an account reached us."""

    FEED = "FEED"
    ONLINE = "ONLINE"
    PHONE = "PHONE"
    POST = "POST"
    MAIL = "MAIL"
    DESK = "DESK"


class RateSource(StrEnum):
    """Who says what a currency is worth."""

    ECB = "ECB"
    FIXED = "FIXED"

    @property
    def said(self) -> Bilingual:
        """As a statement line keeps it."""
        return {
            RateSource.ECB: Bilingual("BCE", "ECB"),
            RateSource.FIXED: Bilingual("parité fixe", "fixed parity"),
        }[self]
