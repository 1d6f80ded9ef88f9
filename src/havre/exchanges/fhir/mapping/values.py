"""FHIR's days, names, countries and codes, as our records want them."""

import re
from datetime import date
from functools import cache
from hashlib import sha256

from babel import Locale
from babel.core import get_global

from havre.exchanges.fhir.resources import Concept, HumanName, PostalAddress
from havre.foundation.refusals import Refusal
from havre.journeys.loading.problems import shown

LONGEST_CODE = 64
LONGEST_TEXT = 300
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}(?=$|T)")
_UUID = re.compile(r"^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$", re.IGNORECASE)
_US_ZIP = re.compile(r"^\d{5}(-\d{4})?$")


class Unreadable(Refusal):
    """A field of a resource lacks what a record needs, or holds what it cannot."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


def day(text: str, field: str) -> date:
    """The civil date of a FHIR date or instant, as written: an offset never moves it to another day.

    Refuses ``Unreadable`` a month, a year, or no date at all.
    """
    try:
        whole = _DAY.match(text)
        if whole:
            return date.fromisoformat(whole[0])
    except ValueError:
        pass
    raise Unreadable(field, f"{shown(text)} is not a whole date")


def code(text: str) -> str:
    """The text where it fits a code of ours; else its start and a digest, the same on every import."""
    if len(text) <= LONGEST_CODE:
        return text
    digest = sha256(text.encode()).hexdigest()[:16]
    return f"{text[: LONGEST_CODE - 17]}-{digest}"


def cut(text: str) -> str:
    """The text, ended by an ellipsis where it is longer than a record holds."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def readable(identifier: str) -> str:
    """An identifier short enough to say on the telephone: a UUID by its first eight characters."""
    return identifier[:8].upper() if _UUID.match(identifier) else cut(identifier)


def slug(text: str) -> str:
    """Upper-case letters and digits of any script, hyphens between words."""
    return re.sub(r"\W+", "-", text.upper()).strip("-_")


def tails(concept: Concept) -> list[str]:
    """Its codes without the addresses that some publishers put before them."""
    return [code.rsplit("/", 1)[-1] for code in concept.codes]


def full_name(name: HumanName) -> str | None:
    """The name of a professional as it is written: "Dr. Ada Example"."""
    return name.text or " ".join((*name.prefix, *name.given, name.family or "")).strip() or None


def country(address: PostalAddress) -> str | None:
    """ISO 3166-1 alpha-2 from alpha-2, alpha-3 or an English name.

    American profiles leave the country out: a ZIP code with a two-letter state stands for ``US``.
    """
    stated = (address.country or "").strip()
    if stated:
        return _countries().get(stated.upper())
    american = len(address.state or "") == 2 and _US_ZIP.match(address.postal_code or "")
    return "US" if american else None


@cache
def _countries() -> dict[str, str]:
    """Source: Unicode CLDR, whose territory aliases hold the alpha-3 codes."""
    names = Locale("en").territories
    two_letters = {key: name for key, name in names.items() if len(key) == 2 and key.isalpha()}
    aliases = get_global("territory_aliases")
    return {
        **{old: new[0] for old, new in aliases.items() if old.isalpha() and len(new) == 1},
        **{name.upper(): key for key, name in two_letters.items()},
        **{key: key for key in two_letters},
    }
