"""A price is what the list says for each person, summed; nothing else reaches it."""

import csv
import io
from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.domains.pricing import rules
from havre.domains.pricing.actions import COLUMNS, WrongPrices, load_prices
from havre.domains.pricing.queries import price_list
from havre.domains.pricing.words import Asked, Tariff
from havre.domains.products.words import Bilingual
from havre.foundation.dates import Period
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.money import Money
from tests.builders import a_price
from tests.database import acting_as

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)
ACTOR = Actor(name="tests", channel=Channel.COMMAND, purpose="test")
LINE = {
    **dict.fromkeys(COLUMNS, ""),
    "product": "ESCALE",
    "formula": "CONFORT",
    "zone": "1",
    "from_age": "0",
    "to_age": "120",
    "monthly": "128.40",
    "currency": "EUR",
    "first_day": "2026-01-01",
}


def asked(*ages: int, zone: int | None = 1, scheme: str = "FIRST_EURO") -> Asked:
    return Asked(scheme=scheme, zone=zone, ages=ages)


def loaded(*lines: dict[str, str]) -> int:
    said = io.StringIO()
    writer = csv.DictWriter(said, COLUMNS)
    writer.writeheader()
    writer.writerows(lines)
    with acting_as(Role.WORKER), acting(actor=ACTOR, role=Role.EDITOR):
        return load_prices(said.getvalue())


def month(*ages: int, on: date = DAY, option: str = "", **changes: int | None) -> Money | None:
    with acting_as(Role.OWNER), acting(actor=ACTOR):
        listed = price_list(product="ESCALE")
    return listed.monthly(
        formula="CONFORT",
        option=option,
        asked=asked(*ages, **changes),
        on=on,  # type: ignore[arg-type]
    )


def test_it_is_the_sum_over_people() -> None:
    a_price(formula_code="CONFORT", to_age=17, monthly=40)
    a_price(formula_code="CONFORT", from_age=18, monthly=90)
    assert month(17, 18, 44) == Money("220.00", "EUR")


def test_without_a_price_for_one_of_them_there_is_none() -> None:
    a_price(formula_code="CONFORT", from_age=18)
    assert month(44, 17) is None
    assert month() is None


def test_the_nearer_line_counts() -> None:
    a_price(monthly=100)
    a_price(monthly=150, zone=5)
    a_price(monthly=80, scheme="CFE_COMPLEMENT")
    assert month(40, zone=5) == Money("150.00", "EUR")
    assert month(40, zone=1) == Money("100.00", "EUR")
    assert month(40, zone=1, scheme="CFE_COMPLEMENT") == Money("80.00", "EUR")


def test_a_price_holds_on_its_days() -> None:
    a_price(monthly=100, last_day=date(2026, 12, 31))
    a_price(monthly=110, first_day=date(2027, 1, 1))
    assert month(40, on=date(2026, 12, 31)) == Money("100.00", "EUR")
    assert month(40, on=date(2027, 1, 1)) == Money("110.00", "EUR")


def test_two_currencies_make_no_price() -> None:
    a_price(to_age=17)
    a_price(from_age=18, currency="CHF")
    assert month(5, 40) is None


def test_nothing_of_care_or_of_a_person_can_be_asked() -> None:
    assert {field.name for field in fields(Asked)} == {"scheme", "zone", "ages"}


@given(st.lists(st.integers(0, 120), min_size=1, max_size=6))
def test_one_more_person_costs_what_that_person_costs(ages: list[int]) -> None:
    listed = [
        Tariff(
            product="P",
            formula="F",
            option="",
            name=Bilingual("", ""),
            scheme="",
            zone=None,
            from_age=age,
            to_age=age,
            monthly=Decimal(10 + age) / 3,
            currency="EUR",
            period=Period(None, None),
        )
        for age in range(121)
    ]
    exact = sum((Decimal(10 + age) / 3 for age in ages), Decimal())
    assert rules.monthly(listed, asked(*ages), on=DAY) == Money.rounded(exact, "EUR")


def test_a_file_replaces_the_list_of_its_product_and_no_other() -> None:
    a_price(product_code="CAP", monthly=7)
    a_price(monthly=999)
    assert loaded(LINE) == 1
    assert month(40) == Money("128.40", "EUR")
    with acting_as(Role.OWNER), acting(actor=ACTOR):
        other = price_list(product="CAP")
    assert other.monthly(formula="X", asked=asked(40), on=DAY) == Money("7.00", "EUR")


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("product", "", "product"),
        ("monthly", "cheap", "monthly"),
        ("monthly", "-1", "monthly"),
        ("currency", "EURO", "currency"),
        ("from_age", "x", "from_age"),
        ("first_day", "1/1/2026", "first_day"),
        ("scheme", "CFE", "scheme"),
        ("option", "LEGAL", "named in both languages"),
    ],
)
def test_a_wrong_file_says_where_and_changes_nothing(column: str, value: str, said: str) -> None:
    a_price(monthly=100)
    with pytest.raises(WrongPrices) as refused:
        loaded(LINE, LINE | {column: value, "zone": "2"})
    assert [line.startswith("line 3") and said in line for line in refused.value.lines] == [True]
    assert month(40) == Money("100.00", "EUR")


def test_the_same_price_twice_is_refused() -> None:
    with pytest.raises(WrongPrices, match="said above"):
        loaded(LINE, LINE)
