"""The member card and the particular conditions: who may hold them, what they say, as what files."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.foundation.reading_pdf import opened, text_of

from havre.domains.contracts.queries import ContractSeen, CoverSeen, OptionSeen
from havre.domains.contracts.words import ContractKind, Facts, Scheme, Version
from havre.domains.people.queries import PersonSeen
from havre.domains.people.words import FamilyLink
from havre.domains.products.queries import FormulaSeen, GuaranteeSeen
from havre.domains.products.words import Bilingual, PriorAgreement
from havre.foundation.dates import Period
from havre.foundation.ids import new_id
from havre.journeys.contract_papers.document import card_pdf, conditions_pdf
from havre.journeys.contract_papers.facts import cards, conditions
from havre.journeys.contract_papers.words import Card, House, Language, Size

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
TODAY = date(2026, 6, 15)
HOUSE = House(
    legal_name="Assurances du Large",
    address=("1 quai de la Fiction", "00000 Port-Imaginaire"),
    phone="+33 1 99 00 12 34",
    email="service@assurances-du-large.example",
    emergency="+33 1 99 00 99 99",
)
ASSISTANCE = Bilingual("Assistance", "Assistance")


def a_person(name: str, link: FamilyLink, born: date, number: str | None = None) -> PersonSeen:
    return PersonSeen(
        id=new_id(),
        membership=new_id(),
        family_name="Aubrac",
        first_name=name,
        link=link,
        birth_date=born,
        deceased_on=None,
        adherent_number=number,
        email=None,
        phone=None,
        language="fr",
        expatriation_country=None,
        has_nir=True,
    )


CLAIRE = a_person("Claire", FamilyLink.HOLDER, date(1986, 4, 14), "HV 204 817 3")
MATHIEU = a_person("Mathieu", FamilyLink.SPOUSE, date(1984, 9, 2), "HV 204 817 4")
JULES = a_person("Jules", FamilyLink.CHILD, date(2022, 6, 8))
FAMILY = [CLAIRE, MATHIEU, JULES]


def a_formula(name: str) -> FormulaSeen:
    guarantee = GuaranteeSeen(
        "DENTAL",
        Bilingual("Prothèses", "Dentures"),
        Bilingual("Jusqu’à 600 €", "Up to €600"),
        waiting_months=6,
        prior_agreement=PriorAgreement.YES,
    )
    return FormulaSeen(new_id(), Bilingual("Escale", "Escale"), Bilingual(name, name), (guarantee,))


BEFORE, NOW_HELD = a_formula("Essentiel"), a_formula("Confort")
FORMULAS = {BEFORE.id: BEFORE, NOW_HELD.id: NOW_HELD}


def a_contract(**changes: object) -> ContractSeen:
    scheme = Scheme.CFE_COMPLEMENT
    contract = ContractSeen(
        id=new_id(),
        number="ESC-2025-1",
        title=None,
        formula=NOW_HELD.id,
        kind=ContractKind.INDIVIDUAL,
        employer=None,
        intermediary=None,
        scheme=scheme,
        zone=3,
        currency="EUR",
        period=Period(date(2025, 1, 1), None),
        options=(OptionSeen("A", ASSISTANCE, Period(date(2025, 1, 1), date(2025, 12, 31))),),
        covers=tuple(CoverSeen(one.id, Period(date(2025, 1, 1), None)) for one in FAMILY),
        versions=(
            Version(date(2025, 1, 1), Facts(BEFORE.id, scheme, 2)),
            Version(date(2026, 3, 1), Facts(NOW_HELD.id, scheme, 3)),
        ),
    )
    return replace(contract, **changes)  # type: ignore[arg-type]


def held(reader: PersonSeen, *contracts: ContractSeen) -> list[Card]:
    return cards(
        reader=reader.id,
        people=FAMILY,
        contracts=contracts or [a_contract()],
        formulas=FORMULAS,
        on=TODAY,
        majority=18,
    )


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        (CLAIRE, ["Claire", "Mathieu", "Jules"]),
        (MATHIEU, ["Mathieu", "Jules"]),
        (JULES, ["Jules"]),
    ],
)
def test_who_carries_whose_card(reader: PersonSeen, expected: list[str]) -> None:
    assert [card.person_name.split()[0] for card in held(reader)] == expected


def test_a_stranger_carries_none() -> None:
    assert held(a_person("Nul", FamilyLink.HOLDER, date(1980, 1, 1))) == []


def test_a_child_carries_the_holders_number_and_an_ended_cover_has_no_card() -> None:
    assert held(JULES)[0].adherent_number == CLAIRE.adherent_number
    over = Period(date(2025, 1, 1), date(2026, 6, 14))
    ended = a_contract(covers=(CoverSeen(CLAIRE.id, over),))
    assert held(CLAIRE, ended) == []
    last = replace(ended, covers=(CoverSeen(CLAIRE.id, Period(None, TODAY)),))
    assert held(CLAIRE, last)[0].valid_to == TODAY


def sized(size: Size) -> tuple[int, int]:
    pdf = card_pdf(held(CLAIRE)[0], house=HOUSE, size=size, language="fr", created=NOW)
    with opened(pdf) as document:
        _left, _bottom, width, height = map(float, document.pages[0].mediabox)
    return round(width * 25.4 / 72), round(height * 25.4 / 72)


def test_a_card_is_of_a_wallets_size_or_on_a_sheet() -> None:
    assert sized(Size.WALLET) == (86, 54)
    assert sized(Size.PAGE) == (210, 297)


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ("Carte d’adhérent", "Escale Confort", "Zones 1 à 3", "Depuis le 1er janvier 2025")),
        ("en", ("Member card", "Escale Confort", "Zones 1 to 3", "Since 1 January 2025")),
    ],
)
def test_a_card_says_who_is_covered_and_whom_to_call(
    size: Size, language: Language, said: tuple[str, ...]
) -> None:
    pdf = card_pdf(held(CLAIRE)[0], house=HOUSE, size=size, language=language, created=NOW)
    text = text_of(pdf)
    for words in (*said, "Claire Aubrac", "HV 204 817 3", "ESC-2025-1", "+33 1 99 00 99 99"):
        assert words in text, words
    assert len(opened(pdf).pages) == 1
    accessible(pdf, language)


def accessible(pdf: bytes, language: str) -> None:
    document = opened(pdf)
    with document.open_metadata() as metadata:
        assert metadata["pdfaid:part"] + metadata["pdfaid:conformance"] == "2A"
        assert metadata["pdfuaid:part"] == "1"
    assert str(document.Root.Lang) == language


def read(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", text_of(pdf))


def conditions_on(day: date, language: Language = "fr") -> bytes:
    facts = conditions(contract=a_contract(), people=FAMILY, formulas=FORMULAS, on=day)
    return conditions_pdf(facts, house=HOUSE, language=language, created=NOW)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_particular_conditions_are_archivable_and_accessible(language: Language) -> None:
    accessible(conditions_on(TODAY, language), language)


def test_particular_conditions_are_those_of_their_day() -> None:
    then, now = read(conditions_on(date(2025, 6, 1))), read(conditions_on(TODAY))
    assert "Escale Essentiel" in then
    assert "Zones 1 à 2" in then
    assert "Assistance" in then
    assert "Escale Confort" in now
    assert "Zones 1 à 3" in now
    assert "Assistance" not in now
    for words in ("Jules Aubrac", "8 juin 2022", "Délai d’attente : 6 mois", "Accord préalable"):
        assert words in now, words


def test_particular_conditions_are_told_apart_from_the_terms_of_use() -> None:  # W5
    said = read(conditions_on(TODAY))
    assert "complètent les conditions générales" in said
    assert "Les conditions d’utilisation de l’espace adhérent n’en font pas partie." in said


def test_nobody_is_covered_before_their_first_day() -> None:
    facts = conditions(
        contract=a_contract(), people=FAMILY, formulas=FORMULAS, on=date(2024, 12, 31)
    )
    assert facts.people == ()
