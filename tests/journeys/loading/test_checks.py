"""What each record must be on its own."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec import UNSET

from havre.journeys.loading.checks import check, country_exists, international_phone, normalised
from havre.journeys.loading.records import (
    Address,
    Bilingual,
    Company,
    Cover,
    Option,
    Rate,
    Spent,
)
from tests.journeys.loading.feeds import (
    TODAY,
    a_contract,
    a_line,
    a_person,
    a_transfer,
    gathered,
    problems_of,
)

NIR = "2 69 05 49 588 157 80"  # of the specimen card
IBAN = "FR76 3000 6000 0112 3456 7890 189"


def errors(record: Any) -> list[str]:
    return [f"{f.field}: {f.why}" for f in check(record, today=TODAY) if not f.warning]


def warnings(record: Any) -> list[str]:
    return [f"{f.field}: {f.why}" for f in check(record, today=TODAY) if f.warning]


def test_right_records_pass() -> None:
    for record in (a_person(nir=NIR), a_contract(), a_transfer(iban=IBAN), a_line()):
        assert list(check(record, today=TODAY)) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"birth_date": date(2026, 6, 16)}, "birth_date: 2026-06-16 is in the future"),
        ({"birth_date": date(1879, 12, 31)}, "birth_date: 1879-12-31 is before 1880-01-01"),
        ({"deceased_on": date(2026, 6, 16)}, "deceased_on: 2026-06-16 is in the future"),
        ({"deceased_on": date(1960, 1, 1)}, "deceased_on: 1960-01-01 is before the birth date"),
        ({"nir": "269054958815781"}, "nir: has a wrong key"),
        ({"nir": "2690549588157"}, "nir: has the wrong length"),
        ({"nir": ""}, "nir: has the wrong length"),
        ({"email": "nathalie"}, "email: is not an e-mail address"),
        ({"email": "a b@example.org"}, "email: is not an e-mail address"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "email: is not an e-mail address"),
        ({"email": "a@example"}, "email: is not an e-mail address"),
        ({"email": "a@-example.org"}, "email: is not an e-mail address"),
        ({"email": "a" * 65 + "@example.org"}, "email: is not an e-mail address"),
        ({"phone": "call me"}, "phone: is not a telephone number"),
        ({"expatriation_country": "ZZ"}, 'expatriation_country: "ZZ" is not a country of ISO'),
        ({"expatriation_country": "EU"}, 'expatriation_country: "EU" is not a country of ISO'),
        ({"adherent_number": " - "}, "adherent_number: has neither a letter nor a digit"),
        (
            {"address": Address(lines=("1",), city="L", country="FR", postal_code="1" * 21)},
            "address.postal_code: is longer than 20",
        ),
        (
            {"address": Address(lines=("1 rue",), city="Lieu", country="XX")},
            'address.country: "XX" is not a country of ISO 3166-1',
        ),
    ],
)
def test_a_wrong_person_is_refused(changes: dict[str, Any], said: str) -> None:
    [error] = errors(a_person(**changes))

    assert error.startswith(said)


def test_the_edges_of_a_life_pass() -> None:
    assert not errors(a_person(birth_date=TODAY, deceased_on=TODAY))
    assert not errors(a_person(birth_date=date(1880, 1, 1)))
    assert not errors(a_person(birth_date=None, nir=UNSET, email=None, phone=None))


@pytest.mark.parametrize(
    ("nir", "born", "warned"),
    [
        (NIR, date(1969, 5, 2), False),
        (NIR, date(1969, 6, 2), True),
        (NIR, date(1970, 5, 2), True),
        (NIR, None, False),
        ("269204958815773", date(1969, 5, 2), False),  # month 20: record incomplete
    ],
)
def test_a_nir_that_disagrees_with_the_birth_date_is_a_warning(
    nir: str, born: date | None, warned: bool
) -> None:
    nir = nir if nir == NIR else _with_key(nir)
    person = a_person(nir=nir, birth_date=born)

    assert errors(person) == []
    assert warnings(person) == (["nir: does not agree with the birth date"] if warned else [])


def _with_key(nir: str) -> str:
    return f"{nir[:13]}{97 - int(nir[:13]) % 97:02}"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+33 1 99 00 12 34", "+33199001234"),
        ("+33 (0)1 99 00 12 34", "+33199001234"),
        ("0033.1.99.00.12.34", "+33199001234"),
        ("01 99 00 12 34", None),
        ("+0199001234", None),
        ("+12345", None),
        ("+1234567890123456", None),
        ("+33 199 00 AB", None),
    ],
)
def test_phone_numbers_take_their_international_form(written: str, number: str | None) -> None:
    assert international_phone(written) == number


def test_a_local_phone_number_is_kept_with_a_warning() -> None:
    person = a_person(phone="555-123-4567")

    assert errors(person) == []
    assert warnings(person) == [
        "phone: is not in the international form (+33…); kept as it is written"
    ]


def test_numbers_are_kept_in_one_form() -> None:
    [person] = gathered(a_person(nir=NIR, phone="00 33 1 99 00 12 34", email=" a@b.org ")).persons
    company = normalised(Company(source="S", external_id="E", name="E", siren="732 829 320"))

    assert person.record.nir == "269054958815780"
    assert person.record.phone == "+33199001234"
    assert person.record.email == "a@b.org"
    assert normalised(a_transfer(iban=IBAN)) == a_transfer(iban=IBAN.replace(" ", ""))
    assert getattr(company, "siren", None) == "732829320"


def test_what_is_not_stated_stays_unstated_and_none_stays_none() -> None:
    [person] = gathered(a_person(nir=None)).persons

    assert person.record.nir is None
    assert person.record.email is UNSET


def test_a_wrong_company_number_is_refused() -> None:
    assert errors(Company(source="S", external_id="E", name="E", siren="732829321")) == [
        "siren: has a wrong key"
    ]
    assert errors(Company(source="S", external_id="E", name="E", siren="")) != []
    assert errors(Company(source="S", external_id="E", name="E")) == []


def a_cover(start: date, end: date | None = None) -> tuple[Cover, ...]:
    return (Cover(person="P-1", start=start, end=end),)


def an_option(start: date, end: date | None = None) -> tuple[Option, ...]:
    return (Option(code="O", name=Bilingual(fr="O", en="O"), start=start, end=end),)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"start": date(2026, 1, 1), "covers": ()}, "end: 2025-12-31 is before the start"),
        ({"covers": a_cover(date(2023, 12, 31))}, "covers[0].start: 2023-12-31 is before the con"),
        ({"covers": a_cover(date(2026, 1, 1))}, "covers[0].start: 2026-01-01 is after the contra"),
        (
            {"covers": a_cover(date(2024, 1, 1), date(2026, 1, 1))},
            "covers[0].end: 2026-01-01 is after the contract ends, 2025-12-31",
        ),
        (
            {"covers": a_cover(date(2024, 2, 1), date(2024, 1, 31))},
            "covers[0].end: 2024-01-31 is before the start, 2024-02-01",
        ),
        ({"covers": a_cover(date(2024, 1, 1)) * 2}, "covers[1]: stands twice in the contract"),
        ({"options": an_option(date(2023, 1, 1))}, "options[0].start: 2023-01-01 is before the c"),
        ({"options": an_option(date(2024, 1, 1)) * 2}, "options[1]: stands twice in the contract"),
        ({"currency": "XYZ"}, 'currency: "XYZ" is not a currency of ISO 4217'),
        ({"formula": "COMFORT"}, "product: is missing: a formula is one of a product"),
    ],
)
def test_a_wrong_contract_is_refused(changes: dict[str, Any], said: str) -> None:
    [error] = errors(a_contract(**({"end": date(2025, 12, 31)} | changes)))

    assert error.startswith(said)


def test_dates_inside_the_contract_pass_an_open_end_included() -> None:
    end = date(2025, 12, 31)
    assert not errors(a_contract(end=end, covers=a_cover(date(2024, 1, 1), end)))
    assert not errors(a_contract(end=end, covers=a_cover(end)))
    assert not errors(a_contract(start=None, covers=a_cover(date(1990, 1, 1))))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"settled_on": date(2026, 6, 16)}, "settled_on: 2026-06-16 is in the future"),
        ({"total": Decimal("20.005")}, "total: has more decimals than EUR has (2)"),
        ({"total": Decimal("20.5"), "currency": "JPY"}, "total: has more decimals than JPY has"),
        ({"total": Decimal("1E+10")}, "total: is too large to be true"),
        ({"total": Decimal("-1E+99")}, "total: is too large to be true"),
        ({"total": Decimal("sNaN")}, "total: is not an amount"),
        ({"total": Decimal("NaN")}, "total: is not an amount"),
        ({"total": Decimal("Infinity")}, "total: is too large to be true"),
        ({"currency": "EUR\n"}, 'currency: "EUR�" is not a currency of ISO 4217'),
        ({"iban": "FR7630006000011234567890188"}, "iban: has a wrong key"),
        ({"iban": ""}, "iban: has the wrong length"),
    ],
)
def test_a_wrong_transfer_is_refused(changes: dict[str, Any], said: str) -> None:
    [error] = errors(a_transfer(**changes))

    assert error.startswith(said)


def test_an_iban_recomputed_over_a_wrong_rib_key_is_refused() -> None:
    account = "30006000011234567890188"
    key = 98 - int(account + "1527" + "00") % 97  # F = 15, R = 27
    assert errors(a_transfer(iban=f"FR{key:02}{account}")) == ["iban: has a wrong RIB key"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"care_date": date(2026, 6, 16)}, "care_date: 2026-06-16 is in the future"),
        ({"left_to_pay": Decimal("1.001")}, "left_to_pay: has more decimals than EUR has (2)"),
        ({"deductible": Decimal("NaN")}, "deductible: is not an amount"),
        ({"country": "AA"}, 'country: "AA" is not a country of ISO 3166-1'),
        ({"currency": "ZZZ"}, 'currency: "ZZZ" is not a currency of ISO 4217'),
        (
            {"spent": Spent(amount=Decimal("100.5"), currency="JPY")},
            "spent.amount: has more decimals than JPY has (0)",
        ),
        (
            {"spent": Spent(amount=Decimal(-1), currency="JPY")},
            "spent.amount: is negative",
        ),
        (
            {"spent": Spent(amount=Decimal(1), currency="ZZZ")},
            'spent.currency: "ZZZ" is not a currency of ISO 4217',
        ),
        (
            {"rate": Rate(value=Decimal("1.1"), source="ECB", day=date(2025, 1, 1))},
            "rate: has no amount spent to apply to",
        ),
    ],
)
def test_a_wrong_line_is_refused(changes: dict[str, Any], said: str) -> None:
    assert errors(a_line(**changes)) == [said]


@pytest.mark.parametrize("value", ["0", "-1", "NaN", "1E+6", "0.0000000000001"])
def test_a_rate_must_be_one(value: str) -> None:
    rate = Rate(value=Decimal(value), source="ECB", day=date(2025, 1, 1))
    line = a_line(spent=Spent(amount=Decimal(1), currency="USD"), rate=rate)

    [error] = errors(line)

    assert error.startswith("rate.value: ")


def test_amounts_of_every_precision_of_their_currency_pass() -> None:
    line = a_line(
        spent=Spent(amount=Decimal("10.125"), currency="TND"),
        reimbursed=Decimal(5),
        deductible=Decimal("0.5"),
        left_to_pay=Decimal("-1.20"),
        converted=Decimal("9999999999.99"),
    )
    assert errors(line) == []


def test_countries_are_those_of_iso() -> None:
    assert all(map(country_exists, ["FR", "VN", "XK", "TW", "PF", "GF"]))
    assert not any(map(country_exists, ["ZZ", "EU", "UN", "XX", "fr", "001"]))


def test_a_refusal_repeats_no_personal_number() -> None:
    person = a_person(nir="269054958815781", email="nathalie exemple@x", phone="+33x")
    said = " ".join(problems_of(person, a_transfer(iban="FR7630006000011234567890188")))

    for private in ("2690549", "nathalie", "+33x", "FR76"):
        assert private not in said
