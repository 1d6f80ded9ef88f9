from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.foundation.money import (
    CurrencyMismatch,
    Money,
    NotAnAmount,
    TooManyDecimals,
    UnknownCurrency,
    minor_units,
)

currencies = st.sampled_from(["EUR", "JPY", "TND", "CLF"])
units = st.integers(min_value=-(10**15), max_value=10**15)
weights = st.lists(
    st.one_of(st.integers(0, 10**6), st.decimals(0, 10**6, places=6)), min_size=1, max_size=20
).filter(any)


def of_units(count: int, currency: str) -> Money:
    return Money(Decimal(count).scaleb(-minor_units(currency)), currency)


def test_amounts_are_held_to_the_minor_unit() -> None:
    assert str(Money("5", "EUR")) == "5.00 EUR"
    assert str(Money(5, "JPY")) == "5 JPY"
    assert str(Money(Decimal("5.1000"), "TND")) == "5.100 TND"


@pytest.mark.parametrize(
    ("currency", "decimals"),
    [("EUR", 2), ("RSD", 2), ("JPY", 0), ("XOF", 0), ("TND", 3), ("CLF", 4)],
)
def test_minor_units_are_those_of_iso_4217(currency: str, decimals: int) -> None:
    assert minor_units(currency) == decimals


def test_finer_amounts_are_refused_unless_rounded_on_purpose() -> None:
    with pytest.raises(TooManyDecimals):
        Money("1.005", "EUR")
    assert Money.rounded("1.005", "EUR") == Money("1.01", "EUR")
    assert Money.rounded("0.5", "JPY") == Money(1, "JPY")


def test_a_reversal_rounds_as_what_it_reverses() -> None:
    assert Money.rounded("-1.005", "EUR") == -Money.rounded("1.005", "EUR")


@pytest.mark.parametrize("text", ["", "abc", "1,50", "NaN", "Infinity", "1e18", "-1e400"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        Money(text, "EUR")
    with pytest.raises(NotAnAmount):
        Money.rounded(text, "EUR")


@pytest.mark.parametrize("code", ["ZZZ", "eur", "", "EURO"])
def test_unknown_currencies_are_refused(code: str) -> None:
    with pytest.raises(UnknownCurrency):
        Money(1, code)


def test_a_float_is_no_amount() -> None:
    with pytest.raises(TypeError):
        Money(0.1, "EUR")  # type: ignore[arg-type]


def test_two_currencies_never_meet() -> None:
    euros, dollars = Money(1, "EUR"), Money(1, "USD")
    assert euros != dollars
    for meeting in (
        lambda: euros + dollars,
        lambda: euros - dollars,
        lambda: euros < dollars,
        lambda: euros <= dollars,
        lambda: euros > dollars,
        lambda: euros >= dollars,
        lambda: sum([euros, dollars]),
    ):
        with pytest.raises(CurrencyMismatch):
            meeting()


def test_only_money_is_added_to_money() -> None:
    with pytest.raises(TypeError):
        Money(1, "EUR") + 1  # type: ignore[operator]
    with pytest.raises(TypeError):
        1 + Money(1, "EUR")


def test_amounts_are_ordered() -> None:
    one, two = Money(1, "EUR"), Money(2, "EUR")
    assert one < two
    assert one <= two
    assert two > one
    assert two >= one
    assert one >= Money(1, "EUR")
    assert one <= Money(1, "EUR")
    assert not one >= two
    assert not two <= one
    assert not one > one
    assert not one < one


def test_equal_amounts_are_one_key() -> None:
    assert len({Money("5", "EUR"), Money("5.00", "EUR"), Money("-0", "EUR"), Money(0, "EUR")}) == 2
    assert str(Money("-0", "EUR")) == "0.00 EUR"


@given(units, units, currencies)
def test_subtracting_undoes_adding(one: int, other: int, currency: str) -> None:
    first, second = of_units(one, currency), of_units(other, currency)
    assert first + second - second == first
    assert first + -first == Money.zero(currency)


@given(units, st.integers(1, 50), currencies)
def test_splits_sum_to_the_whole_and_are_even(count: int, parts: int, currency: str) -> None:
    whole = of_units(count, currency)
    split = whole.split(parts)
    assert len(split) == parts
    assert sum(split) == whole
    assert max(split) - min(split) <= of_units(1, currency)


@given(units, weights, currencies)
def test_allocations_sum_to_the_whole_and_are_within_a_unit_of_their_share(
    count: int, by: list[Decimal | int], currency: str
) -> None:
    whole = of_units(count, currency)
    parts = whole.allocate(by)
    assert sum(parts) == whole
    for part, weight in zip(parts, by, strict=True):
        share = whole.amount * Decimal(weight) / sum(Decimal(each) for each in by)
        assert abs(part.amount - share) <= of_units(1, currency).amount
        assert weight or not part.amount


def test_the_remainder_goes_where_rounding_took_most() -> None:
    assert Money("1.00", "EUR").allocate([1, 5]) == (Money("0.17", "EUR"), Money("0.83", "EUR"))
    assert Money("100.00", "EUR").split(3)[0] == Money("33.34", "EUR")
    assert Money("-100.00", "EUR").split(3)[0] == Money("-33.34", "EUR")


@pytest.mark.parametrize("by", [[], [0, 0], [2, -1]])
def test_weights_that_share_nothing_out_are_refused(by: list[Decimal | int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        Money(1, "EUR").allocate(by)


def test_a_split_has_a_part() -> None:
    with pytest.raises(ValueError, match="at least one part"):
        Money(1, "EUR").split(0)
