"""What a certificate states, gathered from people, contracts, products and the house's settings."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from havre.commons.content import queries as content
from havre.domains.contracts import queries as contracts
from havre.domains.contracts.queries import ContractSeen
from havre.domains.people import queries as people
from havre.domains.people.queries import PersonSeen
from havre.domains.people.words import FamilyLink
from havre.domains.products import queries as products
from havre.domains.products.queries import FormulaSeen
from havre.foundation.dates import Period
from havre.foundation.money import Money
from havre.foundation.refusals import Refusal
from havre.journeys.certificates.catalogue import (
    NO_CEILING,
    Catalogue,
    CertificateKind,
    Need,
    money,
)
from havre.journeys.certificates.wording import Language, territory_name, wording
from havre.journeys.certificates.words import Ceiling, CertificateFacts, Insurer


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What certificate, of whom, over which days (both included), with what the house knows that day."""

    household: UUID
    person: UUID
    contract: UUID
    certificate: CertificateKind
    known: Catalogue
    first_day: date
    last_day: date
    language: Language


class NoSuchCover(Refusal):
    """The person, the contract or a cover of the one by the other is not in this household."""


def certificate_facts(wish: Wish, *, issued_on: date) -> CertificateFacts:
    """The facts about one person under one contract. Needs the household's guard; three statements.

    Of several covers, the one that tells most about the first day wished and what follows it without
    a gap: whether it holds all the days is for ``check_facts`` to say. Refuses ``NoSuchCover``.
    """
    everyone = people.household_people(household=wish.household)
    insured = next((one for one in everyone if one.id == wish.person), None)
    held = contracts.contract_of(household=wish.household, contract=wish.contract)
    cover = held.unbroken_cover_of(wish.person, on=wish.first_day) if held else None
    if insured is None or held is None or cover is None:
        raise NoSuchCover
    formula = _formula(held)
    zones = content.zones(today=issued_on)
    return CertificateFacts(
        reference="",
        certificate=wish.certificate,
        issued_on=issued_on,
        first_day=wish.first_day,
        last_day=wish.last_day,
        insurer=_insurer(wish.language),
        person_name=insured.full_name,
        birth_date=insured.birth_date,
        adherent_number=insured.adherent_number,
        holder_name=_holder_name(everyone),
        contract_number=held.number,
        kind=held.kind,
        scheme=held.scheme,
        product_name=formula.title(wish.language) if formula else held.title,
        cover_start=cover.start,
        cover_end=cover.end,
        territory=territory_name(held.zone, wish.language, zones=zones),
        expatriation_country=insured.expatriation_country,
        names=(insured.first_name, insured.family_name),
        zone=held.zone,
        countries=zones.countries(held.zone),
        guarantees=_guarantees(formula, wish),
        repatriation=_repatriation(held, wish),
        ceiling=_ceiling(formula, wish.known),
    )


def _formula(held: ContractSeen) -> FormulaSeen | None:
    formulas = products.formulas_with_guarantees(ids=(held.formula,))
    return formulas.get(held.formula) if held.formula else None


def _holder_name(everyone: list[PersonSeen]) -> str:
    return next((one.full_name for one in everyone if one.link is FamilyLink.HOLDER), "")


def _guarantees(formula: FormulaSeen | None, wish: Wish) -> tuple[tuple[str, str], ...]:
    """Labels and texts of the formula's table, in its order; in English where it is not in French."""
    return tuple(
        (guarantee.label.said_in(wish.language), guarantee.text.said_in(wish.language))
        for guarantee in (formula.guarantees if formula else ())
        if guarantee.category in wish.certificate.categories
    )


def _repatriation(held: ContractSeen, wish: Wish) -> str | None:
    """The option that takes someone home on all those days."""
    if wish.certificate.repatriation is Need.NOT_SHOWN:
        return None
    wanted = Period(wish.first_day, wish.last_day)
    return next(
        (
            option.name.said_in(wish.language)
            for option in held.options
            if option.code in wish.known.repatriation_options and option.period.holds(wanted)
        ),
        None,
    )


def _ceiling(formula: FormulaSeen | None, known: Catalogue) -> Ceiling | None:
    """What the house says of the formula, else the formula's own ceiling for all care of a year."""
    if formula is None:
        return None
    told = known.ceiling(f"{formula.product_code}/{formula.code}")
    if told is not None:
        return Ceiling(None if told == NO_CEILING else money(told))
    if formula.overall_ceiling is None or formula.currency is None:
        return None
    return Ceiling(Money(formula.overall_ceiling, formula.currency))


def _insurer(language: Language) -> Insurer:
    """The house that certifies, as its settings describe it; an address is cut at its commas."""
    house = settings.HAVRE
    return Insurer(
        legal_name=house.OPERATOR_LEGAL_NAME or house.OPERATOR_NAME,
        service=wording(language).service,
        address=tuple(
            part.strip() for part in house.OPERATOR_ADDRESS.replace("\n", ",").split(",")
        ),
        phone=house.OPERATOR_PHONE,
        email=house.OPERATOR_EMAIL,
        logo=house.OPERATOR_LOGO,
    )
