"""What a contract owes for claimed care: exact, explained, and never more than it cost."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.domains.health.rules.proposal import Claimed, Proposal, Room, Terms, Unclear, propose
from havre.domains.health.rules.reasons import reason
from havre.domains.health.words import Because
from havre.domains.products.words import Ceiling, Per, PercentOf, Unit
from havre.foundation.money import Money

DAY = date(2026, 3, 4)
A_VISIT = Ceiling(Per.ACT, Decimal(60))
A_YEAR = Ceiling(Per.YEAR, Decimal(300))
SESSIONS = Ceiling(Per.YEAR, count=5, unit=Unit.SESSION)


def eur(amount: str | int) -> Money:
    return Money(amount, "EUR")


def proposal(
    spent: Money,
    *,
    terms: dict[str, Any] | None = None,
    room: dict[str, Any] | None = None,
    **claimed: Any,
) -> Proposal:
    return propose(
        Claimed(care_date=DAY, spent=spent, **claimed),
        terms=Terms(currency="EUR", **(terms or {})),
        room=Room(**(room or {})),
    )


def whys(made: Proposal) -> list[Because]:
    return [step.because for step in made.steps]


# --- One step at a time --------------------------------------------------------------------------


def test_what_is_covered_whole_is_paid_whole() -> None:
    made = proposal(eur(40))
    assert (made.owed.reimbursed, made.owed.left, made.steps) == (eur(40), eur(0), ())
    assert reason(made) is None


def test_what_was_spent_elsewhere_is_converted_by_the_rate_that_is_shown() -> None:
    made = proposal(Money("10000", "JPY"), rate=Decimal("0.0061349693"))
    assert made.owed.cost == eur("61.35")
    assert made.owed.reimbursed == eur("61.35")


def test_without_a_rate_two_currencies_do_not_meet() -> None:
    with pytest.raises(Unclear):
        proposal(Money("10000", "JPY"))
    with pytest.raises(Unclear):
        proposal(eur(40), primary=Money(5, "CHF"))


def test_a_percentage_of_the_cost_or_of_the_base() -> None:
    assert proposal(eur(100), terms={"percent": 80}).owed.reimbursed == eur(80)
    of_base = {"percent": 200, "percent_of": PercentOf.BASE}
    assert proposal(eur(100), terms=of_base, base=eur(30)).owed.reimbursed == eur(60)
    assert proposal(eur(50), terms=of_base, base=eur(30)).owed.reimbursed == eur(50)
    with pytest.raises(Unclear):
        proposal(eur(100), terms=of_base)


def test_a_limit_a_visit_counts_each_visit() -> None:
    terms = {"ceilings": (A_VISIT,)}
    assert proposal(eur(100), terms=terms).owed.reimbursed == eur(60)
    assert proposal(eur(100), terms=terms, count=2).owed.reimbursed == eur(100)


def test_sessions_beyond_the_number_are_not_paid() -> None:
    made = proposal(eur(200), room={"left": {SESSIONS: 2}}, count=4)
    assert made.owed.reimbursed == eur(100)
    assert made.after.left == {SESSIONS: 0}
    assert proposal(eur(200), room={"left": {SESSIONS: 0}}).owed.reimbursed == eur(0)


def test_the_share_of_the_primary_scheme_is_part_of_what_the_guarantee_takes() -> None:
    made = proposal(eur(100), terms={"percent": 80}, primary=eur(30))
    assert (made.owed.reimbursed, made.owed.left) == (eur(50), eur(20))
    assert proposal(eur(100), terms={"percent": 20}, primary=eur(30)).owed.reimbursed == eur(0)


def test_a_ceiling_counts_the_primary_share_where_the_formula_says_so() -> None:
    room = {"left": {A_YEAR: eur(50)}}
    with_it = proposal(eur(100), terms={"with_primary": True}, room=room, primary=eur(30))
    assert (with_it.owed.reimbursed, with_it.after.left) == (eur(20), {A_YEAR: eur(0)})
    without = proposal(eur(100), room=room, primary=eur(30))
    assert (without.owed.reimbursed, without.after.left) == (eur(50), {A_YEAR: eur(0)})


def test_the_deductible_then_the_limit_of_the_contract() -> None:
    made = proposal(eur(100), room={"deductible": eur(35), "overall": eur(50)})
    assert (made.owed.deductible, made.owed.reimbursed) == (eur(35), eur(50))
    assert made.after == Room(deductible=eur(0), overall=eur(0))
    assert whys(made) == [Because.DEDUCTIBLE, Because.OVERALL]


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"covered": False}, Because.NOT_COVERED),
        ({"waits": True}, Because.WAITING),
        ({"agreement": True}, Because.NO_AGREEMENT),
        ({"agreement": True, "agreement_above": eur(100)}, Because.NO_AGREEMENT),
    ],
)
def test_what_is_not_owed_at_all_uses_nothing(terms: dict[str, Any], why: Because) -> None:
    made = proposal(eur(100), terms=terms, room={"left": {SESSIONS: 2}})
    assert (made.owed.reimbursed, made.owed.left, whys(made)) == (eur(0), eur(100), [why])
    assert made.after == made.before


def test_what_was_agreed_to_or_is_below_the_amount_is_owed() -> None:
    assert proposal(eur(100), terms={"agreement": True}, agreed=True).owed.reimbursed == eur(100)
    terms = {"agreement": True, "agreement_above": eur(100)}
    assert proposal(eur("99.99"), terms=terms).owed.reimbursed == eur("99.99")


# --- In words ------------------------------------------------------------------------------------


def test_the_reason_names_the_limit_and_adds_up_to_what_is_left() -> None:
    said = reason(proposal(eur(100), room={"left": {A_YEAR: eur(50)}, "deductible": eur(20)}))
    assert said is not None
    assert said.english == (
        "There was €50.00 left of your limit of the year: €50.00 is beyond it. "
        "Your deductible of the year applies: €20.00 is left to pay."
    )
    assert said.text.startswith("Il restait 50,00\N{NO-BREAK SPACE}€ de votre limite de l’année")


def test_what_others_paid_is_not_said_to_be_left() -> None:
    said = reason(proposal(eur(100), terms={"percent": 20}, primary=eur(30)))
    assert said is not None
    assert "€70.00 is left to pay" in (said.english or "")


# --- Whatever comes ------------------------------------------------------------------------------

CENTS = st.integers(0, 500_000).map(lambda cents: Money(Decimal(cents) / 100, "EUR"))
MAYBE = st.none() | CENTS
TERMS = st.builds(
    Terms,
    currency=st.just("EUR"),
    covered=st.booleans(),
    percent=st.none() | st.integers(0, 100),
    ceilings=st.just(()) | st.just((A_VISIT,)),
    with_primary=st.booleans(),
)
ROOMS = st.builds(
    Room,
    left=st.just({})
    | st.builds(lambda left: {A_YEAR: left}, CENTS)
    | st.builds(lambda left, count: {A_YEAR: left, SESSIONS: count}, CENTS, st.integers(0, 5)),
    overall=MAYBE,
    deductible=MAYBE,
)
CLAIMS = st.builds(
    Claimed,
    care_date=st.just(DAY),
    spent=CENTS,
    count=st.integers(1, 4),
    primary=MAYBE,
    other=MAYBE,
)


@given(CLAIMS, TERMS, ROOMS)
def test_nobody_is_paid_more_than_it_cost_and_nothing_is_lost(
    claimed: Claimed, terms: Terms, room: Room
) -> None:
    owed = propose(claimed, terms=terms, room=room).owed
    parts = (owed.primary, owed.other, owed.reimbursed, owed.left)
    assert all(part.amount >= 0 for part in (*parts, owed.deductible))
    assert sum(parts) == owed.cost
    assert owed.deductible <= owed.left


@given(CLAIMS, TERMS, ROOMS)
def test_no_limit_is_passed_and_what_is_left_goes_down_by_what_counts(
    claimed: Claimed, terms: Terms, room: Room
) -> None:
    made = propose(claimed, terms=terms, room=room)
    owed, before, after = made.owed, room.left.get(A_YEAR), made.after.left.get(A_YEAR)
    if isinstance(before, Money) and isinstance(after, Money):
        assert owed.reimbursed <= before
        assert eur(0) <= after <= before
    assert room.overall is None or owed.reimbursed <= room.overall


@given(CLAIMS, TERMS, ROOMS, CENTS)
def test_whoever_paid_more_is_not_given_less(
    claimed: Claimed, terms: Terms, room: Room, more: Money
) -> None:
    dearer = replace(claimed, spent=claimed.spent + more)
    less = propose(claimed, terms=terms, room=room).owed
    assert less.reimbursed <= propose(dearer, terms=terms, room=room).owed.reimbursed


@given(st.lists(CLAIMS, min_size=1, max_size=6), TERMS, CENTS)
def test_lines_of_a_claim_share_one_ceiling(
    claims: list[Claimed], terms: Terms, ceiling: Money
) -> None:
    left, paid = Room(left={A_YEAR: ceiling}), Money.zero("EUR")
    for claimed in claims:
        made = propose(claimed, terms=terms, room=left)
        left, paid = made.after, paid + made.owed.reimbursed
    assert paid <= ceiling
