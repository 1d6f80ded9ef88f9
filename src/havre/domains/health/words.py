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
    PREVENTION = "PREVENTION"
    COMPLEMENTARY = "COMPLEMENTARY"
    TRANSPORT = "TRANSPORT"
    OTHER = "OTHER"


class Payee(StrEnum):
    MEMBER = "MEMBER"
    PROVIDER = "PROVIDER"
    NOT_STATED = "NOT_STATED"


@dataclass(frozen=True, kw_only=True)
class CareLine:
    """A line of a décompte, told whole. None is "not stated".

    ``spent`` is in the currency spent; every other amount is in the contract's. ``cost`` is what was
    spent, converted.
    """

    person: UUID
    claim: str
    care_date: date
    category: Category
    act: str
    provider: str | None
    country: str | None
    spent: Money | None
    rate: Decimal | None
    rate_source: str | None
    rate_day: date | None
    cost: Money | None
    primary: Money | None
    other: Money | None
    guarantee: str | None
    deductible: Money | None
    ceiling_left: Money | None
    reimbursed: Money | None
    left: Money | None
    left_computed: bool
    reason: str | None
    clause: str | None


@dataclass(frozen=True, kw_only=True)
class PrivateCare:
    """All that is told of another adult's lines in one transfer: amounts, in the contract's currency."""

    person: UUID
    cost: Money | None
    primary: Money | None
    other: Money | None
    reimbursed: Money | None
    left: Money | None
