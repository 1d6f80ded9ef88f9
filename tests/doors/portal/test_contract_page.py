"""One contract as of any day: what it was, what is left of its ceilings, for whom."""

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import (
    a_contract,
    a_counted_formula,
    a_cover,
    a_line,
    a_member,
    a_transfer,
    a_version,
    an_option,
)
from tests.doors.portal.conftest import Member, signed_in

PHYSIO = {
    "code": "Kinésithérapie",
    "category": "NURSING",
    "ceilings": [{"per": "YEAR", "amount": None, "count": 20, "unit": "SESSION"}],
    "waiting_months": 36,
}
TEETH = {
    "code": "Dentaire",
    "category": "DENTAL",
    "percent": 80,
    "ceilings": [{"per": "YEAR", "amount": "600.00", "count": None, "unit": "ACT"}],
    "prior_agreement": "ABOVE",
    "prior_agreement_above": Decimal(500),
}


class Covered:
    """Claire and Mathieu under a contract whose formula and zone changed on 1 March 2026."""

    def __init__(self, claire: Member) -> None:
        self.claire = claire
        before = a_counted_formula(TEETH, code="ESSENTIEL", name_fr="Essentiel", name_en="Basic")
        now = a_counted_formula(PHYSIO, TEETH, overall_ceiling=Decimal(800000))
        self.contract = a_contract(household=claire.household, formula_id=now.id, zone=3)
        a_version(contract=self.contract, formula_id=before.id, zone=2)
        a_version(contract=self.contract, since=date(2026, 3, 1))
        an_option(contract=self.contract, last_day=date(2025, 12, 31))
        self.mathieu, self.his_place = a_member(
            household=claire.household,
            person={"first_name": "Mathieu", "birth_date": date(1984, 9, 2)},
            link="SPOUSE",
            adherent_number="HV 204 817 4",
        )
        self.transfer = a_transfer(household=claire.household)
        for person in (claire.person, self.mathieu):
            a_cover(contract=self.contract, person=person)
            a_line(
                person=person,
                transfer=self.transfer,
                contract_id=self.contract.id,
                guarantee="Dentaire",
            )

    @property
    def page(self) -> str:
        return f"contracts/{self.contract.id}"


@pytest.fixture
def covered(claire: Member) -> Covered:
    return Covered(claire)


def test_meters_say_used_and_left_in_words(claire: Member, covered: Covered) -> None:  # W22
    html = claire.page(covered.page, language="fr")
    assert "Utilisé\u00a0: 20,00\u00a0€" in html
    assert "Reste 580,00\u00a0€ sur 600,00\u00a0€" in html
    assert "Reste 20\u00a0séances sur 20\u00a0séances" in html
    assert "Reste 799\u202f980,00\u00a0€ sur 800\u202f000,00\u00a0€".replace(
        "\u202f", "\u00a0"
    ) in (html.replace("\u202f", "\u00a0"))
    assert "Accord préalable à demander au-delà de 500,00\u00a0€" in html
    assert "Délai d’attente jusqu’au 31 décembre 2026 inclus pour Claire" in html


def test_a_day_of_the_past_shows_the_contract_of_that_day(claire: Member, covered: Covered) -> None:
    html = claire.page(f"{covered.page}?day=2025-06-15")
    assert "Escale Basic" in html
    assert "zone 2" in html
    assert "Kinésithérapie" not in html
    assert "This is the contract as of 15 June 2025" in html
    assert "Nothing used" in html
    now = claire.page(covered.page)
    assert "zone 3" in now
    assert "This is the contract as of" not in now


def test_the_history_says_what_changed_and_leads_to_each_day(
    claire: Member, covered: Covered
) -> None:
    html = claire.page(covered.page)
    for said in ("Formula: Escale Comfort", "Zone: 3", "Option ended: Assistance"):
        assert said in html
    for day in ("2026-03-01", "2026-01-01", "2024-02-01", "2024-01-01"):
        assert f"?day={day}" in html


@pytest.mark.parametrize("typed", ["31/02/2026", "x"])
def test_a_day_that_is_none_is_told_as_such(claire: Member, covered: Covered, typed: str) -> None:
    answer = claire.client.get(f"/en/{covered.page}", {"day": typed})
    assert answer.status_code == 422
    assert "One thing to check" in answer.content.decode()


def test_one_category_alone(claire: Member, covered: Covered) -> None:
    html = claire.page(f"{covered.page}?category=DENTAL")
    assert "80% of the actual cost" in html
    assert "Kinésithérapie" not in html
    assert claire.client.get(f"/en/{covered.page}?category=X").status_code == 422


def test_private_care_is_one_figure_for_the_holder_and_names_nobody(
    claire: Member, covered: Covered
) -> None:  # W20
    said = "Private care of the people covered: €20.00 over this year"
    for day in ("", "&day=2026-01-01", "&day=2026-12-31"):
        html = claire.page(f"{covered.page}?person={covered.mathieu.id}{day}")
        assert "What Mathieu has used is told to nobody else." in html
        assert said in html
        assert "used</span>" not in html
        assert "Nothing used" not in html
    assert said in claire.page(covered.page)
    assert said not in claire.page(f"{covered.page}?day=2025-06-15")


def test_nobody_but_the_holder_is_told_even_the_sum(claire: Member, covered: Covered) -> None:
    spouse = signed_in(person=covered.mathieu, membership=covered.his_place)
    html = spouse.page(f"{covered.page}?person={claire.person.id}")
    assert "What Claire has used is told to nobody else." in html
    assert "€20.00" not in html


def test_somebody_who_is_not_covered_is_nobody(claire: Member, covered: Covered) -> None:
    stranger, _place = a_member()
    for one in (stranger.id, "x"):
        answer = claire.client.get(f"/en/{covered.page}", {"person": str(one)})
        assert answer.status_code == 404
