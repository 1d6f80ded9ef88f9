"""Whose care is told to whom, and what is left of the rest."""

from dataclasses import replace
from datetime import date
from itertools import product
from uuid import UUID

import pytest

from havre.domains.health.rules.telling import (
    names_payee,
    payee_told,
    relation,
    tell,
    telling,
    total_told,
)
from havre.domains.health.words import CareLine, Category, Payee, Relation, Said, Telling
from havre.foundation.ids import new_id
from havre.foundation.money import Money

ME, OTHER, THIRD, NEVER = new_id(), new_id(), new_id(), new_id()
WHOLE, AMOUNTS, NOTHING = Telling.WHOLE, Telling.AMOUNTS, Telling.NOTHING


def a_care(person: UUID = ME) -> CareLine:
    return CareLine(
        id=1,
        transfer=None,
        settled_on=None,
        person=person,
        claim="C-1",
        care_date=date(2026, 5, 4),
        category=Category.SPECIALIST,
        act=Said("Psychiatre"),
        provider="Dr Exemple",
        country="MX",
        spent=Money("2600", "MXN"),
        rate=None,
        rate_source=None,
        rate_day=None,
        cost=Money("125", "EUR"),
        primary=Money("17.50", "EUR"),
        other=None,
        guarantee=Said("Spécialiste"),
        deductible=None,
        ceiling_left=None,
        reimbursed=Money("92.50", "EUR"),
        left=Money("15", "EUR"),
        left_computed=False,
        reason=Said("Votre garantie s’arrête à 110 €."),
        clause=Said("12.3"),
    )


def telling_of(line: CareLine) -> Telling:
    """As to someone who is told nothing of the care of one person, and amounts of the others'."""
    return {ME: WHOLE, NEVER: NOTHING}.get(line.person, AMOUNTS)


FACTS = ("own", "apart", "answers_for", "adult", "discerning", "agreed")


@pytest.mark.parametrize("facts", list(product([True, False], repeat=len(FACTS))))
def test_what_someone_is_to_a_reader(facts: tuple[bool, ...]) -> None:
    own, apart, answers_for, adult, discerning, agreed = facts
    is_now = relation(**dict(zip(FACTS, facts, strict=True)))
    assert (is_now is Relation.OWN) is own
    assert (is_now is Relation.APART) is (apart and not own)
    inside = not own and not apart
    assert (is_now is Relation.AGREED) is (inside and adult and agreed)
    assert (is_now is Relation.CHILD) is (inside and not adult and answers_for and not discerning)
    assert (is_now is Relation.MINOR) is (inside and not adult and answers_for and discerning)


@pytest.mark.parametrize(
    ("of", "tellings"),
    [
        # ordinary, sensitive, then the same under a contract that withholds amounts
        (Relation.OWN, (WHOLE, WHOLE, WHOLE, WHOLE)),
        (Relation.CHILD, (WHOLE, WHOLE, WHOLE, WHOLE)),
        (Relation.MINOR, (WHOLE, AMOUNTS, WHOLE, NOTHING)),
        (Relation.AGREED, (WHOLE, AMOUNTS, WHOLE, NOTHING)),
        (Relation.OTHER, (AMOUNTS, AMOUNTS, NOTHING, NOTHING)),
        (Relation.APART, (NOTHING, NOTHING, NOTHING, NOTHING)),
    ],
)
def test_how_much_is_told(of: Relation, tellings: tuple[Telling, ...]) -> None:
    found = tuple(
        telling(of, sensitive=sensitive, withheld=withheld)
        for withheld, sensitive in product([False, True], repeat=2)
    )
    assert found == tellings


def test_masked_lines_are_one_row_of_amounts() -> None:
    told = tell([a_care(OTHER), a_care(ME), a_care(THIRD)], telling_of=telling_of)
    assert [line.person for line in told.lines] == [ME]
    assert told.private is not None
    assert told.private.cost == Money("250", "EUR")
    assert told.private.primary == Money("35", "EUR")
    assert told.private.reimbursed == Money("185", "EUR")
    assert told.private.left == Money("30", "EUR")
    # Nothing else is there to be shown by mistake: not even whose care it was.
    said = repr(told.private)
    for hidden in ("Psychiatre", "Exemple", "SPECIALIST", "MX", "2026", "C-1", "12.3", "garantie"):
        assert hidden not in said
    assert str(OTHER) not in said


def test_lines_withheld_are_told_as_a_part_that_is_missing() -> None:
    told = tell([a_care(ME), a_care(NEVER), a_care(OTHER)], telling_of=telling_of)
    assert told.partial
    assert told.private is not None
    assert told.private.reimbursed == Money("92.50", "EUR")
    assert total_told(Money("277.50", "EUR"), told=told) == Money("185", "EUR")
    assert tell([a_care(NEVER)], telling_of=telling_of).nothing
    whole = tell([a_care(ME), a_care(OTHER)], telling_of=telling_of)
    # What a feed says stands, whatever its lines add up to.
    assert total_told(Money("999", "EUR"), told=whole) == Money("999", "EUR")
    assert not whole.nothing


def test_a_sum_with_an_amount_not_stated_is_not_stated() -> None:
    lines = [a_care(OTHER), replace(a_care(OTHER), cost=None, left=None, reimbursed=None)]
    row = tell(lines, telling_of=telling_of).private
    assert row is not None
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
        (Payee.PROVIDER, [ME, NEVER], False),
        (Payee.MEMBER, [ME, OTHER], True),
        (Payee.MEMBER, [OTHER], False),
        (Payee.NOT_STATED, [OTHER], False),
        (Payee.NOT_STATED, [ME], True),
    ],
)
def test_a_payee_that_would_tell_masked_care_is_not_named(
    payee: Payee, people: list[UUID], named: bool
) -> None:
    told = tell([a_care(person) for person in people], telling_of=telling_of)
    assert names_payee(payee=payee, told=told) is named


@pytest.mark.parametrize(
    ("payee", "people", "told_as"),
    [
        (Payee.PROVIDER, [ME], Payee.PROVIDER),
        (Payee.PROVIDER, [OTHER], Payee.PROVIDER),
        (Payee.PROVIDER, [ME, OTHER], Payee.NOT_STATED),
        (Payee.PROVIDER, [ME, NEVER], Payee.NOT_STATED),
        (Payee.MEMBER, [ME, OTHER], Payee.MEMBER),
    ],
)
def test_a_provider_paid_for_both_is_not_told_as_one(
    payee: Payee, people: list[UUID], told_as: Payee
) -> None:
    told = tell([a_care(person) for person in people], telling_of=telling_of)
    assert payee_told(payee=payee, told=told) is told_as
