"""Declarations of personal data: what each field is kept for, for how long, and how it goes.

Each app that has tables declares them in its ``privacy`` module, as ``DECLARATIONS``. A field that
nobody declared is refused by a test; the register of processing (GDPR art. 30) is read from here.
"""

import importlib
import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Purpose(StrEnum):
    """What the data are used for."""

    CONTRACT = "CONTRACT"  # concluding, managing and proving the contract and its covers
    REIMBURSEMENT = "REIMBURSEMENT"  # handling claims and paying what is due
    ACCOUNT = "ACCOUNT"  # opening the member space to the right person
    SECURITY = "SECURITY"  # protecting accounts, tracing who did and read what
    CORRESPONDENCE = "CORRESPONDENCE"  # writing to members, in their language
    LEGAL_PROOF = "LEGAL_PROOF"  # proving what was accepted, notified or answered
    DATA_QUALITY = "DATA_QUALITY"  # loading feeds and settling what they contradict


class LegalBasis(StrEnum):
    """What makes the processing lawful: a point of GDPR art. 6(1)."""

    CONSENT = "6.1.a"
    CONTRACT = "6.1.b"
    LEGAL_OBLIGATION = "6.1.c"
    VITAL_INTERESTS = "6.1.d"
    PUBLIC_TASK = "6.1.e"
    LEGITIMATE_INTERESTS = "6.1.f"


class SpecialBasis(StrEnum):
    """What lifts the ban on special categories such as health: a point of GDPR art. 9(2)."""

    EXPLICIT_CONSENT = "9.2.a"
    SOCIAL_PROTECTION = "9.2.b"
    VITAL_INTERESTS = "9.2.c"
    LEGAL_CLAIMS = "9.2.f"
    PUBLIC_INTEREST = "9.2.g"
    HEALTH_CARE = "9.2.h"


class Source(StrEnum):
    """Where the data come from (GDPR art. 14)."""

    FEED = "FEED"  # the insurer's or manager's systems
    MEMBER = "MEMBER"
    EMPLOYER = "EMPLOYER"
    INTERMEDIARY = "INTERMEDIARY"
    STAFF = "STAFF"
    SYSTEM = "SYSTEM"  # made here: an id, a time, a state, a trace


class Erasure(StrEnum):
    """What becomes of the field when its retention ends."""

    DELETE_ROW = "DELETE_ROW"
    BLANK = "BLANK"
    PSEUDONYM = "PSEUDONYM"
    DROP_PARTITION = "DROP_PARTITION"


@dataclass(frozen=True, slots=True)
class Retention:
    """``months`` after an event told in words; zero is "when it happens"."""

    months: int
    after: str

    def __post_init__(self) -> None:
        if self.months < 0 or not self.after.strip():
            raise ValueError("a retention counts months from an event")

    def __str__(self) -> str:
        return f"{self.months} months after {self.after}" if self.months else f"until {self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Fields that hold or follow a person, all kept for the same reason.

    ``special`` is required for health and the like, and only for them. ``export`` says whether a
    person who asks for their data receives the field.
    """

    fields: tuple[str, ...]
    purpose: Purpose
    legal_basis: LegalBasis
    sources: tuple[Source, ...]
    retention: Retention
    export: bool
    erase: Erasure
    special: SpecialBasis | None = None


@dataclass(frozen=True, slots=True)
class NotPersonal:
    """Fields that tell nothing of any person, and why."""

    fields: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class TableDeclaration:
    """Every concrete field of one model, named once. ``model_label`` is Django's, "app.Model"."""

    model_label: str
    entries: tuple[Kept | NotPersonal, ...]

    def __post_init__(self) -> None:
        named = [field for entry in self.entries for field in entry.fields]
        if twice := sorted({field for field in named if named.count(field) > 1}):
            raise ValueError(f"{self.model_label} declares {', '.join(twice)} more than once")

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(field for entry in self.entries for field in entry.fields)

    @property
    def kept(self) -> tuple[Kept, ...]:
        return tuple(entry for entry in self.entries if isinstance(entry, Kept))

    def missing(self, field_names: Iterable[str]) -> tuple[str, ...]:
        """Fields of the model that are not declared, in alphabetical order."""
        return tuple(sorted(set(field_names) - self.fields))

    def unknown(self, field_names: Iterable[str]) -> tuple[str, ...]:
        """Declared fields that the model does not have, in alphabetical order."""
        return tuple(sorted(self.fields - set(field_names)))


def collect(app_modules: Iterable[str]) -> tuple[TableDeclaration, ...]:
    """The ``DECLARATIONS`` of each app's ``privacy`` module, for apps that have one.

    A module without them is an ``AttributeError``, a table declared twice a ``ValueError``.
    """
    found: dict[str, TableDeclaration] = {}
    for app in app_modules:
        if importlib.util.find_spec(f"{app}.privacy") is None:
            continue
        for table in importlib.import_module(f"{app}.privacy").DECLARATIONS:
            if table.model_label in found:
                raise ValueError(f"{table.model_label} is declared more than once")
            found[table.model_label] = table
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of the register of processing (GDPR art. 30(1)): what the code itself can attest.

    ``data`` names fields as "app.Model.field". Controller, recipients, transfers abroad and
    security measures are the operator's to add.
    """

    purpose: Purpose
    legal_basis: LegalBasis
    special: SpecialBasis | None
    sources: tuple[Source, ...]
    retention: Retention
    erase: Erasure
    data: tuple[str, ...] = ()


def register_rows(declarations: Iterable[TableDeclaration]) -> tuple[RegisterRow, ...]:
    """One row for data kept alike, by purpose in the order of ``Purpose``, then as declared."""
    alike: dict[RegisterRow, list[str]] = {}
    for table in declarations:
        for kept in table.kept:
            names = alike.setdefault(_row_of(kept), [])
            names.extend(f"{table.model_label}.{field}" for field in kept.fields)
    rows = [replace(row, data=tuple(names)) for row, names in alike.items()]
    purposes = list(Purpose)
    return tuple(sorted(rows, key=lambda row: purposes.index(row.purpose)))


def _row_of(kept: Kept) -> RegisterRow:
    return RegisterRow(
        purpose=kept.purpose,
        legal_basis=kept.legal_basis,
        special=kept.special,
        sources=kept.sources,
        retention=kept.retention,
        erase=kept.erase,
    )
