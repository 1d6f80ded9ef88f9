"""What is told of counts leaves nobody to be worked out."""

from hypothesis import given
from hypothesis import strategies as st

from havre.foundation.disclosure import FEWEST, enough, told

COUNTS = st.dictionaries(st.integers(), st.integers(0, 40), max_size=12)


@given(COUNTS)
def test_no_count_from_one_to_four_is_told_nor_left_beside_the_sum(counts: dict[int, int]) -> None:
    shown = told(counts)
    assert set(shown) == set(counts)
    assert all(number is None or number == counts[key] for key, number in shown.items())
    assert all(number is None or not 0 < number < FEWEST for number in shown.values())
    hidden = [counts[key] for key, number in shown.items() if number is None]
    if hidden and any(shown.values()):
        assert len(hidden) > 1
        assert sum(hidden) >= FEWEST


@given(COUNTS)
def test_what_is_large_enough_is_told(counts: dict[int, int]) -> None:
    large = {key: 0 if number < FEWEST else number for key, number in counts.items()}
    assert told(large) == large


def test_one_that_is_small_takes_the_smallest_of_the_others_along() -> None:
    assert told({"a": 3, "b": 9, "c": 7, "d": 0}) == {"a": None, "b": 9, "c": None, "d": 0}


def test_a_count_that_stands_alone() -> None:
    assert [enough(number) for number in (0, 1, 4, 5)] == [0, None, None, 5]
