"""The records a feed is made of, whatever dialect it came in.

Every dialect (JSON Lines, FHIR, and later CSV, payroll…) is translated into these structures by its
own folder under ``exchanges``; ``journeys.loading`` knows nothing else. ``source`` names who keeps the
record (a management system), and ``(source, external_id)`` is its identity there for ever. Dates are
civil dates; amounts are exact decimals written as strings, in the currency that stands beside them.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

Code = Annotated[str, Meta(min_length=1, max_length=64)]
Text = Annotated[str, Meta(min_length=1, max_length=300)]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$")]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]
Language = Literal["fr", "en"]
Link = Literal["HOLDER", "SPOUSE", "PARTNER", "CHILD", "PARENT", "OTHER"]
Category = Literal[
    "HOSPITAL",
    "GENERAL_PRACTITIONER",
    "SPECIALIST",
    "NURSING",
    "PHARMACY",
    "LABORATORY",
    "OPTICAL",
    "DENTAL",
    "MATERNITY",
    "MENTAL_HEALTH",
    "SEXUAL_HEALTH",
    "PREVENTION",
    "COMPLEMENTARY",
    "TRANSPORT",
    "OTHER",
]


class _Record(Struct, forbid_unknown_fields=True, kw_only=True, frozen=True, gc=False):
    """A record refuses a field it does not know: a misspelt name is an error, not a silence.

    Records form no cycle, so the collector need not walk a million of them (``gc=False``).
    """


class Bilingual(_Record, frozen=True):
    fr: Text
    en: Text


# Words for a member to read: in both languages, or in the one in which the feed has them.
Said = Text | Bilingual


class Ceiling(_Record, frozen=True):
    """A limit of a guarantee for one person: an amount in the formula's currency, or a number of ``unit``."""

    per: Literal["ACT", "DAY", "YEAR", "MONTHS_24", "LIFETIME"]
    amount: Decimal | None = None
    count: Annotated[int, Meta(ge=0)] | None = None
    unit: Literal["ACT", "SESSION", "DAY"] = "ACT"


class GuaranteeShown(_Record, frozen=True):
    """One row of the guarantee table as members read it.

    ``text`` prevails; what follows says the same to a machine, where it is known. ``percent`` is of
    the actual cost or of the scheme's base; ``prior_agreement_above`` goes with ``ABOVE``.
    """

    category: Category
    label: Bilingual
    text: Bilingual
    code: Code | None = None
    percent: Annotated[int, Meta(ge=0, le=1000)] | None = None
    percent_of: Literal["COST", "BASE"] = "COST"
    ceilings: tuple[Ceiling, ...] = ()
    waiting_months: Annotated[int, Meta(ge=0, le=120)] | None = None
    prior_agreement: Literal["NO", "YES", "ABOVE"] | None = None
    prior_agreement_above: Decimal | None = None


class Formula(_Record, frozen=True, tag="formula", tag_field="record"):
    """A formula of a product with its guarantee table, in the order it is shown.

    Amounts are in ``currency``. ``overall_ceiling`` is what one person may be reimbursed in a ``year``;
    ``ceilings_count`` says what uses the ceilings: the reimbursements, or those and the primary scheme's.
    """

    product: Code
    product_name: Bilingual
    code: Code
    name: Bilingual
    guarantees: tuple[GuaranteeShown, ...] = ()
    currency: Currency | None = None
    year: Literal["CALENDAR", "CONTRACT"] = "CALENDAR"
    ceilings_count: Literal["REIMBURSED", "WITH_PRIMARY"] = "REIMBURSED"
    overall_ceiling: Decimal | None = None


class Company(_Record, frozen=True, tag="company", tag_field="record"):
    """An employer that holds collective contracts."""

    source: Code
    external_id: Code
    name: Text
    siren: str | None = None


class Intermediary(_Record, frozen=True, tag="intermediary", tag_field="record"):
    """A broker or other mandataire through whom contracts were taken."""

    source: Code
    external_id: Code
    name: Text


class Address(_Record, frozen=True):
    """A postal address: one to four lines, then town and country (ISO 3166-1 alpha-2)."""

    lines: Annotated[tuple[Text, ...], Meta(min_length=1, max_length=4)]
    city: Text
    country: Country
    postal_code: str | None = None


