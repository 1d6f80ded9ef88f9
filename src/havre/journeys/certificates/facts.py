"""What a certificate states, gathered from people, contracts, products and the house's settings."""

from datetime import date
from uuid import UUID

from django.conf import settings

from havre.domains.contracts import queries as contracts
from havre.domains.contracts.queries import ContractSeen
from havre.domains.people import queries as people
from havre.domains.people.queries import PersonSeen
from havre.domains.people.words import FamilyLink
from havre.domains.products import queries as products
from havre.foundation.refusals import Refusal
from havre.journeys.certificates.rules import reference_of
from havre.journeys.certificates.wording import WORDING, Language, territory_name
from havre.journeys.certificates.words import CertificateFacts, Insurer


class NoSuchCover(Refusal):
    """The person, the contract or a cover of the one by the other is not in this household."""


def certificate_facts(
    *,
    household: UUID,
    person: UUID,
    contract: UUID,
    as_of: date,
    issued_on: date,
    language: Language,
) -> CertificateFacts:
    """The facts about one person under one contract. Needs the household's guard; three statements.

    Of several covers, the one that tells most about the day ``as_of``: whether it is in force that
    day is for ``check_facts`` to say. Refuses ``NoSuchCover``.
    """
    everyone = people.household_people(household=household)
    insured = next((one for one in everyone if one.id == person), None)
    held = contracts.contract_of(household=household, contract=contract)
    cover = held.cover_of(person, on=as_of) if held else None
    if insured is None or held is None or cover is None:
        raise NoSuchCover
    return CertificateFacts(
        reference=reference_of(person=person, contract=contract, as_of=as_of, issued_on=issued_on),
        issued_on=issued_on,
        as_of=as_of,
        insurer=_insurer(language),
        person_name=insured.full_name,
        birth_date=insured.birth_date,
        adherent_number=insured.adherent_number,
        holder_name=_holder_name(everyone),
        contract_number=held.number,
        kind=held.kind,
        scheme=held.scheme,
        product_name=_product_name(held, language),
        cover_start=cover.start,
        cover_end=cover.end,
        territory=territory_name(held.zone, language),
        expatriation_country=insured.expatriation_country,
    )


def _holder_name(everyone: list[PersonSeen]) -> str:
    return next((one.full_name for one in everyone if one.link is FamilyLink.HOLDER), "")


def _product_name(held: ContractSeen, language: Language) -> str | None:
    formula = products.formulas(ids=(held.formula,)).get(held.formula) if held.formula else None
    return formula.title(language) if formula else held.title


def _insurer(language: Language) -> Insurer:
    """The house that certifies, as its settings describe it; an address is cut at its commas."""
    house = settings.HAVRE
    return Insurer(
        legal_name=house.OPERATOR_LEGAL_NAME or house.OPERATOR_NAME,
        service=WORDING[language].service,
        address=tuple(
            part.strip() for part in house.OPERATOR_ADDRESS.replace("\n", ",").split(",")
        ),
        phone=house.OPERATOR_PHONE,
        email=house.OPERATOR_EMAIL,
        logo=house.OPERATOR_LOGO,
    )
