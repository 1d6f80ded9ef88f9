"""What is used and left under the ceilings of a contract, told as far as care is told."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.domains.contracts import queries as contracts
from havre.domains.contracts.models import Contract
from havre.domains.health import queries
from havre.domains.health.queries import Consumption, Meters, Reader, Stated, Used
from havre.domains.health.words import Category
from havre.domains.people.models import Person
from havre.domains.products.queries import FormulaSeen, GuaranteeSeen
from havre.domains.products.words import Bilingual, Ceiling, CeilingsCount, Per, Unit
from havre.foundation.dates import Period
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id
from havre.foundation.money import Money
from tests.builders import a_contract, a_household, a_line, a_member, a_sharing, a_transfer

ACTOR = Actor(name="tests", channel=Channel.ONLINE, purpose="read")
TODAY = date(2026, 6, 15)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
NOBODY = new_id()


def euros(amount: object) -> Money:
    return Money.rounded(Decimal(str(amount)), "EUR")


class House:
    """A couple and a grown child under one contract, and a transfer that their lines are of."""

    def __init__(self) -> None:
        self.id = a_household()
        self.claire = a_member(household=self.id)[0]
        self.mathieu = a_member(
            household=self.id, person={"birth_date": date(1984, 9, 2)}, link="SPOUSE"
        )[0]
        self.paul = a_member(
            household=self.id, person={"birth_date": date(2004, 1, 1)}, link="CHILD"
        )[0]
        self.contract: Contract = a_contract(household=self.id)
        self.transfer = a_transfer(household=self.id)

    def line(self, person: Person, **changes: Any) -> None:
        a_line(person=person, transfer=self.transfer, contract_id=self.contract.id, **changes)

    def used(self, **changes: Any) -> list[Consumption]:
        with acting(actor=ACTOR, role=Role.MEMBER, household=self.id):
            seen = contracts.household_of(household=self.id)
            reader = queries.reader_of(
                household=self.id, person=self.claire.id, seen=seen, on=TODAY, majority=18
            )
            asked = {"reader": reader, "currency": "EUR", "year": YEAR, "on": TODAY} | changes
            return list(queries.consumption(contract=self.contract.id, **asked))


@pytest.fixture
def house(db: None) -> House:
    return House()


def test_settled_lines_of_the_contract_are_summed_by_guarantee(house: House) -> None:
    house.line(house.claire, guarantee="Soins", primary_share=Decimal(5))
    house.line(house.claire, guarantee="Soins", care_date=date(2025, 1, 2))
    house.line(house.claire, guarantee="Soins", care_date=date(2020, 1, 2))
    house.line(house.claire, guarantee="Implant")
    house.line(house.claire, guarantee="Soins", care_date=date(2026, 6, 16))  # after the day asked
    house.line(house.claire, guarantee="Soins", currency="USD")
    a_line(person=house.claire, guarantee="Soins", contract_id=house.contract.id)  # not settled
    a_line(person=house.claire, transfer=house.transfer, guarantee="Soins")  # no contract
    found = {one.guarantee: one for one in house.used()}
    assert set(found) == {"Soins", "Implant"}
    assert found["Soins"].year == Used(euros(20), euros(5), 1)
    assert (found["Soins"].months_24.count, found["Soins"].ever.count) == (2, 3)
    assert found["Soins"].first_in_24 == date(2025, 1, 2)


def test_the_last_line_of_the_year_says_what_is_left(house: House) -> None:
    house.line(house.claire, care_date=date(2026, 1, 4), ceiling_left=Decimal(90))
    house.line(house.claire, care_date=date(2026, 3, 4), ceiling_left=Decimal(70))
    (found,) = house.used()
    assert found.stated == Stated(euros(70), house.transfer.settled_on)
    house.line(house.claire, care_date=date(2026, 4, 4), ceiling_left=None)
    (found,) = house.used()
    assert found.stated is None


def test_care_that_is_not_told_is_one_sum_that_names_nobody(house: House) -> None:  # W20
    house.line(house.mathieu, guarantee="Soins", ceiling_left=Decimal(70))
    house.line(house.mathieu, category="HOSPITAL", guarantee="Séjour")
    house.line(house.paul, care_date=date(2026, 6, 20))
    (found,) = house.used()
    assert (found.person, found.category, found.guarantee) == (None, None, None)
    assert found.year == Used(euros(60), euros(0), 3)
    assert found.stated is None
    assert found.first_in_24 is None
    assert found.ever.count == 0


def test_no_day_asked_tells_when_private_care_was_given(house: House) -> None:  # W20
    house.line(house.mathieu, care_date=date(2026, 3, 4))
    before, after = (house.used(on=date(2026, month, 1)) for month in (2, 12))
    assert before == after
    assert house.used(year=Period(date(2025, 1, 1), date(2025, 12, 31))) == []


def test_what_is_left_is_stated_to_whoever_is_told_all(house: House) -> None:  # W20
    house.line(house.mathieu, guarantee="Soins", ceiling_left=Decimal(70))
    a_sharing(person=house.mathieu, reader=house.claire)
    (found,) = house.used()
    assert (found.person, found.guarantee) == (house.mathieu.id, "Soins")
    assert found.stated is None


def test_a_contract_that_withholds_amounts_tells_nothing(house: House) -> None:
    house.line(house.mathieu)
    reader = Reader(
        household=house.id, person=house.claire.id, quiet=frozenset({house.contract.id})
    )
    assert house.used(reader=reader) == []


def test_another_households_contract_has_nothing(house: House) -> None:
    house.line(house.claire)
    assert house.used(currency="CHF") == []
    house.contract = a_contract(household=a_household())
    assert house.used() == []


# --- Meters: pure --------------------------------------------------------------------------------


def a_guarantee(*ceilings: Ceiling, category: str = "DENTAL", code: str = "D") -> GuaranteeSeen:
    words = Bilingual(code, code)
    return GuaranteeSeen(category, words, words, code=code, ceilings=ceilings)


def a_table(*guarantees: GuaranteeSeen, **changes: Any) -> FormulaSeen:
    words = Bilingual("F", "F")
    return FormulaSeen(NOBODY, words, words, guarantees=guarantees, **changes)


def consumed(
    amount: object = 0, *, primary: object = 0, count: int = 1, **changes: Any
) -> Consumption:
    over = Used(euros(amount), euros(primary), count)
    fields: dict[str, Any] = {
        "person": NOBODY,
        "category": Category.DENTAL,
        "guarantee": "D",
        "year": over,
        "months_24": over,
        "ever": over,
        "first_in_24": date(2026, 3, 3),
        "stated": None,
    }
    return Consumption(**(fields | changes))


def meters(formula: FormulaSeen, *parts: Consumption) -> Meters:
    return queries.meters_of(formula, parts, currency="EUR")


A_YEAR = Ceiling(Per.YEAR, Decimal(600))
AMOUNTS = st.decimals(min_value=0, max_value=2000, places=2)


@given(st.lists(AMOUNTS, max_size=5), st.none() | AMOUNTS)
def test_used_and_left_are_the_limit_unless_more_was_used(
    amounts: list[Decimal], stated: Decimal | None
) -> None:
    said = Stated(euros(stated), TODAY) if stated is not None and stated <= 600 else None
    parts = [consumed(amount, stated=said) for amount in amounts]
    (meter,) = meters(a_table(a_guarantee(A_YEAR)), *parts).of_guarantee[0]
    assert isinstance(meter.used, Money)
    assert isinstance(meter.left, Money)
    assert meter.left.amount >= 0
    assert 0 <= meter.percent <= 100
    if said and parts:
        assert meter.left == said.left
    if meter.used.amount <= 600:
        assert meter.used + meter.left == meter.limit
    assert meter.reached is (meter.left.amount == 0)


def test_the_insurers_figure_wins_and_the_other_is_kept() -> None:
    formula = a_table(a_guarantee(A_YEAR))
    (meter,) = meters(formula, consumed(100, stated=Stated(euros(450), TODAY))).of_guarantee[0]
    assert (meter.left, meter.used, meter.counted) == (euros(450), euros(150), euros(500))
    (meter,) = meters(formula, consumed(100, stated=Stated(euros(500), TODAY))).of_guarantee[0]
    assert meter.counted is None


def test_the_primary_schemes_share_counts_where_the_formula_says_so() -> None:
    part = consumed(100, primary=20)
    for counted, used in ((CeilingsCount.REIMBURSED, 100), (CeilingsCount.WITH_PRIMARY, 120)):
        formula = a_table(
            a_guarantee(A_YEAR), ceilings_count=counted, overall_ceiling=Decimal(1000)
        )
        found = meters(formula, part)
        assert found.of_guarantee[0][0].used == euros(used)
        assert found.overall is not None
        assert found.overall.used == euros(100)


def test_sessions_are_counted_by_line() -> None:
    sessions = Ceiling(Per.YEAR, count=5, unit=Unit.SESSION)
    (meter,) = meters(a_table(a_guarantee(sessions)), consumed(count=7)).of_guarantee[0]
    assert (meter.used, meter.left, meter.percent) == (7, 0, 100)


def test_24_months_used_up_say_from_when_again() -> None:
    frame = Ceiling(Per.MONTHS_24, Decimal(150))
    (meter,) = meters(a_table(a_guarantee(frame)), consumed(150)).of_guarantee[0]
    assert meter.again_on == date(2028, 3, 3)


def test_a_limit_by_act_has_no_meter() -> None:
    found = meters(a_table(a_guarantee(Ceiling(Per.ACT, Decimal(80)))), consumed(10))
    assert found.of_guarantee == {0: ()}


def test_a_line_without_a_name_counts_under_its_category_if_that_is_one_row() -> None:
    one = a_guarantee(A_YEAR)
    other = a_guarantee(A_YEAR, code="E")
    part = consumed(100, guarantee=None)
    assert meters(a_table(one), part).of_guarantee[0][0].used == euros(100)
    found = meters(a_table(one, other, overall_ceiling=Decimal(1000)), part)
    assert [row[0].used for row in found.of_guarantee.values()] == [euros(0), euros(0)]
    assert found.overall is not None
    assert found.overall.used == euros(100)


def test_another_currency_is_never_summed() -> None:
    formula = a_table(a_guarantee(A_YEAR), currency="USD", overall_ceiling=Decimal(1000))
    assert meters(formula, consumed(100)) == Meters()
