"""What proves who signs in, what a password lacks: words for members and staff alike."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class PasswordFault(StrEnum):
    TOO_SHORT = "TOO_SHORT"
    TOO_LONG = "TOO_LONG"
    KNOWN = "KNOWN"
    PROVISIONAL = "PROVISIONAL"
    """The provisional password itself."""
    ABOUT_YOU = "ABOUT_YOU"


class Strength(StrEnum):
    """Told in words beside the field."""

    WEAK = "WEAK"
    FAIR = "FAIR"
    GOOD = "GOOD"
    STRONG = "STRONG"


class FactorKind(StrEnum):
    """What proves who signs in beside the password."""

    PASSKEY = "PASSKEY"
    APP = "APP"


@dataclass(frozen=True)
class FactorSeen:
    """A passkey under the name its owner gave, or the app."""

    id: UUID
    kind: FactorKind
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class FactorsSeen:
    """What somebody has beside the password, and how many recovery codes are left."""

    factors: tuple[FactorSeen, ...]
    codes_left: int

    def has(self, kind: FactorKind) -> bool:
        return any(factor.kind is kind for factor in self.factors)


@dataclass(frozen=True)
class AppBegun:
    """The secret of an app that is being set up, to type, and the address that its QR code holds."""

    secret: str
    address: str
