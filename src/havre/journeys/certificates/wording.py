"""The certificate's words in each language, from files. No phrase depends on the gender of the person.

A language is a file ``wordings/CODE.yaml``: put one there and it is offered. All fill the same blanks.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency
from pydantic import TypeAdapter

from havre.commons.content.words.zones import Zones
from havre.domains.contracts.words import ContractKind, Scheme
from havre.foundation.money import Money

Language = str
"""The code of a language that has a file of wording."""
WORDINGS: Final = Path(__file__).with_name("wordings")
_LOCALES = {"en": "en_GB"}


@dataclass(frozen=True, kw_only=True)
class KindWords:
    """What a kind is called, when it is for (in the languages of the pages), and what it adds."""

    name: str
    about: str = ""
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The phrases of one language; braces are filled by ``document``."""

    language: str
    issued: str
    certifies_today: str
    certifies_past: str
    certifies_future: str
    certifies_over: str
    unless_ended: str
    individual_contract: str
    collective_contract: str
    person: str
    birth_date: str
    adherent_number: str
    expatriation_country: str
    contract: str
    contract_number: str
    product: str
    kind: str
    kinds: dict[ContractKind, str]
    scheme: str
    schemes: dict[Scheme, str]
    holder: str
    cover: str
    cover_start: str
    cover_end: str
    no_end: str
    territory: str
    zone: str
    zones_within: str
    guarantees: str
    repatriation: str
    repatriation_included: str
    ceiling: str
    ceiling_amount: str
    ceiling_none: str
    service: str
    conditions: str
    validity: str
    signed: str
    signed_for: str
    questions: str
    check: str
    check_how: str
    check_alt: str
    sealed: str
    seal: str
    file_name: str
    certificates: dict[str, KindWords]


@cache
def languages() -> tuple[Language, ...]:
    """Every language offered, the two of the house first."""
    found = sorted(path.stem for path in WORDINGS.glob("*.yaml"))
    return tuple(sorted(found, key=lambda code: ("fr", "en", code).index(code)))


@cache
def wording(language: Language) -> Wording:
    """The words of that language. Raises ``KeyError`` for one that is not offered."""
    if language not in languages():
        raise KeyError(language)
    text = (WORDINGS / f"{language}.yaml").read_text(encoding="utf-8")
    return TypeAdapter(Wording).validate_python(yaml.safe_load(text))


def territory_name(zone: int | None, language: Language, *, zones: Zones) -> str | None:
    """The zones where the contract covers, each holding those of lower number, and what they are called.

    Their names are in French on a French certificate and in English on all others. None if the zone is
    not known.
    """
    if zone is None:
        return None
    words = wording(language)
    said = (words.zone if zone == 1 else words.zones_within).format(zone=zone)
    between = "\N{NO-BREAK SPACE}; " if language == "fr" else "; "
    names = between.join(one.name.said_in(language) for one in zones.within(zone))
    return f"{said} ({names})" if names else said


def date_in_full(day: date, language: Language) -> str:
    """``1er novembre 2026`` or ``1 November 2026``, never broken over two lines."""
    written = format_date(day, "long", locale=_locale(language))
    if language == "fr" and day.day == 1:
        written = written.replace("1", "1er", 1)
    return written.replace(" ", "\u00a0")


def country_name(code: str, language: Language) -> str:
    """The country or region of a code; an unknown code is shown as it is."""
    name: str = Locale.parse(_locale(language)).territories.get(code, code)
    return name


def amount_in_words(amount: Money, language: Language) -> str:
    """``30 000 €``: a whole amount has no cents."""
    whole = amount.amount == amount.amount.to_integral_value()
    written = format_currency(
        amount.amount,
        amount.currency,
        format="#,##0 ¤" if whole and language != "en" else "¤#,##0" if whole else None,
        locale=_locale(language),
        currency_digits=not whole,
    )
    return written.replace("\u202f", "\u00a0").replace(" ", "\u00a0")


def _locale(language: Language) -> str:
    return _LOCALES.get(language, language)
