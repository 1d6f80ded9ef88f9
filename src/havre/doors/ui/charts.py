"""Figures to geometry: pure functions whose results the templates draw as SVG attributes.

Positions across are percentages of the drawing's width, so that text never stretches; heights are
in CSS pixels. No style attribute is needed, which the content security policy would refuse.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

BASELINE = 148
TALLEST = 112
BAR_SHARE = Decimal("0.55")
SPLIT_WIDTH = 1000
SPLIT_GAP = 5


@dataclass(frozen=True)
class Bar:
    """One column: `x`, `width` and `middle` in percent; `top` and `height` in pixels."""

    x: Decimal
    width: Decimal
    middle: Decimal
    top: int
    height: int
    caption: str
    label: str
    last: bool


@dataclass(frozen=True)
class Segment:
    """One part of a split bar, in thousandths of its width, and its whole percentage."""

    x: int
    width: int
    percent: int


def bars(
    figures: Sequence[Decimal], *, captions: Sequence[str], labels: Sequence[str]
) -> tuple[Bar, ...]:
    """Columns for figures in order; the highest is `TALLEST` pixels.

    A figure of zero or less has no column, any other at least two pixels: present is not absent.
    """
    top_figure = max(figures, default=Decimal(0))
    step = Decimal(100) / max(len(figures), 1)
    drawn = []
    for rank, (figure, caption, label) in enumerate(zip(figures, captions, labels, strict=True)):
        height = _height(figure, top_figure)
        drawn.append(
            Bar(
                x=_two(step * rank + step * (1 - BAR_SHARE) / 2),
                width=_two(step * BAR_SHARE),
                middle=_two(step * rank + step / 2),
                top=BASELINE - height,
                height=height,
                caption=caption,
                label=label,
                last=rank == len(figures) - 1,
            )
        )
    return tuple(drawn)


def _height(figure: Decimal, top_figure: Decimal) -> int:
    if figure <= 0:
        return 0
    return max(2, round(TALLEST * figure / top_figure))


def _two(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))


def meters(figures: Sequence[Decimal]) -> tuple[int, ...]:
    """Each figure as a percentage of the largest, for one horizontal bar a row."""
    top_figure = max(figures, default=Decimal(0))
    return tuple(share(figure, top_figure) for figure in figures)


def share(part: Decimal, whole: Decimal) -> int:
    """What is used of a whole, 0 to 100: at least 1 if anything is, at most 99 if any is left."""
    if part <= 0 or whole <= 0:
        return 0
    if part >= whole:
        return 100
    return min(99, max(1, round(100 * part / whole)))


def split(parts: Sequence[Decimal]) -> tuple[Segment, ...]:
    """Who paid what: segments side by side with a gap between, percentages that sum to 100.

    Parts below zero count as nothing, any other is at least one thousandth wide; when nothing is
    left to draw, no segment.
    """
    positive = [max(part, Decimal(0)) for part in parts]
    whole = sum(positive, Decimal(0))
    if not whole:
        return ()
    seen = [1 if part else 0 for part in positive]
    room = SPLIT_WIDTH - SPLIT_GAP * (sum(seen) - 1) - sum(seen)
    shares = _whole_shares(positive, whole, room)
    widths = [least + more for least, more in zip(seen, shares, strict=True)]
    percents = _whole_shares(positive, whole, 100)
    segments, x = [], 0
    for width, percent in zip(widths, percents, strict=True):
        segments.append(Segment(x=x, width=width, percent=percent))
        x += width + (SPLIT_GAP if width else 0)
    return tuple(segments)


def _whole_shares(parts: Sequence[Decimal], whole: Decimal, total: int) -> list[int]:
    """Whole numbers in proportion that sum to `total`; the largest remainders are rounded up."""
    exact = [part * total / whole for part in parts]
    given = [int(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda rank: given[rank] - exact[rank])
    for rank in by_remainder[: total - sum(given)]:
        given[rank] += 1
    return given
