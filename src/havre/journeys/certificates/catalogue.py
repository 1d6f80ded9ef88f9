"""What certificates there are, as data: the house's ``certificates.yaml``, else the one shipped here."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, Literal

import msgspec
import yaml

from havre.commons.content import queries as content
from havre.commons.content.words.kinds import Key, Kind, Line, Part, Problem
from havre.foundation.money import Money
from havre.foundation.refusals import Refusal
from havre.journeys.certificates.wording import KindWords, languages, wording

SHIPPED: Final = Path(__file__).with_name("kinds.yaml")
NO_CEILING: Final = "none"
# The states of the Schengen area, for which a uniform visa is valid.
SCHENGEN: Final = frozenset(
    "AT BE BG CH CZ DE DK EE ES FI FR GR HR HU IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905
)


class PeriodRule(StrEnum):
    """Which days a kind of certificate may be about."""

    DAY = "DAY"
    DATES = "DATES"
    SCHOOL_YEAR = "SCHOOL_YEAR"  # 1 September to 31 August
    CALENDAR_YEAR = "CALENDAR_YEAR"


class Need(StrEnum):
    """Whether a fact is left out, stated when known, or must be there."""

    NOT_SHOWN = "not shown"
    SHOWN = "shown"
    REQUIRED = "required"


class CertificateKind(Part, frozen=True):
    """One kind. ``categories`` are those of guarantees it states; ``states`` must all be covered.

    ``at_least`` is what must be paid for emergencies abroad; beyond ``months_ahead`` nothing is
    certified, for a contract can change every year. ``words`` are by language; without any, ours are.
    """

    code: Key
    period: PeriodRule
    categories: tuple[Line, ...] = ()
    repatriation: Need = Need.NOT_SHOWN
    states: Literal["SCHENGEN"] | None = None
    at_least: Line | None = None
    months_ahead: int = 12
    words: dict[str, KindWords] = {}

    @property
    def least(self) -> Money | None:
        return money(self.at_least) if self.at_least else None

    def said_in(self, language: str) -> KindWords:
        return self.words[language] if self.words else wording(language).certificates[self.code]


class FormulaCeiling(Part, frozen=True):
    """What a formula (``PRODUCT/FORMULA``) pays at most for emergencies abroad: ``50000 EUR`` or ``none``."""

    formula: Line
    amount: Line


class Catalogue(Part, frozen=True):
    """The kinds, in the order in which they are offered, and what the house knows."""

    kinds: tuple[CertificateKind, ...]
    repatriation_options: tuple[Line, ...] = ()
    ceilings: tuple[FormulaCeiling, ...] = ()

    def kind(self, code: str) -> CertificateKind | None:
        return next((kind for kind in self.kinds if kind.code == code), None)

    def ceiling(self, formula: str) -> str | None:
        return next((one.amount for one in self.ceilings if one.formula == formula), None)


def money(text: str) -> Money:
    """``30000 EUR``. Refuses what ``Money`` does."""
    amount, _space, currency = text.partition(" ")
    return Money(amount, currency)


def _problems(document: Catalogue) -> Iterator[Problem]:
    """What the types cannot say: every kind has its words in each language, every amount is one."""
    ours = wording("en").certificates
    for at, kind in enumerate(document.kinds):
        lacking = [] if kind.words else [kind.code not in ours and "words"]
        lacking += [code not in kind.words and code for code in languages() if kind.words]
        if missing := [str(one) for one in lacking if one]:
            yield Problem(("kinds", at), f"{', '.join(missing)} missing")
        if kind.at_least and not _is_money(kind.at_least):
            yield Problem(("kinds", at, "at_least"), "an amount like 30000 EUR is expected")
    for at, ceiling in enumerate(document.ceilings):
        if ceiling.amount != NO_CEILING and not _is_money(ceiling.amount):
            yield Problem(
                ("ceilings", at, "amount"), "an amount like 30000 EUR, or none, is expected"
            )


def _is_money(text: str) -> bool:
    try:
        return money(text).amount > Decimal(0)
    except (Refusal, InvalidOperation):
        return False


CONTENT: Final = Kind("certificates", Catalogue, check=_problems)


@cache
def shipped() -> Catalogue:
    """The kinds that come with Havre, and nothing known of any house."""
    read = yaml.load(SHIPPED.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # texts only
    return msgspec.convert(read, Catalogue, strict=False)


def catalogue(*, today: date) -> Catalogue:
    """What this house offers on that day."""
    published = content.in_force(CONTENT, today=today)
    return published.document if published else shipped()


def all_covered(states: str | None, countries: tuple[str, ...]) -> bool:
    """Whether the countries of a contract hold every state that a kind names."""
    return states is None or set(countries) >= SCHENGEN
