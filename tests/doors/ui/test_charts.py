"""Geometry of the drawings."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from havre.doors.ui import charts

AMOUNTS = st.decimals(min_value=-1000, max_value=10**9, places=2)


def made(*figures: str) -> tuple[charts.Bar, ...]:
    names = [str(rank) for rank in range(len(figures))]
    return charts.bars([Decimal(figure) for figure in figures], captions=names, labels=figures)


def test_the_highest_bar_is_full_and_the_others_in_proportion() -> None:
    heights = [
        bar.height for bar in made("118.40", "312.75", "96.20", "202.54", "543.58", "159.15")
    ]
    assert heights == [24, 64, 20, 42, 112, 33]


def test_bars_stand_on_the_baseline_in_equal_steps() -> None:
    bars = made("1", "2", "4", "8")
    assert {bar.top + bar.height for bar in bars} == {charts.BASELINE}
    assert [bar.middle for bar in bars] == [
        Decimal(x) for x in ("12.50", "37.50", "62.50", "87.50")
    ]
    assert [bar.last for bar in bars] == [False, False, False, True]


def test_nothing_and_money_taken_back_draw_no_bar() -> None:
    assert [bar.height for bar in made("0", "-5", "0.01", "1000")] == [0, 0, 2, 112]
    assert [bar.height for bar in made("0", "0")] == [0, 0]
    assert made() == ()


def test_meters_compare_with_the_largest() -> None:
    assert charts.meters([Decimal("524.90"), Decimal("268.30"), Decimal("0.10"), Decimal(0)]) == (
        100,
        51,
        1,
        0,
    )


def test_a_limit_looks_reached_only_when_it_is() -> None:
    assert charts.share(Decimal("799.99"), Decimal(800)) == 99
    assert charts.share(Decimal(800), Decimal(800)) == 100
    assert charts.share(Decimal(1), Decimal(0)) == 0


def test_who_paid_what() -> None:
    parts = charts.split([Decimal("1432.62"), Decimal("514.22"), Decimal("267.66")])
    assert [part.percent for part in parts] == [65, 23, 12]
    assert [part.x for part in parts] == [0, parts[0].width + 5, 1000 - parts[2].width]


def test_a_part_of_nothing_takes_no_gap() -> None:
    parts = charts.split([Decimal(50), Decimal(0), Decimal(50)])
    assert [(part.x, part.width) for part in parts] == [(0, 498), (503, 0), (503, 497)]
    assert charts.split([Decimal(0), Decimal(-3)]) == ()


@given(st.lists(AMOUNTS, min_size=1, max_size=3))
def test_a_split_is_whole(parts: list[Decimal]) -> None:
    segments = charts.split(parts)
    if segments:
        assert sum(segment.percent for segment in segments) == 100
        assert max(segment.x + segment.width for segment in segments if segment.width) == 1000
