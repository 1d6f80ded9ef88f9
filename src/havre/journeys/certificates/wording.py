"""The certificate's words in each language. No phrase depends on the gender of the person."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from babel import Locale
from babel.dates import format_date

from havre.domains.contracts.words import ContractKind, Scheme

Language = Literal["fr", "en"]


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The phrases of one language; braces are filled by ``document``."""

    title: str
    title_for: str
    issued: str
    certifies_today: str
    certifies_past: str
    certifies_future: str
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
    service: str
    conditions: str
    validity: str
    signed: str
    signed_for: str
    questions: str


FRENCH: Final = Wording(
    title="Attestation d’assurance",
    title_for="Attestation d’assurance, {person}",
    issued="Référence {reference}, établie le {issued_on}",
    certifies_today="{insurer} certifie que la personne désignée ci-dessous bénéficie, le {as_of}, "
    "d’une couverture de ses frais de santé au titre du {contract}.",
    certifies_past="{insurer} certifie que la personne désignée ci-dessous bénéficiait, "
    "le {as_of}, d’une couverture de ses frais de santé au titre du {contract}.",
    certifies_future="{insurer} certifie que la personne désignée ci-dessous bénéficiera, "
    "le {as_of}, sauf fin anticipée du contrat, d’une couverture de ses frais de santé au titre "
    "du {contract}.",
    individual_contract="contrat individuel n°\u00a0{number}",
    collective_contract="contrat collectif n°\u00a0{number}",
    person="Personne assurée",
    birth_date="Date de naissance",
    adherent_number="Numéro d’adhérent",
    expatriation_country="Pays d’expatriation",
    contract="Contrat",
    contract_number="Numéro",
    product="Formule",
    kind="Nature",
    kinds={
        ContractKind.INDIVIDUAL: "Contrat individuel",
        ContractKind.COLLECTIVE: "Contrat collectif",
    },
    scheme="Niveau d’intervention",
    schemes={
        Scheme.CFE_COMPLEMENT: "En complément de la Caisse des Français de l’Étranger (CFE)",
        Scheme.FIRST_EURO: "Dès le premier euro",
    },
    holder="Titulaire",
    cover="Couverture",
    cover_start="Début",
    cover_end="Fin",
    no_end="Aucune date de fin connue",
    territory="Territoire",
    zone="Zone\u00a0{zone} du contrat",
    zones_within="Zones\u00a01 à\u00a0{zone} du contrat",
    service="Service adhérents",
    conditions="Cette attestation ne remplace ni les conditions générales ni les conditions "
    "particulières du contrat\u00a0: elles seules fixent les garanties, leurs plafonds et leurs "
    "exclusions.",
    validity="Elle décrit la situation connue le {issued_on}. Un changement ou une fin du contrat "
    "survenus ensuite n’y figurent pas.",
    signed="Fait le {issued_on}",
    signed_for="Pour {insurer}",
    questions="Pour vérifier cette attestation",
)

ENGLISH: Final = Wording(
    title="Insurance certificate",
    title_for="Insurance certificate, {person}",
    issued="Reference {reference}, issued on {issued_on}",
    certifies_today="{insurer} certifies that, on {as_of}, the person named below is covered for "
    "healthcare costs under {contract}.",
    certifies_past="{insurer} certifies that, on {as_of}, the person named below was covered for "
    "healthcare costs under {contract}.",
    certifies_future="{insurer} certifies that, on {as_of} and unless the contract ends earlier, "
    "the person named below will be covered for healthcare costs under {contract}.",
    individual_contract="individual contract no.\u00a0{number}",
    collective_contract="group contract no.\u00a0{number}",
    person="Person insured",
    birth_date="Date of birth",
    adherent_number="Adherent number",
    expatriation_country="Country of expatriation",
    contract="Contract",
    contract_number="Number",
    product="Formula",
    kind="Type",
    kinds={
        ContractKind.INDIVIDUAL: "Individual contract",
        ContractKind.COLLECTIVE: "Group contract",
    },
    scheme="Level of cover",
    schemes={
        Scheme.CFE_COMPLEMENT: "On top of the Caisse des Français de l’Étranger (CFE)",
        Scheme.FIRST_EURO: "From the first euro",
    },
    holder="Holder",
    cover="Cover",
    cover_start="Start",
    cover_end="End",
    no_end="No end date known",
    territory="Territory",
    zone="Zone\u00a0{zone} of the contract",
    zones_within="Zones\u00a01 to\u00a0{zone} of the contract",
    service="Member services",
    conditions="This certificate does not replace the general and particular conditions of the "
    "contract, which alone set the guarantees, their limits and their exclusions.",
    validity="It describes what is known on {issued_on}. A change or an end of the contract after "
    "that day does not appear on it.",
    signed="Issued on {issued_on}",
    signed_for="For {insurer}",
    questions="To verify this certificate",
)

WORDING: Final[dict[Language, Wording]] = {"fr": FRENCH, "en": ENGLISH}


def territory_name(zone: int | None, language: Language) -> str | None:
    """The zones where the contract covers: each holds those of lower number. None if not known."""
    if zone is None:
        return None
    wording = WORDING[language]
    return (wording.zone if zone == 1 else wording.zones_within).format(zone=zone)


def date_in_full(day: date, language: Language) -> str:
    """``1er novembre 2026`` or ``1 November 2026``, never broken over two lines."""
    written = format_date(day, "d MMMM y", locale=language)
    if language == "fr" and day.day == 1:
        written = written.replace("1", "1er", 1)
    return written.replace(" ", "\u00a0")


def country_name(code: str, language: Language) -> str:
    """The country of an ISO 3166-1 alpha-2 code; an unknown code is shown as it is."""
    name: str = Locale.parse(language).territories.get(code, code)
    return name
