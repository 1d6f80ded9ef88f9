from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from havre.foundation.money import Money


class Category(StrEnum):
    """Expense categories of a décompte."""

    HOSPITAL = "HOSPITAL"
    GENERAL_PRACTITIONER = "GENERAL_PRACTITIONER"
    SPECIALIST = "SPECIALIST"
    NURSING = "NURSING"
    PHARMACY = "PHARMACY"
    LABORATORY = "LABORATORY"
    OPTICAL = "OPTICAL"
    DENTAL = "DENTAL"
    MATERNITY = "MATERNITY"
    MENTAL_HEALTH = "MENTAL_HEALTH"
    SEXUAL_HEALTH = "SEXUAL_HEALTH"
    PREVENTION = "PREVENTION"
    COMPLEMENTARY = "COMPLEMENTARY"
    TRANSPORT = "TRANSPORT"
    OTHER = "OTHER"


class Payee(StrEnum):
    MEMBER = "MEMBER"
    PROVIDER = "PROVIDER"
    NOT_STATED = "NOT_STATED"


class Paid(StrEnum):
    """Which amount of a line a search compares."""

    SPENT = "SPENT"
    REIMBURSED = "REIMBURSED"


class Because(StrEnum):
    """Why something of what care cost is not reimbursed."""

    NOT_COVERED = "NOT_COVERED"
    WAITING = "WAITING"
    NO_AGREEMENT = "NO_AGREEMENT"
    PERCENT = "PERCENT"
    PER_ACT = "PER_ACT"
    COUNT = "COUNT"
    CEILING = "CEILING"
    PRIMARY = "PRIMARY"  # others paid it: the scheme, another insurer
    DEDUCTIBLE = "DEDUCTIBLE"
    OVERALL = "OVERALL"
    AGREED_PERCENT = "AGREED_PERCENT"  # so much of the cost was agreed to beforehand
    AGREED = "AGREED"  # up to so much


class Relation(StrEnum):
    """What the person of a line is to its reader, of all that decides what is told."""

    OWN = "OWN"
    CHILD = "CHILD"  # a child too young for a private life of their own, and who answers for them
    MINOR = "MINOR"  # a minor who has one, and who answers for them
    AGREED = "AGREED"  # an adult who agreed to share with this reader
    OTHER = "OTHER"
    APART = "APART"  # anyone else, once the reader has left the household


class Telling(StrEnum):
    """How much of a line is told: all of it, its amounts within private care, or not that it exists."""

    WHOLE = "WHOLE"
    AMOUNTS = "AMOUNTS"
    NOTHING = "NOTHING"


@dataclass(frozen=True)
class Said:
    """Words of a statement: as they came, which is in French where ``english`` is there too."""

    text: str
    english: str | None = None

    def said_in(self, language: str) -> str:
        """In that language where they came in both."""
        return self.english if self.english is not None and language == "en" else self.text


@dataclass(frozen=True, kw_only=True)
class CareLine:
    """A line of a décompte, told whole. None is "not stated".

    ``spent`` is in the currency spent; every other amount is in the contract's. ``cost`` is what was
    spent, converted.
    """

    id: int
    transfer: UUID | None
    settled_on: date | None
    person: UUID
    contract: UUID | None = None
    claim: str
    care_date: date
    category: Category
    sensitive: bool = False
    act: Said
    provider: str | None
    country: str | None
    spent: Money | None
    rate: Decimal | None
    rate_source: Said | None
    rate_day: date | None
    cost: Money | None
    primary: Money | None
    other: Money | None
    guarantee: Said | None
    deductible: Money | None
    ceiling_left: Money | None
    reimbursed: Money | None
    left: Money | None
    left_computed: bool
    reason: Said | None
    clause: Said | None


@dataclass(frozen=True, kw_only=True)
class PrivateCare:
    """All that is told of masked lines together: amounts in the contract's currency, nobody's name."""

    cost: Money | None
    primary: Money | None
    other: Money | None
    reimbursed: Money | None
    left: Money | None


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Planned care that was agreed to: whose, which, on which days, up to what.

    ``limit`` is in the contract's currency, ``percent`` of what the care costs; none where only the
    contract limits it. ``act`` and ``provider`` are as whoever asked wrote them.
    """

    number: str
    person: UUID
    contract: UUID
    category: Category
    act: str
    provider: str
    first_day: date
    last_day: date
    limit: Money | None = None
    percent: int | None = None

    def covers(self, *, person: UUID, category: Category, day: date) -> bool:
        """Whether care is of what was agreed to."""
        return self.person == person and self.is_of(category, day)

    def is_of(self, category: Category, day: date) -> bool:
        """Whether the same person's care is of that kind, on a day on which the agreement holds."""
        return self.category == category and self.first_day <= day <= self.last_day
