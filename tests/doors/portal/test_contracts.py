"""Contracts, their options, beneficiaries and guarantees."""

from datetime import date

import pytest

from havre.commons.audit.models import Reading
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from tests.builders import (
    a_company,
    a_contract,
    a_cover,
    a_formula,
    a_household,
    a_member,
    a_nir,
    an_intermediary,
    an_option,
)
from tests.database import acting_as
from tests.doors.portal.conftest import Member, signed_in

HERS, HIS, CHILDS = "286047800608463", "184097800608484", "122067800608429"


def readings() -> list[tuple[object, object]]:
    with acting_as(Role.OWNER):
        return list(Reading.objects.values_list("person_id", "account_id"))


class Covered:
    """Claire, Mathieu and Jules under one contract, each with a number on file."""

    def __init__(self, claire: Member) -> None:
        household = claire.household
        self.mathieu, self.his_place = a_member(
            household=household,
            person={"first_name": "Mathieu", "birth_date": date(1984, 9, 2)},
            link="SPOUSE",
            adherent_number="HV 204 817 4",
        )
        self.jules, _place = a_member(
            household=household,
            person={"first_name": "Jules", "birth_date": date(2022, 6, 8)},
            link="CHILD",
        )
        self.contract = a_contract(household=household)
        for person, nir in ((claire.person, HERS), (self.mathieu, HIS), (self.jules, CHILDS)):
            a_cover(contract=self.contract, person=a_nir(person, nir))

    @property
    def page(self) -> str:
        return f"contracts/{self.contract.id}"


@pytest.fixture
def covered(claire: Member) -> Covered:
    return Covered(claire)


def test_the_list_has_contracts_and_options_with_their_dates(claire: Member) -> None:  # W22
    ended = a_contract(household=claire.household, title="Jadis", last_day=date(2025, 1, 31))
    in_force = a_contract(household=claire.household, title="Escale")
    an_option(contract=in_force, last_day=date(2026, 12, 31))
    html = claire.page("contracts", language="fr")
    assert html.index("Escale") < html.index("Jadis")
    for said in ("1er janvier 2024", "31 janvier 2025", "Assistance", "31 décembre 2026"):
        assert said in html
    assert f"/fr/contracts/{ended.id}" in html


def test_a_contract_says_who_holds_and_sells_it(claire: Member) -> None:
    contract = a_contract(
        household=claire.household,
        kind="COLLECTIVE",
        scheme="CFE_COMPLEMENT",
        zone=3,
        employer_id=a_company("Cordages de l’Iroise").id,
        intermediary_id=an_intermediary("Cabinet Hauturier").id,
    )
    html = claire.page(f"contracts/{contract.id}", language="fr")
    assert "Contrat collectif 2024-1, zone\u00a03, en complément de la CFE" in html
    for said in ("Cordages de l’Iroise", "Cabinet Hauturier", "EUR"):
        assert said in html


def test_the_guarantee_table_is_told_apart_from_the_conditions(claire: Member) -> None:  # W5
    formula = a_formula(guarantees=(("DENTAL", "Implant", "600 € par an"),))
    contract = a_contract(household=claire.household, formula_id=formula.id)
    html = claire.page(f"contracts/{contract.id}", language="fr")
    assert "Implant" in html
    assert "600 € par an" in html
    assert "Les conditions générales et particulières de votre contrat prévalent" in html


def test_beneficiaries_have_their_numbers_masked(claire: Member, covered: Covered) -> None:  # W23
    html = claire.page(covered.page)
    assert "2 86 04 •• ••• ••• ••" in html
    assert "14 April 1986" not in html  # the builder's birth date is another
    assert "2 May 1969" in html
    assert "Spouse" in html
    for number in ("608 463", "008 463", "78 006"):
        assert number not in html
    assert readings() == []


def test_the_holder_sees_all_and_each_reading_is_recorded(claire: Member, covered: Covered) -> None:
    answer = claire.client.post(f"/en/{covered.page}/numbers")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("78 006 084") == 3
    people = {claire.person.id, covered.mathieu.id, covered.jules.id}
    assert set(readings()) == {(person, claire.account.id) for person in people}


def test_the_spouse_sees_own_and_the_minors(claire: Member, covered: Covered) -> None:
    spouse = signed_in_as_spouse(covered)
    html = spouse.client.post(f"/en/{covered.page}/numbers").content.decode()
    assert html.count("78 006 084") == 2
    assert "2 86 04 •• ••• ••• ••" in html
    assert {person for person, _account in readings()} == {covered.mathieu.id, covered.jules.id}


def signed_in_as_spouse(covered: Covered) -> Member:
    return signed_in(person=covered.mathieu, membership=covered.his_place)


def test_the_address_of_the_numbers_alone_shows_nothing(claire: Member, covered: Covered) -> None:
    answer = claire.client.get(f"/en/{covered.page}/numbers")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/en/{covered.page}"
    assert readings() == []


def test_anothers_contract_is_a_missing_one(claire: Member) -> None:
    theirs = a_contract(household=a_household())
    answers = [claire.client.get(f"/en/contracts/{one}") for one in (theirs.id, new_id())]
    posts = [claire.client.post(f"/en/contracts/{one}/numbers") for one in (theirs.id, new_id())]
    assert [answer.status_code for answer in answers + posts] == [404] * 4
    assert len({len(answer.content) for answer in answers}) == 1
    assert len({len(answer.content) for answer in posts}) == 1
    assert readings() == []
