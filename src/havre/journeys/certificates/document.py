"""The insurance certificate as a file: one A4 page, in the language asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import segno

from havre.domains.contracts.words import ContractKind
from havre.foundation.pdf import UnprintableText, typeset
from havre.journeys.certificates.rules import CertificateRefused, check_facts
from havre.journeys.certificates.wording import (
    Language,
    Wording,
    amount_in_words,
    country_name,
    date_in_full,
    wording,
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
    "Proof",
    "Reason",
    "certificate_pdf",
    "check_facts",
]

TEMPLATE: Final = Path(__file__).with_name("certificate.typ")
# To try all eight masks of a code takes four times as long as the rest of it. Of addresses like ours this one
# comes out best, some 5 % from the best of eight in the penalties of ISO/IEC 18004.
MASK: Final = 6
DEPTH_LINES: Final = Path(__file__).with_name("depth-lines.svg")


@dataclass(frozen=True)
class Proof:
    """By what a certificate can be checked: a page's address, and the seal it is about to get."""

    address: str
    sealed: bool


def certificate_pdf(
    facts: CertificateFacts, *, language: Language, created: datetime, proof: Proof | None = None
) -> bytes:
    """The certificate as a PDF/A-2a and PDF/UA-1 file; ``created`` (aware) dates the file.

    Refuses ``CertificateRefused`` where a fact is missing or the cover is not in force on the day,
    and where a name is written in letters that cannot be printed (``FONTS_MISSING``).
    """
    check_facts(facts)
    images = {"depth_lines": DEPTH_LINES}
    if facts.insurer.logo is not None:
        images["logo"] = facts.insurer.logo
    try:
        return typeset(
            TEMPLATE,
            data=certificate_page(facts, language, proof),
            language=language,
            title=f"{_title(facts, language)}, {facts.person_name}",
            author=facts.insurer.legal_name,
            created=created,
            images=images,
        )
    except UnprintableText as refusal:
        raise CertificateRefused(Reason.FONTS_MISSING, unprintable=refusal.characters) from refusal


def certificate_page(
    facts: CertificateFacts, language: Language, proof: Proof | None
) -> dict[str, Any]:
    """What the template prints, in its order, worded and dated in ``language``."""
    words, insurer = wording(language), facts.insurer
    issued_on = date_in_full(facts.issued_on, language)
    return {
        "title": _title(facts, language),
        "issued": words.issued.format(reference=facts.reference, issued_on=issued_on),
        "statement": _statement(facts, language),
        "person": facts.person_name,
        "sections": [
            {"title": words.person, "rows": list(_person_rows(facts, language))},
            {"title": words.contract, "rows": list(_contract_rows(facts, words))},
        ],
        "cover": {"title": words.cover, "rows": list(_cover_rows(facts, language))},
        "guarantees": {"title": words.guarantees, "rows": list(_guarantee_rows(facts, language))},
        "remarks": list(_remarks(facts, language, proof)),
        "proof": _proof(words, proof) if proof else None,
        "signed": words.signed.format(issued_on=issued_on),
        "signed_for": words.signed_for.format(insurer=insurer.legal_name),
        "service": insurer.service,
        "questions": words.questions,
        "insurer": insurer.legal_name,
        "address": [line for line in insurer.address if line.strip()],
        "contacts": [contact for contact in (insurer.phone, insurer.email) if contact.strip()],
        "reference": facts.reference,
    }


def _title(facts: CertificateFacts, language: Language) -> str:
    return facts.certificate.said_in(language).name


def _statement(facts: CertificateFacts, language: Language) -> str:
    words = wording(language)
    if facts.first_day != facts.last_day:
        sentence = words.certifies_over
    elif facts.first_day < facts.issued_on:
        sentence = words.certifies_past
    elif facts.first_day > facts.issued_on:
        sentence = words.certifies_future
    else:
        sentence = words.certifies_today
    contract = {
        ContractKind.INDIVIDUAL: words.individual_contract,
        ContractKind.COLLECTIVE: words.collective_contract,
    }[facts.kind]
    return sentence.format(
        insurer=facts.insurer.legal_name,
        as_of=date_in_full(facts.first_day, language),
        start=date_in_full(facts.first_day, language),
        end=date_in_full(facts.last_day, language),
        contract=contract.format(number=facts.contract_number),
    )


def _person_rows(facts: CertificateFacts, language: Language) -> Iterator[tuple[str, str]]:
    words = wording(language)
    yield words.birth_date, _day(facts.birth_date, language)
    if facts.adherent_number:
        yield words.adherent_number, facts.adherent_number
    if facts.expatriation_country:
        country = country_name(facts.expatriation_country, language)
        yield words.expatriation_country, country


def _contract_rows(facts: CertificateFacts, words: Wording) -> Iterator[tuple[str, str]]:
    yield words.contract_number, facts.contract_number or ""
    if facts.product_name:
        yield words.product, facts.product_name
    yield words.kind, words.kinds[facts.kind]
    if facts.scheme in words.schemes:
        yield words.scheme, words.schemes[facts.scheme]
    yield words.holder, facts.holder_name


def _cover_rows(facts: CertificateFacts, language: Language) -> Iterator[tuple[str, str]]:
    words = wording(language)
    yield words.cover_start, _day(facts.cover_start, language)
    end = words.no_end if facts.cover_end is None else _day(facts.cover_end, language)
    yield words.cover_end, end
    yield words.territory, facts.territory or ""


def _guarantee_rows(facts: CertificateFacts, language: Language) -> Iterator[tuple[str, str]]:
    """What this kind states and is known; nothing is said of the rest."""
    words = wording(language)
    yield from facts.guarantees
    if facts.repatriation:
        yield words.repatriation, words.repatriation_included.format(option=facts.repatriation)
    if facts.certificate.least and facts.ceiling:
        amount = facts.ceiling.amount
        yield (
            words.ceiling,
            words.ceiling_none
            if amount is None
            else words.ceiling_amount.format(amount=amount_in_words(amount, language)),
        )


def _remarks(facts: CertificateFacts, language: Language, proof: Proof | None) -> Iterator[str]:
    words = wording(language)
    yield from facts.certificate.said_in(language).remarks
    if facts.first_day != facts.last_day and facts.last_day > facts.issued_on:
        yield words.unless_ended
    yield words.conditions
    yield words.validity.format(issued_on=date_in_full(facts.issued_on, language))
    if proof and proof.sealed:
        yield words.sealed


def _proof(words: Wording, proof: Proof) -> dict[str, str]:
    """The address in letters and as a drawing. It holds a secret, so that no file of it is made."""
    drawn = segno.make(proof.address, error="m", mask=MASK).svg_inline(border=0, dark="#16282c")
    return {
        "title": words.check,
        "how": words.check_how,
        "address": proof.address,
        "alt": words.check_alt.format(url=proof.address),
        "drawing": drawn,
    }


def _day(day: date | None, language: Language) -> str:
    return "" if day is None else date_in_full(day, language)
