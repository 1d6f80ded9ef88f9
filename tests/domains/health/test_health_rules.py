"""Whose care is told to whom, and what is left of the rest."""

from dataclasses import replace
from datetime import date
from itertools import product
from uuid import UUID

import pytest

from havre.domains.health.rules import Told, names_payee, payee_told, sees_care, tell
from havre.domains.health.words import CareLine, Category, Payee
from havre.foundation.ids import new_id
from havre.foundation.money import Money

ME, OTHER, CHILD = new_id(), new_id(), new_id()


def a_care(person: UUID = ME) -> CareLine:
    return CareLine(
        person=person,
        claim="C-1",
        care_date=date(2026, 5, 4),
        category=Category.SPECIALIST,
        act="Psychiatre",
        provider="Dr Exemple",
        country="MX",
        spent=Money("2600", "MXN"),
        rate=None,
        rate_source=None,
        rate_day=None,
        cost=Money("125", "EUR"),
        primary=Money("17.50", "EUR"),
        other=None,
        guarantee="Spécialiste",
        deductible=None,
        ceiling_left=None,
        reimbursed=Money("92.50", "EUR"),
        left=Money("15", "EUR"),
        left_computed=False,
        reason="Votre garantie s’arrête à 110 €.",
        clause="12.3",
    )


@pytest.mark.parametrize(("own", "adult", "answers"), list(product([True, False], repeat=3)))
def test_own_care_is_told_and_minors_to_who_answers_for_them(
    own: bool, adult: bool, answers: bool
) -> None:
    told = sees_care(own=own, adult=adult, answers_for_minors=answers)
    assert told is (own or (not adult and answers))


def test_another_adults_lines_are_one_row_of_amounts() -> None:
    told = tell([a_care(OTHER), a_care(ME), a_care(OTHER)], visible={ME, CHILD})
    assert [line.person for line in told.lines] == [ME]
    (row,) = told.private
    assert row.person == OTHER
    assert row.cost == Money("250", "EUR")
    assert row.primary == Money("35", "EUR")
    assert row.reimbursed == Money("185", "EUR")
    assert row.left == Money("30", "EUR")
    # Nothing else is there to be shown by mistake.
    said = repr(row)
    for hidden in ("Psychiatre", "Exemple", "SPECIALIST", "MX", "2026", "C-1", "12.3", "garantie"):
        assert hidden not in said


def test_each_other_adult_has_a_row() -> None:
    third = new_id()
    told = tell([a_care(third), a_care(OTHER)], visible={ME})
    assert {row.person for row in told.private} == {OTHER, third}
    assert told.lines == ()


def test_a_sum_with_an_amount_not_stated_is_not_stated() -> None:
    lines = [a_care(OTHER), replace(a_care(OTHER), cost=None, left=None, reimbursed=None)]
    (row,) = tell(lines, visible={ME}).private
    assert row.cost is None
    assert row.left is None
    assert row.other is None
    # What left the bank is known: it adds up to the transfer.
    assert row.reimbursed == Money("92.50", "EUR")


@pytest.mark.parametrize(
    ("payee", "people", "named"),
    [
        (Payee.PROVIDER, [ME], True),
        (Payee.PROVIDER, [OTHER], False),
        (Payee.PROVIDER, [ME, OTHER], False),
        (Payee.MEMBER, [ME, OTHER], True),
        (Payee.MEMBER, [OTHER], False),
        (Payee.NOT_STATED, [OTHER], False),
        (Payee.NOT_STATED, [ME], True),
    ],
)
def test_a_payee_that_would_tell_masked_care_is_not_named(
    payee: Payee, people: list[UUID], named: bool
) -> None:
    told: Told = tell([a_care(person) for person in people], visible={ME})
    assert names_payee(payee=payee, told=told) is named


@pytest.mark.parametrize(
    ("payee", "people", "told_as"),
    [
        (Payee.PROVIDER, [ME], Payee.PROVIDER),
        (Payee.PROVIDER, [OTHER], Payee.PROVIDER),
        (Payee.PROVIDER, [ME, OTHER], Payee.NOT_STATED),
        (Payee.MEMBER, [ME, OTHER], Payee.MEMBER),
    ],
)
def test_a_provider_paid_for_both_is_not_told_as_one(
    payee: Payee, people: list[UUID], told_as: Payee
) -> None:
    told = tell([a_care(person) for person in people], visible={ME})
    assert payee_told(payee=payee, told=told) is told_as
