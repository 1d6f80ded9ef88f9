"""The general conditions and the territory of a contract, as the house published them."""

from datetime import date
from html import unescape

import pytest

from havre.domains.contracts.models import Contract
from tests.builders import a_contract, a_cover, a_formula
from tests.doors.portal.conftest import Member
from tests.doors.portal.published import publish_demo
from tests.foundation.reading_pdf import text_of

CONTRACT = "contracts/{}"


@pytest.fixture
def contract(claire: Member) -> Contract:
    publish_demo()
    formula = a_formula(product_code="ESCALE", code="CONFORT")
    made = a_contract(household=claire.household, zone=2, formula_id=formula.id)
    a_cover(contract=made, person=claire.person)
    return made


def page(claire: Member, contract: Contract, query: str = "", *, language: str = "en") -> str:
    html = claire.page(f"contracts/{contract.id}{query}", language=language)
    return unescape(html).replace("\N{NO-BREAK SPACE}", " ")


def test_the_contracts_page_gives_those_in_force_that_day(
    claire: Member, contract: Contract
) -> None:  # W5
    said = page(claire, contract)
    assert "General conditions of Escale" in said
    assert "version 2026-1, from 1 January 2026 on" in said
    assert "/en/general-conditions/escale-2026?language=fr" in said
    assert "escale-2022" not in said
    assert "cap-2022" not in said
    assert "The terms of use of this space are another text" in said
    before = page(claire, contract, "?day=2025-12-31", language="fr")
    assert "version 2022-3, du 1er janvier 2022 au 31 décembre 2025" in before
    assert "escale-2026" not in before


def test_a_day_without_published_conditions_leads_to_us(claire: Member, contract: Contract) -> None:
    said = page(claire, contract, "?day=2021-06-01")
    assert "those of this day are not in your space" in said
    unknown = a_contract(household=claire.household, number="2")
    a_cover(contract=unknown, person=claire.person)
    assert "those of this day are not in your space" in page(claire, unknown)


@pytest.mark.parametrize(
    ("query", "said", "name"),
    [
        ("?language=fr", "Conditions générales Escale", "conditions-generales-escale-2026.pdf"),
        ("?language=en", "General conditions of Escale", "general-conditions-escale-2026.pdf"),
        ("", "General conditions of Escale", "general-conditions-escale-2026.pdf"),
    ],
)
def test_they_are_downloaded_in_either_language(
    claire: Member, contract: Contract, query: str, said: str, name: str
) -> None:  # W5
    answer = claire.client.get(f"/en/general-conditions/escale-2026{query}")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    whole = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert int(answer.headers["Content-Length"]) == len(whole)
    assert said in text_of(whole)
    kept = {"If-None-Match": answer.headers["ETag"]}
    again = claire.client.get(f"/en/general-conditions/escale-2026{query}", headers=kept)
    assert again.status_code == 304


def test_they_are_the_houses_so_a_product_of_others_is_given_too(
    claire: Member, contract: Contract
) -> None:
    assert claire.client.get("/en/general-conditions/cap-2022").status_code == 200
    for missing in ("cap-1999", "escale-2026?language=de"):
        assert claire.client.get(f"/en/general-conditions/{missing}").status_code == 404


def test_the_territory_is_named_and_its_countries_are_listed(
    claire: Member, contract: Contract
) -> None:  # W22
    said = page(claire, contract)
    assert "Zone 2 and those of lower number: Southern and East Africa" in said
    assert "Zone 1: North, West and Central Africa" in said
    assert "Vietnam, Zambia, Zimbabwe" in said
    assert "Zone 3" not in said
    french = page(claire, contract, language="fr")
    assert "Ouganda, Ouzbékistan, Pakistan" in french


def test_without_published_zones_the_general_conditions_are_named(claire: Member) -> None:
    bare = a_contract(household=claire.household, zone=2, first_day=date(2026, 1, 1))
    a_cover(contract=bare, person=claire.person)
    assert "the countries of zones 1 to 2 in the general conditions" in page(claire, bare)
