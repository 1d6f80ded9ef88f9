"""The words of the papers in each language. No phrase depends on the gender of the person."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.dates import format_date
from babel.numbers import format_currency

from havre.domains.contracts.words import ContractKind, Scheme
from havre.domains.people.words import FamilyLink
from havre.journeys.contract_papers.words import Language


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The phrases of one language; braces are filled by ``document``."""

    card: str
    card_for: str
    adherent_number: str
    contract: str
    formula: str
    zone: str
    zones: str
    scheme: str
    schemes: dict[Scheme, str]
    valid: str
    valid_from: str
    valid_until: str
    emergency: str
    card_remark: str
    conditions: str
    conditions_for: str
    as_of: str
    the_contract: str
    number: str
    kind: str
    kinds: dict[ContractKind, str]
    holder: str
    employer: str
    intermediary: str
    currency: str
    start: str
    end: str
    no_end: str
    people: str
    people_head: tuple[str, ...]
    links: dict[FamilyLink, str]
    options: str
    options_head: tuple[str, ...]
    guarantees: str
    guarantees_head: tuple[str, ...]
    overall: str
    waiting: str
    agreement: str
    agreement_above: str
    remarks: tuple[str, ...]
    unknown: str


FRENCH: Final = Wording(
    card="Carte d’adhérent",
    card_for="Carte d’adhérent, {person}",
    adherent_number="Numéro d’adhérent",
    contract="Contrat",
    formula="Formule",
    zone="Zone de couverture",
    zones="Zones 1 à {zone}",
    scheme="Niveau d’intervention",
    schemes={
        Scheme.CFE_COMPLEMENT: "En complément de la CFE",
        Scheme.FIRST_EURO: "Dès le premier euro",
    },
    valid="Validité",
    valid_from="Depuis le {start}",
    valid_until="Du {start} au {end}",
    emergency="Urgence, jour et nuit",
    card_remark="Cette carte dit qui est couvert. Les conditions générales et particulières du contrat "
    "disent ce qui est remboursé.",
    conditions="Conditions particulières",
    conditions_for="Conditions particulières du contrat {number}",
    as_of="Contrat {number} à la date du {day}",
    the_contract="Contrat",
    number="Numéro",
    kind="Nature",
    kinds={
        ContractKind.INDIVIDUAL: "Contrat individuel",
        ContractKind.COLLECTIVE: "Contrat collectif",
    },
    holder="Titulaire",
    employer="Employeur",
    intermediary="Intermédiaire",
    currency="Monnaie",
    start="Prise d’effet",
    end="Fin",
    no_end="Aucune date de fin connue",
    people="Personnes couvertes",
    people_head=("Nom", "Lien", "Date de naissance", "Entrée", "Sortie"),
    links={
        FamilyLink.HOLDER: "Titulaire",
        FamilyLink.SPOUSE: "Conjoint",
        FamilyLink.PARTNER: "Partenaire",
        FamilyLink.CHILD: "Enfant",
        FamilyLink.PARENT: "Parent",
        FamilyLink.OTHER: "Autre proche",
    },
    options="Options",
    options_head=("Option", "Prise d’effet", "Fin"),
    guarantees="Garanties",
    guarantees_head=("Garantie", "Ce que le contrat rembourse", "Conditions"),
    overall="Plafond par personne et par an",
    waiting="Délai d’attente\u00a0: {months}\u00a0mois",
    agreement="Accord préalable",
    agreement_above="Accord préalable au-delà de {amount}",
    remarks=(
        "Ces conditions particulières complètent les conditions générales du contrat, qui fixent les "
        "exclusions et les délais. Les conditions d’utilisation de l’espace adhérent n’en font pas partie.",
        "Elles décrivent le contrat tel qu’il est connu le jour de leur édition.",
    ),
    unknown="non précisé",
)

ENGLISH: Final = Wording(
    card="Member card",
    card_for="Member card, {person}",
    adherent_number="Adherent number",
    contract="Contract",
    formula="Formula",
    zone="Zone of cover",
    zones="Zones 1 to {zone}",
    scheme="Level of cover",
    schemes={
        Scheme.CFE_COMPLEMENT: "On top of the CFE",
        Scheme.FIRST_EURO: "From the first euro",
    },
    valid="Validity",
    valid_from="Since {start}",
    valid_until="From {start} to {end}",
    emergency="Emergency, day and night",
    card_remark="This card says who is covered. The general and particular conditions of the contract say "
    "what is reimbursed.",
    conditions="Particular conditions",
    conditions_for="Particular conditions of contract {number}",
    as_of="Contract {number} as of {day}",
    the_contract="Contract",
    number="Number",
    kind="Type",
    kinds={
        ContractKind.INDIVIDUAL: "Individual contract",
        ContractKind.COLLECTIVE: "Group contract",
    },
    holder="Holder",
    employer="Employer",
    intermediary="Intermediary",
    currency="Currency",
    start="Effective date",
    end="End",
    no_end="No end date known",
    people="People covered",
    people_head=("Name", "Link", "Date of birth", "Entry", "Exit"),
    links={
        FamilyLink.HOLDER: "Holder",
        FamilyLink.SPOUSE: "Spouse",
        FamilyLink.PARTNER: "Partner",
        FamilyLink.CHILD: "Child",
        FamilyLink.PARENT: "Parent",
        FamilyLink.OTHER: "Other relative",
    },
    options="Options",
    options_head=("Option", "Effective date", "End"),
    guarantees="Guarantees",
    guarantees_head=("Guarantee", "What the contract reimburses", "Conditions"),
    overall="Ceiling for a person and a year",
    waiting="Waiting period: {months}\u00a0months",
    agreement="Prior agreement",
    agreement_above="Prior agreement above {amount}",
    remarks=(
        "These particular conditions complete the general conditions of the contract, which set "
        "exclusions and time limits. The terms of use of the member space are no part of them.",
        "They describe the contract as it is known on the day they are issued.",
    ),
    unknown="not stated",
)

WORDING: Final[dict[Language, Wording]] = {"fr": FRENCH, "en": ENGLISH}


def day_in_full(day: date | None, language: Language) -> str:
    """``1er novembre 2026``, ``1 November 2026``; "not stated" of none."""
    if day is None:
        return WORDING[language].unknown
    written = format_date(day, "d MMMM y", locale=language)
    if language == "fr" and day.day == 1:
        written = written.replace("1", "1er", 1)
    return written.replace(" ", "\u00a0")


def amount_in_full(amount: object, currency: str, language: Language) -> str:
    locale = "fr" if language == "fr" else "en_GB"
    return format_currency(str(amount), currency, locale=locale).replace("\u202f", "\u00a0")
