"""ExplanationOfBenefit and Claim, as transfers and lines."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from havre.exchanges.fhir.reading import Remark
from havre.journeys.loading.problems import WrongFeed
from havre.journeys.loading.records import Line, Transfer
from tests.exchanges.fhir.builders import (
    BLUE_BUTTON,
    Json,
    a_claim,
    a_patient,
    an_explanation,
    an_item,
    concept,
    lines,
    reading_of,
    ref,
    totals,
    transfers,
    usd,
)

CPT = "http://www.ama-assn.org/go/cpt"
CVX = "http://hl7.org/fhir/sid/cvx"


def explained(folder: Path, **changes: Any) -> tuple[Transfer, list[Line]]:
    reading = reading_of(folder, a_patient(), an_explanation(**changes))
    (transfer,) = transfers(reading)
    return transfer, lines(reading)


def spent(line: Line) -> Decimal | None:
    return line.spent.amount if line.spent else None


def blue_button(**amounts: Any) -> Json:
    """Amounts by the codes that Synthea writes: whole addresses."""
    return {f"{BLUE_BUTTON}line_{code}_amt": value for code, value in amounts.items()}


def test_an_explanation_is_one_transfer_with_its_lines(tmp_path: Path) -> None:
    transfer, (line,) = explained(tmp_path)
    assert (transfer.external_id, line.transfer) == ("e1", "e1")
    assert (transfer.total, transfer.currency) == (Decimal("60.00"), "USD")
    assert (line.external_id, line.act, line.person) == ("e1#1", "Visit 1", "p1")
    assert (spent(line), line.reimbursed) == (Decimal("80.00"), Decimal("60.00"))
    assert line.primary_share is line.guarantee is line.other_share is None


def test_the_care_date_is_the_day_written_whatever_its_offset(tmp_path: Path) -> None:
    serviced = an_item(servicedPeriod={"start": "2023-01-01"}, amounts={"benefit": 60})
    assert explained(tmp_path, item=[serviced])[1][0].care_date == date(2025, 2, 3)


def test_without_a_billed_period_the_care_date_is_the_items(tmp_path: Path) -> None:
    serviced = an_item(servicedDate="2025-01-30", amounts={"benefit": 60})
    _, (line,) = explained(tmp_path, billablePeriod=None, item=[serviced])
    assert line.care_date == date(2025, 1, 30)


@pytest.mark.parametrize(
    ("payment", "day"),
    [
        ({"amount": usd(60), "date": "2025-02-24"}, date(2025, 2, 24)),
        ({"amount": usd(60)}, date(2025, 2, 20)),
    ],
)
def test_a_transfer_is_dated_by_its_payment_else_its_creation(
    tmp_path: Path, payment: Json, day: date
) -> None:
    assert explained(tmp_path, payment=payment)[0].settled_on == day


def test_blue_button_codes_are_read(tmp_path: Path) -> None:
    amounts = blue_button(
        sbmtd_chrg=200, prvdr_pmt=160, coinsrnc=30, bene_ptb_ddctbl=10, alowd_chrg=200
    )
    item = an_item(amounts=amounts, net=usd(200))
    transfer, (line,) = explained(tmp_path, item=[item], payment={"amount": usd(160)})
    assert (line.reimbursed, line.left_to_pay, line.deductible) == (160, 40, 10)
    assert not line.left_computed
    assert transfer.payee == "PROVIDER"


def test_carin_states_what_is_left_to_the_member(tmp_path: Path) -> None:
    amounts = {"submitted": 1000, "benefit": 20, "discount": 900, "memberliability": 75}
    _, (line,) = explained(tmp_path, item=[an_item(amounts=amounts)], payment=None)
    assert (line.left_to_pay, line.left_computed) == (75, False)


def test_otherwise_what_is_left_is_computed_and_marked(tmp_path: Path) -> None:
    amounts = {"submitted": 100, "benefit": 60, "discount": 15}
    _, (line,) = explained(tmp_path, item=[an_item(amounts=amounts)])
    assert (line.left_to_pay, line.left_computed) == (25, True)


def test_nothing_is_computed_across_currencies(tmp_path: Path) -> None:
    item = an_item(amounts={"benefit": 60})
    item["adjudication"].append({"category": concept("submitted"), "amount": usd(3000, "THB")})
    _, (line,) = explained(tmp_path, item=[item])
    assert line.spent is not None
    assert (line.spent.currency, line.currency, line.left_to_pay) == ("THB", "USD", None)


def test_the_first_item_without_price_gets_the_remainder_of_the_total(tmp_path: Path) -> None:
    items = [
        an_item(1),
        an_item(2, net=usd("140.52"), amounts=blue_button(sbmtd_chrg=140.52, prvdr_pmt=60)),
        an_item(3),
    ]
    _, found = explained(tmp_path, item=items, total=totals(submitted=265.52))
    assert [spent(line) for line in found] == [Decimal("125.00"), Decimal("140.52"), None]
    assert [line.reimbursed for line in found] == [None, 60, None]
    assert [line.left_to_pay for line in found][::2] == [None, None]


def test_no_remainder_no_price(tmp_path: Path) -> None:
    items = [an_item(1), an_item(2, net=usd(80), amounts={"benefit": 60})]
    _, found = explained(tmp_path, item=items, total=totals(submitted=80))
    assert spent(found[0]) is None


def test_the_cents_of_rounding_go_to_the_last_line(tmp_path: Path) -> None:
    items = [an_item(n, amounts={"benefit": "33.335"}) for n in (1, 2, 3)]
    transfer, found = explained(
        tmp_path, item=[*items, an_item(4)], payment={"amount": usd("100.005")}
    )
    paid = [line.reimbursed for line in found]
    assert paid == [Decimal("33.34"), Decimal("33.34"), Decimal("33.33"), None]
    assert transfer.total == Decimal("100.01")


def test_more_than_rounding_is_a_line_for_the_whole(tmp_path: Path) -> None:
    items = [an_item(1, amounts={"submitted": 80, "benefit": 60})]
    reading = reading_of(
        tmp_path, a_patient(), an_explanation(item=items, payment={"amount": usd(75)})
    )
    one, whole = lines(reading)
    assert (one.reimbursed, whole.reimbursed) == (60, 15)
    assert (whole.external_id, whole.spent, whole.left_to_pay) == ("e1#whole", None, None)
    assert Remark.TOTALS_DIFFER_FROM_ITEMS in [one.remark for one in reading.remarks]


def test_what_is_said_of_the_whole_only_is_not_shared_among_items(tmp_path: Path) -> None:
    items = [an_item(n, amounts={"submitted": price}) for n, price in ((1, 190), (2, 220))]
    stated = totals(submitted=410, benefit=350, discount=50, paidtoprovider=350)
    transfer, found = explained(tmp_path, item=items, total=stated, payment=None)
    assert [line.reimbursed for line in found] == [None, None, 350]
    assert [spent(line) for line in found] == [190, 220, None]
    assert (found[2].left_to_pay, found[2].left_computed) == (10, True)
    assert transfer.total == 350


def test_items_that_state_their_part_win_over_other_totals(tmp_path: Path) -> None:
    item = an_item(amounts={"submitted": 100, "benefit": 20})
    reading = reading_of(
        tmp_path,
        a_patient(),
        an_explanation(item=[item], payment=None, total=totals(submitted=265, benefit=62)),
    )
    assert [one.total for one in transfers(reading)] == [20]
    assert Remark.TOTALS_DIFFER_FROM_ITEMS in [one.remark for one in reading.remarks]


def test_a_payment_of_zero_is_a_transfer_of_zero(tmp_path: Path) -> None:
    transfer, (line,) = explained(
        tmp_path, item=[an_item()], total=totals(submitted=125), payment={"amount": usd(0)}
    )
    assert (transfer.total, transfer.payee) == (0, "NOT_STATED")
    assert (line.transfer, line.reimbursed, spent(line)) == ("e1", None, 125)


def test_an_explanation_that_says_of_no_payment_is_not_settled(tmp_path: Path) -> None:
    queued = an_explanation(item=[an_item(amounts={"submitted": 80})], payment=None)
    reading = reading_of(tmp_path, a_patient(), queued)
    assert transfers(reading) == []
    assert [(line.transfer, spent(line)) for line in lines(reading)] == [(None, 80)]


def test_a_currency_without_cents_has_none(tmp_path: Path) -> None:
    item = an_item(adjudication=[{"category": concept("benefit"), "amount": usd("1200.4", "JPY")}])
    transfer, (line,) = explained(tmp_path, item=[item], payment={"amount": usd("1200.4", "JPY")})
    assert str(transfer.total) == str(line.reimbursed) == "1200"


@pytest.mark.parametrize(
    ("stated", "amounts", "payee"),
    [
        ({"type": concept("subscriber")}, {"benefit": 60}, "MEMBER"),
        ({"type": concept("provider")}, {"benefit": 60}, "PROVIDER"),
        ({"type": concept("other")}, {"paidtoprovider": 60}, "NOT_STATED"),
        (None, {"paidtoprovider": 60}, "PROVIDER"),
        (None, {"benefit": 60, "paidtopatient": 60}, "MEMBER"),
        (None, {"benefit": 60}, "NOT_STATED"),
        (None, {"benefit": 60, "paidtopatient": 0, "paidtoprovider": 60}, "PROVIDER"),
    ],
)
def test_the_payee_is_as_stated_else_whom_the_amounts_name(
    tmp_path: Path, stated: Json | None, amounts: Json, payee: str
) -> None:
    item = an_item(amounts=amounts)
    assert explained(tmp_path, payee=stated, item=[item])[0].payee == payee


def test_a_paid_provider_is_named(tmp_path: Path) -> None:
    doctor = {
        "resourceType": "Practitioner",
        "id": "d1",
        "name": [{"prefix": ["Dr."], "given": ["Ines"], "family": "Calvello"}],
        "address": [{"country": "PT"}],
    }
    explanation = an_explanation(
        provider=ref("Practitioner/d1"), payee={"type": concept("provider")}
    )
    reading = reading_of(tmp_path, a_patient(), doctor, explanation)
    assert transfers(reading)[0].payee_name == "Dr. Ines Calvello"
    (line,) = lines(reading)
    assert (line.provider, line.country) == ("Dr. Ines Calvello", "PT")


def test_an_unknown_provider_is_none_and_care_is_in_the_patients_country(tmp_path: Path) -> None:
    _, (line,) = explained(tmp_path, provider={"display": "Unknown"})
    assert (line.provider, line.country) == (None, "IE")


@pytest.mark.parametrize(
    ("identifiers", "payment", "reference"),
    [
        ([{"value": "EB-2025-9"}], None, "EB-2025-9"),
        ([{"value": "59c0b645-3044-451c-b0be-d157d43ef888"}], None, "59C0B645"),
        ([{"value": "EB-2025-9"}], {"value": "PAY-3"}, "PAY-3"),
        ([], None, "e1"),
    ],
)
def test_a_transfers_reference_can_be_read_out(
    tmp_path: Path, identifiers: list[Json], payment: Json | None, reference: str
) -> None:
    paid = {"amount": usd(60), "identifier": payment}
    transfer, _ = explained(tmp_path, identifier=identifiers, payment=paid)
    assert transfer.reference == reference


def test_a_claim_that_nothing_explains_is_not_settled(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, a_patient(), a_claim())
    (line,) = lines(reading)
    assert reading.not_settled == ["k1"]
    assert (line.transfer, line.claim, line.category) == (None, "k1", "PHARMACY")
    assert (spent(line), line.reimbursed, line.left_to_pay) == (Decimal("31.50"), None, None)


def test_an_explained_claim_is_read_once(tmp_path: Path) -> None:
    explanation = an_explanation(claim=ref("urn:uuid:k1"))
    reading = reading_of(tmp_path, a_patient(), a_claim(), explanation)
    assert reading.not_settled == []
    assert [(line.external_id, line.claim) for line in lines(reading)] == [("e1#1", "k1")]


@pytest.mark.parametrize("named", ["urn:uuid:k1", "Claim/k1", "https://fhir.test/Claim/k1"])
def test_an_explanation_that_comes_later_names_the_claim_as_the_claim_did(
    tmp_path: Path, named: str
) -> None:
    (before,) = lines(reading_of(tmp_path, a_patient(), a_claim()))
    after = lines(reading_of(tmp_path, a_patient(), an_explanation(claim=ref(named))))
    assert {line.claim for line in after} == {before.claim}


def test_a_withdrawn_explanation_leaves_its_claim_unsettled(tmp_path: Path) -> None:
    withdrawn = an_explanation(status="cancelled", claim=ref("Claim/k1"))
    reading = reading_of(tmp_path, a_patient(), a_claim(), withdrawn)
    assert transfers(reading) == []
    assert reading.not_settled == ["k1"]
    assert reading.remarks[0].remark == Remark.NOT_A_STANDING_CLAIM


def test_a_question_about_care_to_come_is_no_claim(tmp_path: Path) -> None:
    assert lines(reading_of(tmp_path, a_patient(), a_claim(use="predetermination"))) == []


def test_two_items_of_one_number_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongFeed, match=r"item\[1\]\.sequence"):
        explained(tmp_path, item=[an_item(1, amounts={"benefit": 60}), an_item(1)])


@pytest.mark.parametrize(
    ("kind", "item", "category"),
    [
        ("institutional", {"productOrService": concept("140", CVX)}, "PREVENTION"),
        ("professional", {"productOrService": concept("D1110", "http://www.ada.org/cdt")}, "DENTAL"),
        ("pharmacy", {}, "PHARMACY"),
        ("oral", {}, "DENTAL"),
        ("vision", {}, "OPTICAL"),
        ("professional", {"productOrService": concept("97110", CPT)}, "NURSING"),
        ("professional", {"productOrService": concept("59400", CPT)}, "MATERNITY"),
        ("professional", {"category": concept(f"{BLUE_BUTTON}5")}, "LABORATORY"),
        ("professional", {"locationCodeableConcept": concept("41")}, "TRANSPORT"),
        ("institutional", {"locationCodeableConcept": concept("20")}, "GENERAL_PRACTITIONER"),
        ("institutional", {}, "HOSPITAL"),
        ("professional", {}, "OTHER"),
    ],
)  # fmt: skip
def test_the_category_comes_from_act_type_item_and_place(
    tmp_path: Path, kind: str, item: Json, category: str
) -> None:
    made = an_item(amounts={"benefit": 60}, **item)
    _, (line,) = explained(tmp_path, type=concept(kind), item=[made])
    assert line.category == category


def test_a_long_id_still_names_its_lines(tmp_path: Path) -> None:
    ids = ["x" * 64, "x" * 63 + "y"]
    explanations = [an_explanation(id_) for id_ in ids]
    found = lines(reading_of(tmp_path, a_patient(), *explanations))
    assert len({line.external_id for line in found}) == 2
    assert all(len(line.external_id) <= 64 for line in found)


def test_the_benefit_wins_over_what_the_provider_got(tmp_path: Path) -> None:
    item = an_item(amounts={"paidtoprovider": 40, "benefit": 60})
    assert explained(tmp_path, item=[item])[1][0].reimbursed == 60


def test_no_remainder_across_currencies(tmp_path: Path) -> None:
    items = [an_item(1), an_item(2, net=usd(10, "EUR"), amounts={"benefit": 60})]
    assert explained(tmp_path, item=items, total=totals(submitted=80))[1][0].spent is None


def test_the_whole_repeats_nothing_that_an_item_says_is_left(tmp_path: Path) -> None:
    items = [an_item(amounts={"submitted": 80, "memberliability": 20})]
    _, (_, whole) = explained(tmp_path, item=items, total=totals(submitted=80))
    assert (whole.reimbursed, whole.left_to_pay, whole.left_computed) == (60, None, False)


def test_a_difference_of_two_cents_on_one_line_is_no_rounding(tmp_path: Path) -> None:
    _, found = explained(tmp_path, payment={"amount": usd("60.02")})
    assert [line.reimbursed for line in found] == [60, Decimal("0.02")]


def test_the_whole_is_of_the_category_that_all_its_items_share(tmp_path: Path) -> None:
    item = an_item(amounts={"submitted": 80}, productOrService=concept("97110", CPT))
    _, found = explained(tmp_path, item=[item])
    assert [line.category for line in found] == ["NURSING", "NURSING"]


def test_care_falls_under_the_coverage_that_judges_it(tmp_path: Path) -> None:
    both = [
        {"focal": False, "coverage": {"display": "Sextant"}},
        {"focal": True, "coverage": {"display": "Harbour Mutual"}},
    ]
    assert explained(tmp_path, insurance=both)[1][0].contract == "p1:HARBOUR-MUTUAL"
