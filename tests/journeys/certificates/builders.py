"""Facts of fictional people, one line a world."""

from datetime import UTC, date, datetime
from typing import Any

from havre.domains.contracts.words import ContractKind, Scheme
from havre.journeys.certificates.catalogue import CertificateKind, shipped
from havre.journeys.certificates.document import (
    CertificateFacts,
    Insurer,
    Language,
    certificate_pdf,
)

TODAY = date(2026, 11, 22)
CREATED = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def an_insurer(**changes: Any) -> Insurer:
    details: dict[str, Any] = {
        "legal_name": "Assurances du Large",
        "service": "Service Adhérents",
        "address": ("12 quai des Dauphins", "44000 Nantes", "France"),
        "phone": "+33 2 00 00 00 00",
        "email": "adherents@large.example",
    }
    return Insurer(**(details | changes))


def kind_of(code: str) -> CertificateKind:
    found = shipped().kind(code)
    assert found, code
    return found


def the_facts(*, as_of: date = TODAY, **changes: Any) -> CertificateFacts:
    """A child covered this year under a parent's contract; one day is certified unless two are given."""
    facts: dict[str, Any] = {
        "reference": "AT-2026-000417",
        "certificate": kind_of("membership"),
        "issued_on": TODAY,
        "first_day": as_of,
        "last_day": as_of,
        "insurer": an_insurer(),
        "person_name": "Inès Lemaire",
        "birth_date": date(2017, 3, 1),
        "adherent_number": "HV2048173",
        "holder_name": "Claire Aubrac",
        "contract_number": "C-2024-88301",
        "kind": ContractKind.INDIVIDUAL,
        "scheme": Scheme.CFE_COMPLEMENT,
        "product_name": "Escale Confort",
        "cover_start": date(2024, 2, 1),
        "cover_end": date(2026, 12, 31),
        "territory": "Amérique latine",
        "expatriation_country": "MX",
    }
    return CertificateFacts(**(facts | changes))


def a_certificate(language: Language = "fr", **changes: Any) -> bytes:
    return certificate_pdf(the_facts(**changes), language=language, created=CREATED)
