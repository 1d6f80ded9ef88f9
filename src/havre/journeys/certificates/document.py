"""The insurance certificate as a file: one A4 page, in the language asked for."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from havre.domains.contracts.words import ContractKind
from havre.foundation.pdf import UnprintableText, typeset
from havre.journeys.certificates.rules import CertificateRefused, check_facts
from havre.journeys.certificates.wording import (
    WORDING,
    Language,
    Wording,
    country_name,
    date_in_full,
)
from havre.journeys.certificates.words import (
    Ask,
    CertificateFacts,
    Insurer,
    Reason,
)

__all__ = [
    "Ask",
    "CertificateFacts",
    "CertificateRefused",
    "Insurer",
    "Language",
    "Reason",
    "certificate_pdf",
    "check_facts",
]

TEMPLATE: Final = Path(__file__).with_name("certificate.typ")
DEPTH_LINES: Final = Path(__file__).with_name("depth-lines.svg")


def certificate_pdf(facts: CertificateFacts, *, language: Language, created: datetime) -> bytes:
    """The certificate as a PDF/A-2a and PDF/UA-1 file; ``created`` (aware) dates the file.

    Refuses ``CertificateRefused`` where a fact is missing or the cover is not in force on the day,
    and where a name is written in letters that cannot be printed (``FONTS_MISSING``).
    """
    check_facts(facts)
    wording = WORDING[language]
    images = {"depth_lines": DEPTH_LINES}
    if facts.insurer.logo is not None:
        images["logo"] = facts.insurer.logo
    try:
        return typeset(
            TEMPLATE,
            data=certificate_page(facts, language),
            language=language,
            title=wording.title_for.format(person=facts.person_name),
            author=facts.insurer.legal_name,
            created=created,
            images=images,
        )
    except UnprintableText as refusal:
        raise CertificateRefused(Reason.FONTS_MISSING, unprintable=refusal.characters) from refusal


def certificate_page(facts: CertificateFacts, language: Language) -> dict[str, Any]:
    """What the template prints, in its order, worded and dated in ``language``."""
    wording, insurer = WORDING[language], facts.insurer
    issued_on = date_in_full(facts.issued_on, language)
    return {
        "title": wording.title,
        "issued": wording.issued.format(reference=facts.reference, issued_on=issued_on),
        "statement": _statement(facts, language),
        "person": facts.person_name,
        "sections": [
            {"title": wording.person, "rows": list(_person_rows(facts, language))},
            {"title": wording.contract, "rows": list(_contract_rows(facts, wording))},
        ],
        "cover": {"title": wording.cover, "rows": list(_cover_rows(facts, language))},
        "remarks": [wording.conditions, wording.validity.format(issued_on=issued_on)],
        "signed": wording.signed.format(issued_on=issued_on),
        "signed_for": wording.signed_for.format(insurer=insurer.legal_name),
        "service": insurer.service,
        "questions": wording.questions,
        "insurer": insurer.legal_name,
        "address": [line for line in insurer.address if line.strip()],
        "contacts": [contact for contact in (insurer.phone, insurer.email) if contact.strip()],
        "reference": facts.reference,
    }


def _statement(facts: CertificateFacts, language: Language) -> str:
    wording = WORDING[language]
    if facts.as_of < facts.issued_on:
        sentence = wording.certifies_past
    elif facts.as_of > facts.issued_on:
        sentence = wording.certifies_future
    else:
        sentence = wording.certifies_today
    contract = {
        ContractKind.INDIVIDUAL: wording.individual_contract,
        ContractKind.COLLECTIVE: wording.collective_contract,
    }[facts.kind]
    return sentence.format(
        insurer=facts.insurer.legal_name,
        as_of=date_in_full(facts.as_of, language),
        contract=contract.format(number=facts.contract_number),
    )


def _person_rows(facts: CertificateFacts, language: Language) -> Iterator[tuple[str, str]]:
    wording = WORDING[language]
    yield wording.birth_date, _day(facts.birth_date, language)
    if facts.adherent_number:
        yield wording.adherent_number, facts.adherent_number
    if facts.expatriation_country:
        country = country_name(facts.expatriation_country, language)
        yield wording.expatriation_country, country


def _contract_rows(facts: CertificateFacts, wording: Wording) -> Iterator[tuple[str, str]]:
    yield wording.contract_number, facts.contract_number or ""
    if facts.product_name:
        yield wording.product, facts.product_name
    yield wording.kind, wording.kinds[facts.kind]
    if facts.scheme in wording.schemes:
        yield wording.scheme, wording.schemes[facts.scheme]
    yield wording.holder, facts.holder_name


def _cover_rows(facts: CertificateFacts, language: Language) -> Iterator[tuple[str, str]]:
    wording = WORDING[language]
    yield wording.cover_start, _day(facts.cover_start, language)
    end = wording.no_end if facts.cover_end is None else _day(facts.cover_end, language)
    yield wording.cover_end, end
    yield wording.territory, facts.territory or ""


def _day(day: date | None, language: Language) -> str:
    return "" if day is None else date_in_full(day, language)
