"""The member card and the particular conditions, at their doors."""

from datetime import date
from decimal import Decimal

import pytest

from havre.domains.people.models import Membership
from havre.foundation.db import Role
from tests.builders import a_contract, a_counted_formula, a_cover, a_member
from tests.database import acting_as
from tests.doors.portal.conftest import Member, Withholding, signed_in
from tests.doors.portal.published import publish_demo
from tests.foundation.reading_pdf import text_of


class Carried:
    def __init__(self, claire: Member) -> None:
        self.contract = a_contract(household=claire.household, title="Escale", zone=3)
        self.mathieu, self.his_place = a_member(
            household=claire.household,
            person={"first_name": "Mathieu", "birth_date": date(1984, 9, 2)},
            link="SPOUSE",
            adherent_number="HV 204 817 4",
        )
        for person in (claire.person, self.mathieu):
            a_cover(contract=self.contract, person=person)
        self.hers = f"card/{self.contract.id}/{claire.person.id}"
        self.his = f"card/{self.contract.id}/{self.mathieu.id}"


@pytest.fixture
def carried(claire: Member) -> Carried:
    return Carried(claire)


def test_home_leads_to_the_card(claire: Member, carried: Carried) -> None:
    assert 'href="/en/card"' in claire.page("")


def test_the_cards_page_has_one_card_a_person(claire: Member, carried: Carried) -> None:
    html = claire.page("card", language="fr")
    for said in ("HV 204 817 3", "HV 204 817 4", "Zones 1 à 3", "Depuis le 1er", carried.his):
        assert said in html


def test_a_card_has_an_address_of_its_own_and_its_files(claire: Member, carried: Carried) -> None:
    html = claire.page(carried.hers)
    assert "HV 204 817 3" in html
    for size in ("wallet", "page"):
        assert f"/en/{carried.hers}/{size}" in html
        answer = claire.client.get(f"/en/{carried.hers}/{size}")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert f'filename="card-{size}.pdf"' in answer.headers["Content-Disposition"]
        assert "HV 204 817 3" in text_of(answer.content)


def test_another_adults_card_is_the_holders_to_carry_only(claire: Member, carried: Carried) -> None:
    assert claire.client.get(f"/en/{carried.his}").status_code == 200
    spouse = signed_in(person=carried.mathieu, membership=carried.his_place)
    assert spouse.client.get(f"/en/{carried.his}").status_code == 200
    for path in (carried.hers, f"{carried.hers}/wallet", f"{carried.hers}/page"):
        assert spouse.client.get(f"/en/{path}").status_code == 404


def test_who_is_not_covered_is_told_when_a_card_comes(claire: Member) -> None:
    assert "No card yet" in claire.page("card")


def test_particular_conditions_are_given_as_of_the_day_in_both_languages(
    claire: Member, carried: Carried
) -> None:  # W5
    html = claire.page(f"contracts/{carried.contract.id}?day=2025-06-01")
    assert "The terms of use of this space are another text" in html
    for language, said in (("fr", "1er juin 2025"), ("en", "1 June 2025")):
        address = f"/en/contracts/{carried.contract.id}/particular-conditions"
        query = f"?day=2025-06-01&language={language}"
        assert (address + query).replace("&", "&amp;") in html or address + query in html
        assert said in text_of(claire.client.get(address + query).content)


def test_who_has_left_has_no_conditions_of_what_never_covered_them(  # W20
    claire: Member, carried: Carried
) -> None:
    since = a_contract(household=claire.household, number="SINCE")
    a_cover(contract=since, person=claire.person)
    with acting_as(Role.OWNER):
        Membership.objects.filter(id=carried.his_place.id).update(membership_end=date(2026, 1, 1))
    spouse = signed_in(person=carried.mathieu, membership=carried.his_place)
    for contract, status in ((carried.contract, 200), (since, 404)):
        address = f"/en/contracts/{contract.id}/particular-conditions"
        assert spouse.client.get(address).status_code == status
    assert claire.client.get(address).status_code == 200


def test_conditions_do_not_tell_the_guarantees_that_a_contract_withholds(  # W20
    claire: Member, withholding: Withholding
) -> None:
    formula = a_counted_formula(
        {"code": "Dentaire", "category": "DENTAL"}, overall_ceiling=Decimal(4321)
    )
    contract = a_contract(household=claire.household, formula_id=formula.id, kind="COLLECTIVE")
    a_cover(contract=contract, person=claire.person)
    address = f"/en/contracts/{contract.id}/particular-conditions"
    assert "Dentaire" in text_of(claire.client.get(address).content)
    withholding("GUARANTEE_TABLE")
    said = text_of(claire.client.get(address).content)
    assert "Dentaire" not in said
    assert "4,321" not in said


@pytest.mark.parametrize("query", ["day=x", "language=de", "day=2026-02-31"])
def test_a_day_or_a_language_that_is_none_is_missing(
    claire: Member, carried: Carried, query: str
) -> None:
    address = f"/en/contracts/{carried.contract.id}/particular-conditions?{query}"
    assert claire.client.get(address).status_code == 404


def test_a_name_that_cannot_be_printed_is_told(claire: Member, carried: Carried) -> None:
    lin, _place = a_member(
        household=claire.household,
        person={"first_name": "林", "birth_date": date(2020, 1, 1)},
        link="CHILD",
    )
    a_cover(contract=carried.contract, person=lin)
    answer = claire.client.get(f"/en/card/{carried.contract.id}/{lin.id}/wallet")
    assert answer.status_code == 422
    assert "林" in answer.content.decode()


def test_the_card_says_the_emergency_number_that_is_published(
    claire: Member, carried: Carried
) -> None:
    assert "+33 1 99 00 12 34" in claire.page(carried.hers).replace("\N{NO-BREAK SPACE}", " ")
    publish_demo()
    assert "+33 1 99 00 47 12" in claire.page(carried.hers).replace("\N{NO-BREAK SPACE}", " ")
