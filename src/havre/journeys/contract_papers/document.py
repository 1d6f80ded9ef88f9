"""The papers as files: tagged PDF/A-2a and PDF/UA-1, in the language asked for."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from havre.domains.products.queries import GuaranteeSeen
from havre.domains.products.words import PriorAgreement
from havre.foundation.money import Money
from havre.foundation.pdf import typeset
from havre.journeys.contract_papers.wording import WORDING, Wording, amount_in_full, day_in_full
from havre.journeys.contract_papers.words import Card, Conditions, House, Language, Size

_HERE: Final = Path(__file__).parent
_IMAGES: Final = {"depth_lines": _HERE / "depth-lines.svg"}


def card_pdf(
    card: Card, *, house: House, size: Size, language: Language, created: datetime
) -> bytes:
    """The card, for the wallet or on a sheet. Refuses ``UnprintableText``."""
    wording = WORDING[language]
    data = {
        "size": size,
        "insurer": house.legal_name,
        "title": wording.card,
        "person": card.person_name,
        "rows": list(card_rows(card, language)),
        "emergency": [wording.emergency, house.emergency] if house.emergency else [],
        "remark": wording.card_remark,
    }
    title = wording.card_for.format(person=card.person_name)
    return _typeset("card.typ", data, language, title, house, created)


def card_rows(card: Card, language: Language) -> Iterator[tuple[str, str]]:
    """What stands under the name, by label; what is not known is left out."""
    wording = WORDING[language]
    if card.adherent_number:
        yield wording.adherent_number, card.adherent_number
    yield wording.contract, card.contract_number
    if name := card.formula_name(language):
        yield wording.formula, name
    if card.zone is not None:
        yield wording.zone, _zones(card.zone, wording)
    if card.scheme in wording.schemes:
        yield wording.scheme, wording.schemes[card.scheme]
    start, end = day_in_full(card.valid_from, language), card.valid_to
    if end is None:
        yield wording.valid, wording.valid_from.format(start=start)
    else:
        yield wording.valid, wording.valid_until.format(start=start, end=day_in_full(end, language))


def conditions_pdf(
    facts: Conditions, *, house: House, language: Language, created: datetime
) -> bytes:
    """The particular conditions as of a day. Refuses ``UnprintableText``."""
    wording, contract = WORDING[language], facts.contract
    data = {
        "insurer": house.legal_name,
        "title": wording.conditions,
        "as_of": wording.as_of.format(
            number=contract.number, day=day_in_full(facts.as_of, language)
        ),
        "contract": {"title": wording.the_contract, "rows": list(_contract(facts, language))},
        "tables": [table for table in _tables(facts, language) if table["rows"]],
        "remarks": list(wording.remarks),
        "contacts": [*house.address, *filter(None, (house.phone, house.email))],
    }
    title = wording.conditions_for.format(number=contract.number)
    return _typeset("conditions.typ", data, language, title, house, created)


def _typeset(
    template: str,
    data: dict[str, Any],
    language: Language,
    title: str,
    house: House,
    created: datetime,
) -> bytes:
    return typeset(
        _HERE / template,
        data=data,
        language=language,
        title=title,
        author=house.legal_name,
        created=created,
        images=_IMAGES,
    )


def _contract(facts: Conditions, language: Language) -> Iterator[tuple[str, str]]:
    wording, contract, formula = WORDING[language], facts.contract, facts.formula
    yield wording.number, contract.number
    yield wording.kind, wording.kinds[contract.kind]
    if contract.title or formula:
        yield wording.formula, contract.title or (formula.title(language) if formula else "")
    yield wording.scheme, wording.schemes.get(contract.scheme, wording.unknown)
    zone = contract.zone
    yield wording.zone, wording.unknown if zone is None else _zones(zone, wording)
    yield wording.currency, contract.currency
    yield wording.start, day_in_full(contract.period.start, language)
    end = contract.period.end
    yield wording.end, wording.no_end if end is None else day_in_full(end, language)
    yield wording.holder, facts.holder_name
    if contract.employer_name:
        yield wording.employer, contract.employer_name
    if contract.intermediary_name:
        yield wording.intermediary, contract.intermediary_name
    if formula and formula.overall_ceiling is not None:
        ceiling = amount_in_full(
            formula.overall_ceiling, formula.currency or contract.currency, language
        )
        yield wording.overall, ceiling


def _tables(facts: Conditions, language: Language) -> Iterator[dict[str, Any]]:
    wording = WORDING[language]
    yield {
        "title": wording.people,
        "head": wording.people_head,
        "rows": list(_people(facts, language)),
    }
    yield {
        "title": wording.options,
        "head": wording.options_head,
        "rows": [
            (
                option.name.said_in(language),
                day_in_full(option.period.start, language),
                day_in_full(option.period.end, language) if option.period.end else wording.no_end,
            )
            for option in facts.contract.options
            if option.period.contains(facts.as_of)
        ],
    }
    guarantees = facts.formula.guarantees if facts.formula else ()
    if not guarantees:
        return
    currency = (facts.formula and facts.formula.currency) or facts.contract.currency
    yield {
        "title": wording.guarantees,
        "head": wording.guarantees_head,
        "rows": [
            (
                row.label.said_in(language),
                row.text.said_in(language),
                ", ".join(_requirements(row, currency, language)),
            )
            for row in guarantees
        ],
    }


def _people(facts: Conditions, language: Language) -> Iterator[tuple[str, ...]]:
    wording = WORDING[language]
    for person in facts.people:
        cover = facts.contract.cover_of(person.id, on=facts.as_of)
        end = cover.end if cover else None
        yield (
            person.full_name,
            wording.links[person.link],
            day_in_full(person.birth_date, language),
            day_in_full(cover.start if cover else None, language),
            wording.no_end if end is None else day_in_full(end, language),
        )


def _requirements(row: GuaranteeSeen, currency: str, language: Language) -> Iterator[str]:
    wording = WORDING[language]
    if row.waiting_months:
        yield wording.waiting.format(months=row.waiting_months)
    if row.prior_agreement is PriorAgreement.YES:
        yield wording.agreement
    elif row.prior_agreement is PriorAgreement.ABOVE:
        amount = Money.rounded(row.prior_agreement_above or 0, currency).amount
        yield wording.agreement_above.format(amount=amount_in_full(amount, currency, language))


def _zones(zone: int, wording: Wording) -> str:
    return "Zone 1" if zone == 1 else wording.zones.format(zone=zone)