class Person(_Record, frozen=True, tag="person", tag_field="record"):
    """A person insured and their place in a household.

    A field left out (UNSET) says nothing: what is known stays. ``null`` says there is none.
    """

    source: Code
    external_id: Code
    household: Code
    family_name: Text
    first_name: Text
    link: Link
    birth_date: date | None = None
    adherent_number: Code | UnsetType | None = UNSET
    nir: str | UnsetType | None = UNSET
    email: str | UnsetType | None = UNSET
    phone: str | UnsetType | None = UNSET
    address: Address | UnsetType | None = UNSET
    language: Language | UnsetType = UNSET
    expatriation_country: Country | UnsetType | None = UNSET
    deceased_on: date | UnsetType | None = UNSET
    membership_end: date | UnsetType | None = UNSET


class BankAccount(_Record, frozen=True, tag="bank_account", tag_field="record"):
    """Where refunds of a person in a currency go: an IBAN, or a number with its bank's SWIFT code."""

    source: Code
    external_id: Code
    household: Code
    person: Code
    currency: Currency
    account_name: Text
    iban: str | None = None
    account_number: str | None = None
    bic: str | None = None


class Option(_Record, frozen=True):
    """An option taken with a contract, between two days included."""

    code: Code
    name: Bilingual
    start: date
    end: date | UnsetType | None = UNSET


class Cover(_Record, frozen=True):
    """Who is covered, between two days included. An absent cover goes on; only ``end`` ends it."""

    person: Code
    start: date
    end: date | UnsetType | None = UNSET


class Contract(_Record, frozen=True, tag="contract", tag_field="record"):
    """A contract as it is now; ``since`` is the day from which its formula, scheme and zone are so."""

    source: Code
    external_id: Code
    household: Code
    number: Code
    kind: Literal["INDIVIDUAL", "COLLECTIVE"]
    scheme: Literal["CFE_COMPLEMENT", "FIRST_EURO", "NOT_STATED"]
    currency: Currency
    product: Code | None = None
    formula: Code | None = None
    title: Text | None = None
    employer: Code | None = None
    intermediary: Code | None = None
    zone: Annotated[int, Meta(ge=1, le=5)] | None = None
    start: date | None = None
    end: date | UnsetType | None = UNSET
    options: tuple[Option, ...] = ()
    covers: tuple[Cover, ...] = ()
    since: date | None = None


class Transfer(_Record, frozen=True, tag="transfer", tag_field="record"):
    """A settlement: money that left for a payee on a day.

    ``total`` is the sum of its lines' ``reimbursed``.
    """

    source: Code
    external_id: Code
    household: Code
    reference: Text
    settled_on: date
    payee: Literal["MEMBER", "PROVIDER", "NOT_STATED"]
    currency: Currency
    total: Decimal
    payee_name: Text | None = None
    iban: str | None = None


class Spent(_Record, frozen=True):
    amount: Decimal
    currency: Currency


class Rate(_Record, frozen=True):
    """Units of the contract's currency for one unit of the currency spent."""

    value: Decimal
    source: Said
    day: date


class Line(_Record, frozen=True, tag="line", tag_field="record"):
    """One line of a décompte. Amounts are in ``currency`` but ``spent``; ``None`` means "not stated".

    ``transfer`` is the external id of the transfer that paid it; ``None`` for a claim not settled.
    """

    source: Code
    external_id: Code
    household: Code
    person: Code
    claim: Code
    care_date: date
    category: Category
    act: Said
    currency: Currency
    transfer: Code | None = None
    contract: Code | None = None
    sensitive: bool = False
    provider: Text | None = None
    country: Country | None = None
    spent: Spent | None = None
    rate: Rate | None = None
    converted: Decimal | None = None
    primary_share: Decimal | None = None
    other_share: Decimal | None = None
    guarantee: Said | None = None
    deductible: Decimal | None = None
    ceiling_left: Decimal | None = None
    reimbursed: Decimal | None = None
    left_to_pay: Decimal | None = None
    left_computed: bool = False
    reason: Said | None = None
    clause: Said | None = None


class Trailer(_Record, frozen=True, tag="trailer", tag_field="record"):
    """The last record: how many stand before it, and the sum of transfers' totals by currency."""

    count: Annotated[int, Meta(ge=0)]
    sums: dict[Currency, Decimal] = {}


MemberRecord = Formula | Company | Intermediary | Person | BankAccount | Contract
StatementRecord = Transfer | Line
Record = MemberRecord | StatementRecord
Kind = Literal["members", "statements"]
"""Which feed: who is insured, or what was paid."""
