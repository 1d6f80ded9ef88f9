"""Statements feeds in the database: transfers, their lines, and what they must add up to."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from havre.foundation.crypto import Place, vault
from havre.journeys.loading.records import Rate, Spent
from havre.journeys.loading.report import Outcome
from tests.journeys.loading.feeds import a_contract, a_line, a_person, a_transfer
from tests.journeys.loading.tables import everything, loaded, outcomes, query, refusals

pytestmark = pytest.mark.django_db

IBAN = "FR7630006000011234567890189"


@pytest.fixture(autouse=True)
def _members(db: None) -> None:
    loaded(a_person(), a_contract())


def a_feed() -> tuple[Any, ...]:
    abroad: dict[str, Any] = {
        "external_id": "L-2",
        "contract": "K-1",
        "provider": "Cabinet fictif",
        "country": "VN",
        "spent": Spent(amount=Decimal(1200000), currency="VND"),
        "rate": Rate(value=Decimal("0.0000375"), source="ECB", day=date(2025, 3, 4)),
        "converted": Decimal("45.00"),
        "primary_share": Decimal("17.50"),
        "other_share": Decimal("1.00"),
        "guarantee": "80 €",
        "deductible": Decimal("7.50"),
        "ceiling_left": Decimal("100.00"),
        "reimbursed": Decimal("20.00"),
        "left_to_pay": Decimal("7.50"),
        "left_computed": True,
        "reason": "Franchise",
        "clause": "12",
    }
    return (
        a_transfer(total=Decimal("40.00"), iban=IBAN, payee_name="N. Exemple"),
        a_line(),
        a_line(**abroad),
        a_line(external_id="L-3", transfer=None, reimbursed=None),
    )


def test_transfers_and_lines_land_in_their_place() -> None:
    report = loaded(*a_feed())

    assert report.summary() == (
        "transfer: 1 new, 0 changed, 0 same\nline: 3 new, 0 changed, 0 same"
    )
    ((row_id, sealed, shown, total),) = query(
        "SELECT id, iban, iban_shown, total FROM health.transfer"
    )
    assert vault().open(sealed, place=Place("health.transfer", "iban", row_id)) == IBAN
    assert (shown, total) == ("FR76 •••• 0189", Decimal("40.0000"))
    assert IBAN not in str(everything())
    assert query(
        "SELECT l.settled_on, p.external_id, k.external_id, l.country, l.spent, l.spent_currency, "
        "l.rate, l.rate_source, l.rate_day, l.converted, l.primary_share, l.other_share, "
        "l.guarantee, l.deductible, l.ceiling_left, l.reimbursed, l.left_to_pay, l.left_computed, "
        "l.reason, l.clause, l.provider, l.transfer_id IS NOT NULL "
        "FROM health.line l JOIN people_person p ON p.id = l.person_id "
        "JOIN contracts_contract k ON k.id = l.contract_id"
    ) == [
        (
            *(date(2025, 3, 18), "P-1", "K-1", "VN", Decimal(1200000), "VND"),
            *(Decimal("0.0000375"), "ECB", date(2025, 3, 4), Decimal(45)),
            *(Decimal("17.5"), Decimal(1), "80 €", Decimal("7.5"), Decimal(100)),
            *(Decimal(20), Decimal("7.5"), True, "Franchise", "12", "Cabinet fictif", True),
        )
    ]
    assert query("SELECT settled_on, transfer_id FROM health.line WHERE external_id = 'L-3'") == [
        (None, None)
    ]


def test_the_same_feed_again_changes_nothing_at_all() -> None:  # P5
    loaded(*a_feed())
    before = everything()

    report = loaded(*a_feed())

    assert report.changes_nothing
    assert report.total(Outcome.SAME) == 4
    assert everything() == before


def test_a_line_that_differs_is_updated_and_recorded() -> None:
    loaded(*a_feed())
    transfer, line, *others = a_feed()

    changed = a_line(act="Détartrage", reimbursed=line.reimbursed)
    report = loaded(transfer, changed, *others, dry_run=True)
    loaded(transfer, changed, *others)

    assert outcomes(report)["S/L-1"] == (Outcome.CHANGED, "act")
    assert report.summary() == (
        "transfer: 0 new, 0 changed, 1 same\nline: 0 new, 1 changed, 2 same"
    )
    assert query(
        "SELECT before->>'act', after->>'act' FROM audit_change WHERE table_name='line'"
    ) == [("Consultation", "Détartrage")]


def test_another_iban_is_sealed_anew_and_the_same_one_is_not() -> None:
    loaded(*a_feed())
    _, *lines = a_feed()
    before = query("SELECT iban FROM health.transfer")

    changes: dict[str, Any] = {"total": Decimal("40.00"), "payee_name": "Autre"}
    loaded(a_transfer(iban=IBAN, **changes), *lines)
    assert query("SELECT iban FROM health.transfer") == before

    loaded(a_transfer(iban="DE89370400440532013000", **changes), *lines)
    ((row_id, sealed, shown),) = query("SELECT id, iban, iban_shown FROM health.transfer")
    opened = vault().open(sealed, place=Place("health.transfer", "iban", row_id))
    assert (opened, shown) == ("DE89370400440532013000", "DE89 •••• 3000")

    loaded(a_transfer(**changes), *lines)
    assert query("SELECT iban, iban_index, iban_shown FROM health.transfer") == [(None, None, None)]


def test_lines_follow_the_day_of_their_transfer() -> None:
    loaded(a_transfer(), a_line())

    loaded(a_transfer(settled_on=date(2025, 3, 20)), a_line())

    assert query("SELECT settled_on FROM health.line") == [(date(2025, 3, 20),)]


def test_lines_that_the_feed_leaves_out_follow_it_too() -> None:
    nothing: dict[str, Any] = {"total": Decimal("0.00")}
    loaded(a_transfer(**nothing), a_line(reimbursed=None))

    loaded(a_transfer(settled_on=date(2025, 3, 20), **nothing))

    assert query("SELECT settled_on FROM health.line") == [(date(2025, 3, 20),)]


def test_a_value_known_is_not_even_sealed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(*a_feed())
    monkeypatch.setattr(vault(), "seal", None)

    assert loaded(*a_feed()).changes_nothing


# --- Totals --------------------------------------------------------------------------------------


def test_a_line_more_than_the_known_transfer_holds_is_refused() -> None:
    loaded(a_transfer(), a_line())

    assert refusals(a_line(external_id="L-2")) == [
        'line 1, total: the transfer "T-1" would be of 20, and its lines, those known before '
        "included, reimburse 40"
    ]
    assert query("SELECT count(*) FROM health.line") == [(1,)]


def test_a_transfer_that_forgets_a_line_it_has_is_refused() -> None:
    loaded(*a_feed())

    assert refusals(a_transfer(), a_line()) == [
        'line 1, total: the transfer "T-1" would be of 20, and its lines, those known before '
        "included, reimburse 40"
    ]


def test_a_line_that_leaves_its_transfer_is_missed_there() -> None:
    loaded(*a_feed())

    moved = a_line(transfer="T-2")
    (why,) = refusals(a_transfer(external_id="T-2"), moved)
    assert why.startswith('line 2, total: the transfer "T-1" would be of 40')


def test_a_line_in_another_currency_than_the_known_transfer_is_refused() -> None:
    loaded(a_transfer(), a_line())

    assert refusals(a_line(external_id="L-2", currency="USD", reimbursed=None)) == [
        'line 1, total: the transfer "T-1" would have lines in another currency than its own'
    ]


# --- References ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"person": "P-9"}, 'person: the person "P-9" is neither in the feed nor known'),
        ({"contract": "K-9"}, 'contract: the contract "K-9" is neither in the feed nor known'),
    ],
)
def test_a_line_of_somebody_unknown_is_refused(change: dict[str, Any], told: str) -> None:
    assert refusals(a_transfer(), a_line(**change)) == [f"line 2, {told}"]


def test_a_line_of_an_unknown_transfer_or_household_is_refused() -> None:
    assert refusals(a_line(transfer="T-9")) == [
        'line 1, transfer: the transfer "T-9" is neither in the feed nor known'
    ]
    unknown: dict[str, Any] = {"household": "H-9"}
    (why, *_) = refusals(a_transfer(total=Decimal("0.00"), **unknown))
    assert why == 'line 1, household: the household "H-9" is neither in the feed nor known'


def test_another_households_person_transfer_and_contract_are_refused() -> None:
    other: dict[str, Any] = {"household": "H-2"}
    loaded(a_person(external_id="P-2", **other), a_transfer(), a_line())

    assert refusals(a_line(external_id="L-2", person="P-2", transfer=None)) == [
        'line 1, person: the person "P-2" is of another household'
    ]
    mine: dict[str, Any] = {"external_id": "L-2", "person": "P-2", "reimbursed": None}
    assert refusals(a_line(**mine, **other)) == [
        'line 1, transfer: the transfer "T-1" is of another household'
    ]
    assert refusals(a_line(**mine, **other, transfer=None, contract="K-1")) == [
        'line 1, contract: the contract "K-1" is of another household'
    ]
    assert refusals(a_transfer(total=Decimal("0.00"), **other)) == [
        "line 1, household: the transfer is known in another household"
    ]
