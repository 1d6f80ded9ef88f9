from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True)
class Bilingual:
    """A text in both languages of the house."""

    fr: str
    en: str

    def said_in(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


class Per(StrEnum):
    """For what, or over what time, a ceiling counts. Two years are the 24 months up to a day."""

    ACT = "ACT"
    DAY = "DAY"
    YEAR = "YEAR"
    MONTHS_24 = "MONTHS_24"
    LIFETIME = "LIFETIME"


class Unit(StrEnum):
    """What a ceiling by number counts."""

    ACT = "ACT"
    SESSION = "SESSION"
    DAY = "DAY"


class PercentOf(StrEnum):
    COST = "COST"
    BASE = "BASE"


class PriorAgreement(StrEnum):
    """Whether the insurer must agree before the care; ``ABOVE`` is from an amount on."""

    NO = "NO"
    YES = "YES"
    ABOVE = "ABOVE"


class CeilingYear(StrEnum):
    """The year over which ceilings count: January to December, or from the contract's first day."""

    CALENDAR = "CALENDAR"
    CONTRACT = "CONTRACT"


class CeilingsCount(StrEnum):
    """What uses the ceilings: what was reimbursed, or that and the primary scheme's share."""

    REIMBURSED = "REIMBURSED"
    WITH_PRIMARY = "WITH_PRIMARY"


@dataclass(frozen=True)
class Ceiling:
    """A limit for one person: an amount in the formula's currency, or a number of ``unit``."""

    per: Per
    amount: Decimal | None = None
    count: int | None = None
    unit: Unit = Unit.ACT
