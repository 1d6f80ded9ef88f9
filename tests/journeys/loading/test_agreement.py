"""What the records of one command must be to each other, across its files."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from havre.exchanges.jsonl import read, template
from havre.journeys.loading.gathering import gather
from havre.journeys.loading.problems import WrongFeed
from havre.journeys.loading.records import Company, Cover, Intermediary
from tests.journeys.loading.feeds import (
    TODAY,
    a_contract,
    a_line,
    a_person,
    a_transfer,
    gathered,
    problems_of,
)


def test_the_templates_load_together_and_leave_nothing_open(tmp_path: Path) -> None:
    members, statements = tmp_path / "m.jsonl", tmp_path / "s.jsonl"
    members.write_text(template("members"))
    statements.write_text(template("statements"))

    def both() -> object:
        yield from read([members], "members")
        yield from read([statements], "statements")

    batch = gather(both(), today=TODAY)  # type: ignore[arg-type]

    assert len(batch) == 10
    assert batch.unresolved == []
    assert batch.warnings == []


def test_records_are_sorted_by_household_in_the_order_of_their_files() -> None:
    batch = gathered(
        a_person(external_id="P-2", household="H-2"),
        a_person(external_id="P-1", household="H-1"),
        a_person(external_id="P-3", household="H-2", link="CHILD"),
    )

    assert [p.record.external_id for p in batch.persons] == ["P-1", "P-2", "P-3"]
    assert [p.location.line for p in batch.persons] == [2, 1, 3]


def test_an_identity_stands_once_across_all_files() -> None:
    assert problems_of(a_person(), a_person(link="CHILD")) == [
        'line 2, external_id: "P-1" stands twice; first in feed.jsonl, line 1'
    ]
    assert problems_of(a_transfer(total=Decimal(20)), a_line(), a_line(transfer=None)) == [
        'line 3, external_id: "L-1" stands twice; first in feed.jsonl, line 2'
    ]


def test_the_same_id_in_another_source_is_another_record() -> None:
    assert problems_of(a_person(), a_person(source="OTHER")) == []


def test_a_household_has_one_holder() -> None:
    assert problems_of(a_person(), a_person(external_id="P-2")) == [
        'line 2, link: the household "H-1" has another holder: feed.jsonl, line 1'
    ]


def test_a_household_without_its_holder_is_left_to_the_database() -> None:
    [reference] = gathered(a_person(link="CHILD")).unresolved

    assert (reference.kind, reference.source, reference.external_id) == ("holder", "S", "H-1")


def test_an_adherent_number_is_one_persons_however_it_is_written() -> None:
    other = a_person(external_id="P-2", household="H-2", adherent_number="ex 1001")

    assert problems_of(a_person(adherent_number="EX-1001"), other) == [
        "line 2, adherent_number: is another person's number already: feed.jsonl, line 1"
    ]


def test_a_transfer_is_the_sum_of_its_lines() -> None:
    second = a_line(external_id="L-2", reimbursed=Decimal("0.01"))
    unstated = a_line(external_id="L-3", reimbursed=None)

    assert problems_of(a_transfer(), a_line(), unstated) == []
    assert problems_of(a_transfer(), a_line(), second) == [
        "line 1, total: 20.00 is not what its lines reimburse, 20.01 EUR"
    ]
    assert problems_of(a_transfer()) == [
        "line 1, total: 20.00 is not what its lines reimburse, 0 EUR"
    ]
    assert problems_of(a_transfer(total=Decimal(0))) == []


def test_a_line_is_in_its_transfers_currency() -> None:
    assert problems_of(a_transfer(), a_line(currency="USD")) == [
        "line 2, currency: USD is not its transfer's currency, EUR"
    ]


@pytest.mark.parametrize("kind", ["person", "contract", "transfer"])
def test_a_line_may_not_name_another_households(kind: str) -> None:
    theirs = [
        a_person(household="H-2", external_id="P-2"),
        a_contract(household="H-2", external_id="K-2", covers=()),
        a_transfer(household="H-2", external_id="T-2", total=Decimal(0)),
    ]
    name = {"person": "P-2", "contract": "K-2", "transfer": "T-2"}[kind]
    line = a_line(**({"reimbursed": Decimal(0), "transfer": None} | {kind: name}))

    said = problems_of(a_person(), *theirs, line)

    where = {"person": 2, "contract": 3, "transfer": 4}[kind]
    assert said == [
        f'line 5, {kind}: the {kind} "{name}" is of another household: feed.jsonl, line {where}'
    ]


def test_a_contract_may_not_cover_another_households_person() -> None:
    contract = a_contract(covers=(Cover(person="P-2", start=date(2024, 1, 1)),))
    theirs = a_person(external_id="P-2", household="H-2")

    assert problems_of(a_person(), theirs, contract) == [
        'line 3, covers[0].person: the person "P-2" is of another household: feed.jsonl, line 2'
    ]


def test_what_the_batch_does_not_hold_is_left_to_be_resolved_once() -> None:
    contract = a_contract(employer="E", intermediary="I", product="HORIZON", formula="COMFORT")
    batch = gathered(contract, a_line(contract="K-9"), a_line(external_id="L-2", contract="K-9"))

    left = {(r.kind, r.source, r.external_id, r.household, r.field) for r in batch.unresolved}
    assert left == {
        ("household", "S", "H-1", None, "household"),
        ("company", "S", "E", None, "employer"),
        ("intermediary", "S", "I", None, "intermediary"),
        ("formula", "HORIZON", "COMFORT", None, "formula"),
        ("person", "S", "P-1", "H-1", "covers[0].person"),
        ("contract", "S", "K-9", "H-1", "contract"),
        ("transfer", "S", "T-1", "H-1", "transfer"),
    }
    assert len(batch.unresolved) == len(left)
    assert {str(r.location) for r in batch.unresolved if r.kind == "contract"} == {
        "feed.jsonl, line 2"
    }


def test_references_inside_the_batch_are_resolved_in_any_order() -> None:
    batch = gathered(
        a_contract(employer="E", intermediary="I"),
        a_person(),
        Company(source="S", external_id="E", name="Atelier Fictif"),
        Intermediary(source="S", external_id="I", name="Courtage Fictif"),
    )
    assert batch.unresolved == []


def test_the_readers_problems_and_the_rows_are_told_together(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    text = (
        template("members")
        .replace('"1969-05-02"', '"2069-05-02"')
        .replace('"count":7', '"count":8')
    )
    path.write_text(text)

    with pytest.raises(WrongFeed) as caught:
        gather(read([path], "members"), today=TODAY)

    said = {problem.line: problem.why for problem in caught.value.problems}
    assert said == {
        4: "2069-05-02 is in the future",
        8: "the trailer counts 8 records, the file has 7",
    }


def test_rows_that_could_not_be_read_raise_no_problem_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text(template("statements").replace('"care_date":"2025-03-07"', '"care_date":7'))

    with pytest.raises(WrongFeed) as caught:
        gather(read([path], "statements"), today=TODAY)

    [problem] = caught.value.problems
    assert (problem.line, problem.field) == (3, "care_date")


@pytest.mark.parametrize("text", ["sNaN", "NaN", "Infinity", "9e999999", "1e-999999"])
def test_what_is_no_amount_is_told_of_its_line_alone(text: str) -> None:
    lines = [
        a_line(external_id=name, reimbursed=Decimal(text), transfer="T-1")
        for name in ("L-1", "L-2")
    ]

    told = problems_of(a_person(), a_transfer(total=Decimal(20)), *lines)

    assert [problem.partition(",")[0] for problem in told if "reimbursed" in problem] == [
        "line 3",
        "line 4",
    ]
    assert not [problem for problem in told if "total" in problem]
