"""What a kind of request is made of: plain values, shown and read by both doors.

Labels are sentences in the reader's language: a kind gives them while a page is made.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from havre.commons.cases.queries import CaseSeen, ContentSeen
from havre.commons.documents.words import Compartment


class Family(StrEnum):
    """The shelves of the catalogue, in their order."""

    CONTRACTS = "CONTRACTS"
    INFORMATION = "INFORMATION"
    ACTIVITY = "ACTIVITY"
    OTHER = "OTHER"


class FieldType(StrEnum):
    TEXT = "TEXT"
    LONG = "LONG"
    DATE = "DATE"
    AMOUNT = "AMOUNT"  # {"amount": "12.50", "currency": "EUR"}
    NUMBER = "NUMBER"
    CHOICE = "CHOICE"  # one of ``options``: radios where few, a list where many
    CHOICES = "CHOICES"  # several of ``options``
    TICK = "TICK"  # must be ticked where required: an agreement
    YES_NO = "YES_NO"
    COUNTRY = "COUNTRY"
    PERSON = "PERSON"  # someone of the household, by id; ``options`` narrow
    CONTRACT = "CONTRACT"
    BANK_ACCOUNT = "BANK_ACCOUNT"
    IBAN = "IBAN"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ADDRESS = "ADDRESS"  # an address as ``foundation.addresses`` has it, as a dict
    NIR = "NIR"


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question. ``when``: asked only where another field of the step holds one of these values.

    ``given``: currencies of an AMOUNT come first. ``at_least``, ``at_most`` bound numbers, days (ISO) and
    lengths of text.
    """

    name: str
    label: str
    type: FieldType = FieldType.TEXT
    required: bool = True
    hint: str = ""
    options: tuple[Option, ...] = ()
    when: tuple[str, tuple[str, ...]] | None = None
    given: tuple[str, ...] = ()
    at_least: str = ""
    at_most: str = ""
    autocomplete: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Lines of the same questions, one after the other: a list of dicts in the answers."""

    name: str
    label: str
    one: str
    """What a line is called: "Care"."""
    add: str
    """On the button that adds one: "Add another care"."""
    fields: tuple[Field, ...]
    at_least: int = 1
    at_most: int = 50


@dataclass(frozen=True, kw_only=True)
class Note:
    """A sentence between questions; ``template`` is one of a door's own where a sentence is not enough.

    ``rows``: a table under it, its head first, under the name ``caption``.
    """

    words: str
    template: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    caption: str = ""


Part = Field | Group | Note


@dataclass(frozen=True, kw_only=True)
class Step:
    """A page of the form. ``papers``: the page where papers are sent."""

    name: str
    title: str
    parts: tuple[Part, ...] = ()
    papers: bool = False
    aside: str = ""
    """A template of the door's, beside the form: ``portal/requests/aside_….jinja``."""
    under: str = ""
    """One that ends the form, under its questions."""

    def fields(self) -> tuple[Field, ...]:
        return tuple(part for part in self.parts if isinstance(part, Field))

    def groups(self) -> tuple[Group, ...]:
        return tuple(part for part in self.parts if isinstance(part, Group))


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper of the checklist, by its code. ``why`` names the clause or the reason it is asked for."""

    code: str
    label: str
    hint: str = ""
    why: str = ""
    required: bool = True
    compartment: Compartment = Compartment.GENERAL


@dataclass(frozen=True)
class Problem:
    """What is wrong and what to do. ``field`` as in ``lines.0.day``; "" for the whole step."""

    step: str
    field: str
    words: str


@dataclass(frozen=True)
class Change:
    """What validation changes, as the desk sees it: what it is, before, after."""

    label: str
    before: str
    after: str
    note: str = ""


@dataclass(frozen=True)
class Checked:
    """A rule that looked at the request before anyone did."""

    words: str
    passed: bool


@dataclass(frozen=True)
class Earlier:
    """Something like it that was settled before, as the desk reads it beside a request. ``alike`` says what
    makes it perhaps the same, "" for nothing."""

    day: date
    what: str
    where: str
    spent: str
    refunded: str
    settled_on: date | None
    alike: str = ""


@dataclass(frozen=True)
class Reason:
    """Why a request may be rejected: its code, its label at the desk, the words proposed to the member."""

    code: str
    label: str
    words: str
    clause: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a recap."""

    label: str
    value: str
    step: str = ""
    rows: tuple[tuple[tuple[str, str], ...], ...] = field(default=())
    """For a group: each line's labels and values."""


@dataclass(frozen=True)
class Request:
    """A filed request with what it says."""

    case: CaseSeen
    content: ContentSeen
