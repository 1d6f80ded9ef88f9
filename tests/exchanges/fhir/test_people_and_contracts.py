"""Patient and Coverage, as persons and contracts."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET

from havre.exchanges.fhir.reading import Remark
from havre.journeys.loading.records import Address, Person
from tests.exchanges.fhir.builders import (
    MEMBER_NUMBERS,
    TODAY,
    a_claim,
    a_coverage,
    a_patient,
    an_explanation,
    concept,
    contracts,
    lines,
    people,
    reading_of,
    ref,
    usd,
)


def person(folder: Path, **changes: Any) -> Person:
    return people(reading_of(folder, a_patient(**changes)))[0]


def test_each_patient_holds_a_household_of_their_own(tmp_path: Path) -> None:
    one, two = people(reading_of(tmp_path, a_patient(), a_patient("p2")))
    assert (one.household, two.household) == ("p1", "p2")
    assert one.link == two.link == "HOLDER"


def test_the_official_name_is_used_with_all_first_names(tmp_path: Path) -> None:
    odile = person(tmp_path)
    assert (odile.family_name, odile.first_name) == ("Vasseline", "Odile Marthe")


def test_a_name_in_use_comes_before_a_former_one(tmp_path: Path) -> None:
    former = {"use": "old", "family": "Tremblecourt", "given": ["Odile"]}
    alias = {"use": "temp", "family": "Vasseline", "given": ["Odile"]}
    assert person(tmp_path, name=[former, alias]).family_name == "Vasseline"


def test_the_adherent_number_is_the_identifier_that_the_operator_names(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path, a_patient(), a_patient("p2", identifier=None), number_system=MEMBER_NUMBERS
    )
    assert [one.adherent_number for one in people(reading)] == ["A-p1", UNSET]
    assert reading.without_number == ["p2"]


def test_without_a_system_no_identifier_is_taken_for_a_number(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, a_patient())
    assert people(reading)[0].adherent_number is UNSET
    assert reading.without_number == ["p1"]


def test_an_american_social_security_number_is_never_a_nir(tmp_path: Path) -> None:
    ssn = {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "999-12-3456"}
    assert person(tmp_path, identifier=[ssn]).nir is UNSET


@pytest.mark.parametrize(
    ("changes", "died"),
    [
        ({}, UNSET),
        ({"deceasedBoolean": False}, UNSET),
        ({"deceasedDateTime": "2019-06-08T23:59:00-04:00"}, date(2019, 6, 8)),
        ({"deceasedDateTime": "2019-06"}, date(2019, 6, 1)),
        ({"deceasedDateTime": "2019"}, date(2019, 1, 1)),
        ({"deceasedBoolean": True}, TODAY),
        (
            {"deceasedBoolean": True, "meta": {"lastUpdated": "2020-02-02T10:00:00Z"}},
            date(2020, 2, 2),
        ),
    ],
)
def test_a_death_is_never_lost(tmp_path: Path, changes: dict[str, Any], died: object) -> None:
    assert person(tmp_path, **changes).deceased_on == died


@pytest.mark.parametrize("partial", [None, "1980", "1980-05"])
def test_a_birth_date_known_in_part_is_none(tmp_path: Path, partial: str | None) -> None:
    assert person(tmp_path, birthDate=partial).birth_date is None


@pytest.mark.parametrize(
    ("spoken", "language"),
    [
        ([("fr-CA", False)], "fr"),
        ([("en-US", False), ("fr", True)], "fr"),
        ([("pt", True), ("en", False)], "en"),
        ([("zh", True)], UNSET),
        ([], UNSET),
    ],
)
def test_the_language_is_french_or_english_as_preferred(
    tmp_path: Path, spoken: list[tuple[str, bool]], language: object
) -> None:
    said = [{"language": concept(tag), "preferred": first} for tag, first in spoken]
    assert person(tmp_path, communication=said).language == language


def test_the_preferred_telephone_and_the_mail_are_kept(tmp_path: Path) -> None:
    telecom = [
        {"system": "phone", "value": "+353 91 000 002", "rank": 2},
        {"system": "phone", "value": "+353 91 000 001", "rank": 1},
        {"system": "email", "value": "odile@example.org"},
    ]
    odile = person(tmp_path, telecom=telecom)
    assert (odile.phone, odile.email) == ("+353 91 000 001", "odile@example.org")


@pytest.mark.parametrize(
    ("stated", "country"),
    [
        ({"country": "IE"}, "IE"),
        ({"country": "irl"}, "IE"),
        ({"country": "Ireland"}, "IE"),
        ({"state": "ME", "postalCode": "04101"}, "US"),
    ],
)
def test_countries_are_read_however_written(
    tmp_path: Path, stated: dict[str, str], country: str
) -> None:
    address = person(tmp_path, address=[{"line": ["4 Quay"], "city": "Portland", **stated}]).address
    assert isinstance(address, Address)
    assert address.country == country


@pytest.mark.parametrize("lacking", ["line", "city", "country"])
def test_half_an_address_is_none(tmp_path: Path, lacking: str) -> None:
    whole = {"line": ["4 Quay Street"], "city": "Galway", "country": "IE"}
    del whole[lacking]
    assert person(tmp_path, address=[whole]).address is UNSET


def test_a_long_address_keeps_all_its_lines(tmp_path: Path) -> None:
    address = person(
        tmp_path, address=[{"line": list("abcdef"), "city": "Galway", "country": "IE"}]
    ).address
    assert isinstance(address, Address)
    assert address.lines == ("a", "b", "c", "d, e, f")


def test_a_contract_is_known_by_the_coverage_identifier(tmp_path: Path) -> None:
    coverage = a_coverage(
        identifier=[{"value": "HM-77"}],
        type={"text": "dental"},
        period={"start": "2024-01-01", "end": "2024-12-31"},
    )
    (contract,) = contracts(reading_of(tmp_path, a_patient(), coverage))
    assert (contract.external_id, contract.number) == ("p1:HM-77", "HM-77")
    assert (contract.kind, contract.scheme) == ("INDIVIDUAL", "NOT_STATED")
    assert contract.title == "Harbour Mutual, dental"
    assert (contract.start, contract.end) == (date(2024, 1, 1), date(2024, 12, 31))
    assert [(one.person, one.start, one.end) for one in contract.covers] == [
        ("p1", date(2024, 1, 1), date(2024, 12, 31))
    ]


def test_without_identifier_patient_and_payor_make_one_contract(tmp_path: Path) -> None:
    # A claim that names the payor only falls under the contract of its coverage.
    explanation = an_explanation(insurance=[{"coverage": ref("Coverage/c1")}])
    reading = reading_of(tmp_path, a_patient(), a_coverage(), explanation, a_claim())
    (contract,) = contracts(reading)
    assert contract.external_id == "p1:HARBOUR-MUTUAL"
    assert {line.contract for line in lines(reading)} == {contract.external_id}


def test_a_cover_without_period_runs_from_the_earliest_care_and_says_so(tmp_path: Path) -> None:
    later = [an_explanation(id_, billablePeriod={"start": "2025-06-01"}) for id_ in ("e0", "e2")]
    reading = reading_of(tmp_path, a_patient(), later[0], an_explanation(), later[1])
    (contract,) = contracts(reading)
    assert contract.start == date(2025, 2, 3)
    assert [(one.start, one.end) for one in contract.covers] == [(date(2025, 2, 3), UNSET)]
    assert [one.remark for one in reading.remarks] == [Remark.COVER_FROM_EARLIEST_CARE]


def test_no_remark_where_the_period_is_stated(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, a_patient(), a_coverage(), an_explanation())
    assert contracts(reading)[0].start == date(2024, 1, 1)
    assert reading.remarks == []


def test_the_contract_is_in_the_currency_of_most_of_its_explanations(tmp_path: Path) -> None:
    paid = [(usd(9, "CAD"), "e0"), (usd(9, "CHF"), "e1"), (usd(9, "CHF"), "e2")]
    made = [an_explanation(id_, item=[], payment={"amount": amount}) for amount, id_ in paid]
    (contract,) = contracts(reading_of(tmp_path, a_patient(), *made))
    assert contract.currency == "CHF"


def test_without_explanation_it_is_in_the_currency_of_the_country(tmp_path: Path) -> None:
    (contract,) = contracts(reading_of(tmp_path, a_patient(), a_coverage()))
    assert contract.currency == "EUR"


def test_care_under_another_persons_coverage_has_no_contract_and_says_so(tmp_path: Path) -> None:
    explanation = an_explanation(
        patient=ref("Patient/p2"), insurance=[{"coverage": ref("Coverage/c1")}]
    )
    reading = reading_of(tmp_path, a_patient(), a_patient("p2"), a_coverage(), explanation)
    assert [one.household for one in contracts(reading)] == ["p1"]
    assert lines(reading)[0].contract is None
    assert [one.remark for one in reading.remarks] == [Remark.COVERAGE_OF_ANOTHER_PERSON]


def test_a_draft_covers_nobody(tmp_path: Path) -> None:
    assert contracts(reading_of(tmp_path, a_patient(), a_coverage(status="draft"))) == []


def test_a_contract_goes_on_while_one_of_its_covers_does(tmp_path: Path) -> None:
    ended = a_coverage(period={"start": "2022-01-01", "end": "2022-12-31"})
    (contract,) = contracts(reading_of(tmp_path, a_patient(), ended, a_coverage("c2")))
    assert (contract.start, contract.end) == (date(2022, 1, 1), UNSET)
    assert len(contract.covers) == 2


def test_the_official_name_wins_over_the_usual_one(tmp_path: Path) -> None:
    usual = {"use": "usual", "family": "Vass", "given": ["Odile"]}
    official = {"use": "official", "family": "Vasseline", "given": ["Odile"]}
    assert person(tmp_path, name=[usual, official]).family_name == "Vasseline"


def test_an_old_address_is_not_kept(tmp_path: Path) -> None:
    old = {"use": "old", "line": ["9 Old Street"], "city": "Cork", "country": "IE"}
    assert person(tmp_path, address=[old]).address is UNSET
