"""What a contract was is kept when a feed says that it changed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from havre.journeys.loading.records import Bilingual, Ceiling, Formula, GuaranteeShown
from tests.journeys.loading.feeds import a_contract, a_person
from tests.journeys.loading.tables import loaded, query, refusals

pytestmark = pytest.mark.django_db
WORDS = Bilingual(fr="Dentaire", en="Dental")
LATER = datetime(2026, 9, 3, 8, 0, tzinfo=UTC)


def versions() -> list[tuple[object, ...]]:
    return query("SELECT since, zone FROM contracts_contractversion ORDER BY since")


def test_each_change_is_kept_with_its_day() -> None:
    loaded(a_person(), a_contract(zone=1))
    loaded(a_contract(zone=1), now=LATER)
    assert versions() == [(date(2024, 1, 1), 1)]
    loaded(a_contract(zone=2), now=LATER)
    loaded(a_contract(zone=2, title="Autre"), now=LATER)
    assert versions() == [(date(2024, 1, 1), 1), (date(2026, 9, 3), 2)]
    loaded(a_contract(zone=2, since=date(2026, 7, 1)), now=LATER)
    assert versions() == [(date(2024, 1, 1), 1), (date(2026, 7, 1), 2)]


def test_a_day_outside_the_contract_is_refused() -> None:
    told = refusals(a_person(), a_contract(since=date(2023, 12, 31)))
    assert told == ["line 2, since: 2023-12-31 is not a day of the contract"]


def shown(**changes: object) -> GuaranteeShown:
    return replace(GuaranteeShown(category="DENTAL", label=WORDS, text=WORDS), **changes)


def formula(*guarantees: GuaranteeShown, **changes: object) -> Formula:
    return replace(
        Formula(product="P", product_name=WORDS, code="F", name=WORDS, guarantees=guarantees),
        **changes,
    )


def test_what_a_machine_reads_of_a_guarantee_is_kept() -> None:
    ceiling = Ceiling(per="YEAR", amount=Decimal("600.00"))
    row = shown(code="DENTURE", ceilings=(ceiling,), waiting_months=6)
    loaded(formula(row, currency="EUR"))
    (found,) = query("SELECT code, ceilings->0->>'amount', waiting_months FROM products_guarantee")
    assert found == ("DENTURE", "600.00", 6)
    again = loaded(formula(row, currency="EUR"))
    assert not again.rows or all(str(one.outcome) == "SAME" for one in again.rows)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (formula(overall_ceiling=Decimal(1)), "currency: is missing: overall_ceiling is an amount"),
        (
            formula(shown(ceilings=(Ceiling(per="YEAR"),))),
            "guarantees[0].ceilings[0]: is an amount or a count, one of the two",
        ),
        (
            formula(shown(prior_agreement="ABOVE")),
            "guarantees[0].prior_agreement: goes with prior_agreement_above, as ABOVE",
        ),
        (
            formula(overall_ceiling=Decimal("1.234"), currency="EUR"),
            "overall_ceiling: has more decimals than EUR has (2)",
        ),
    ],
)
def test_a_ceiling_that_says_nothing_is_refused(wrong: Formula, why: str) -> None:
    assert [problem.rpartition("line 1, ")[2] for problem in refusals(wrong)] == [why]
