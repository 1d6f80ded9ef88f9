"""The papers that care asks for, by rules that are data: ``checklist.yaml``."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages
from django.utils import translation
from django.utils.translation import gettext as _

from havre.commons.documents.words import Compartment
from havre.domains.health.words import Category
from havre.journeys.requests.words import Paper

SHIPPED = Path(__file__).with_name("checklist.yaml")
Asker = Literal["CLAIM", "AGREEMENT"]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]


class WrongChecklist(Exception):
    """The file is no checklist; says where and why."""


class _Bilingual(msgspec.Struct, forbid_unknown_fields=True):
    fr: Words
    en: Words

    def __str__(self) -> str:
        return self.fr if (translation.get_language() or "fr") == "fr" else self.en


class _Rule(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    code: Annotated[str, msgspec.Meta(pattern="^[a-z]+(-[a-z]+)*$")]
    asked_by: list[Asker]
    label: _Bilingual
    hint: _Bilingual
    why: _Bilingual
    categories: list[Category] = []
    not_categories: list[Category] = []
    countries: list[str] = []
    not_countries: list[str] = []
    series: bool = False
    accident: bool = False
    cfe: str = ""
    from_amount: Annotated[int, msgspec.Meta(ge=0)] = 0
    required: bool = True
    compartment: Compartment = Compartment.HEALTH

    def fits(self, asker: Asker, care: "Care") -> bool:
        """Whether this paper goes with such care."""
        kinds = {Category(one) for one in care.categories}
        return (
            asker in self.asked_by
            and (not self.categories or bool(kinds & set(self.categories)))
            and (not self.not_categories or bool(kinds - set(self.not_categories)))
            and (not self.countries or care.country in self.countries)
            and care.country not in self.not_countries
            and (care.series or not self.series)
            and (care.accident or not self.accident)
            and (not self.cfe or care.cfe == self.cfe)
            and care.amount >= self.from_amount
        )


class _File(msgspec.Struct, forbid_unknown_fields=True):
    version: Words
    languages: list[str]
    papers: list[_Rule]


@dataclass(frozen=True, kw_only=True)
class Care:
    """What decides of the papers. ``amount`` is in the contract's currency, as far as it is known."""

    categories: frozenset[str]
    country: str
    series: bool = False
    accident: bool = False
    cfe: str = ""
    amount: Decimal = Decimal(0)


def asks_amount(categories: Iterable[str]) -> bool:
    """Whether some paper of such care goes by what it costs."""
    kinds = {Category(one) for one in categories}
    return any(
        rule.from_amount and (not rule.categories or kinds & set(rule.categories))
        for rule in read(SHIPPED).papers
    )


def papers_for(asker: Asker, care: Care) -> tuple[Paper, ...]:
    """The checklist in the language in force; a paper that several rules name is there once."""
    file = read(SHIPPED)
    rules = (rule for rule in file.papers if rule.fits(asker, care))
    found: dict[str, Paper] = {}
    for rule in rules:
        paper = _paper(rule)
        if rule.code not in found or (paper.required and not found[rule.code].required):
            found[rule.code] = paper
    return (*found.values(), *_translation(care.country, file.languages))


@lru_cache(maxsize=4)
def read(path: Path) -> _File:
    """The rules of a file. Refuses (``WrongChecklist``)."""
    try:
        file = msgspec.yaml.decode(path.read_bytes(), type=_File)
    except (OSError, msgspec.MsgspecError) as error:
        raise WrongChecklist(f"{path.name}: {error}") from None
    known = set(get_global("territory_languages"))
    wrong = {one for rule in file.papers for one in (*rule.countries, *rule.not_countries)} - known
    if wrong:
        raise WrongChecklist(f"{path.name}: no such country: {', '.join(sorted(wrong))}")
    return file


def _paper(rule: _Rule) -> Paper:
    return Paper(
        code=rule.code,
        label=str(rule.label),
        hint=str(rule.hint),
        why=str(rule.why),
        required=rule.required,
        compartment=rule.compartment,
    )


def _translation(country: str, known: Iterable[str]) -> Iterator[Paper]:
    """Said of every country that speaks neither language of the house, so that nobody pays for nothing."""
    spoken = get_official_languages(country, de_facto=True) if country else ()
    if not spoken or {"fr", "en"} & set(spoken):
        return
    read_here = next((one for one in spoken if one in set(known)), None)
    if read_here:
        hint, why = _("Not needed: we read %(language)s"), ""
    else:
        hint = _("Yours will do, it need not be a sworn one")
        why = _("Nobody here reads %(language)s.") % {"language": _language(spoken[0])}
    yield Paper(
        code="translation",
        label=_("Translation"),
        hint=hint % {"language": _language(read_here)} if read_here else hint,
        why=why,
        required=read_here is None,
        compartment=Compartment.HEALTH,
    )


def _language(code: str) -> str:
    name: str = Locale.parse(translation.get_language() or "fr").languages.get(code, code)
    return name
