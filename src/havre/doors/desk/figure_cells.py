"""Figures as they are told: in words on a page, as numbers in a file, and those too small not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from havre.doors.ui import charts, formats
from havre.doors.ui.charts import Bar
from havre.foundation.disclosure import FEWEST, enough

_DAY, _HOUR = 24 * 3600, 60
_LABELLED_UP_TO, _CAPTIONS = 8, 5
_ONE = Decimal("0.1")


@dataclass(frozen=True)
class Cell:
    """A figure. ``value`` is its number in a file, none where there is none to tell."""

    words: str
    value: Decimal | None = None


@dataclass(frozen=True)
class Line:
    name: str
    cells: tuple[Cell, ...]


class Over(NamedTuple):
    """A heading over so many columns; "" over those that stand for themselves."""

    words: str
    columns: int


@dataclass(frozen=True)
class Table:
    """``heads``: what the lines are, then the columns, each in full as a file has them.

    A wide one says on a page ``over`` groups of columns what they share, and ``short`` what is each one's.
    """

    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    short: tuple[str, ...] = ()
    over: tuple[Over, ...] = ()


@dataclass(frozen=True)
class Chart:
    title: str
    sentence: str
    columns: tuple[Bar, ...]


class Share(NamedTuple):
    """A line of horizontal bars: what, its part of the longest in percent, how many."""

    name: str
    percent: int
    words: str


@dataclass(frozen=True)
class Section:
    """A part of the page. Its table says all that its drawings show."""

    id: str
    title: str
    text: str
    table: Table
    charts: tuple[Chart, ...] = ()
    shares: tuple[Share, ...] = ()


NOTHING = Cell("–")


def counted(number: int | None) -> Cell:
    """So many, or too few to tell."""
    if number is None:
        return Cell(_("hidden"))
    return Cell(formats.figure(Decimal(number)) if number else "0", Decimal(number))


def days(seconds: float) -> Cell:
    """Seconds of work as days: ``3.4 d``."""
    value = Decimal(seconds / _DAY).quantize(_ONE)
    return Cell(_("%(days)s d") % {"days": formats.figure(value) if value else "0"}, value)


def hours(minutes: int | None) -> Cell:
    """Minutes of opening hours as hours."""
    if minutes is None:
        return NOTHING
    value = (Decimal(minutes) / _HOUR).quantize(_ONE)
    return Cell(_("%(hours)s h") % {"hours": formats.figure(value) if value else "0"}, value)


def share(part: int, whole: int) -> Cell:
    """A part of a whole as percent; none where either could point at someone."""
    if whole < FEWEST:
        return NOTHING
    if enough(part) is None:
        return counted(None)
    value = (Decimal(part) / whole).quantize(Decimal("0.001"))
    return Cell(formats.percent(value), value)


def score(total: int, number: int) -> Cell:
    """A mean of scores, one to five."""
    if number < FEWEST:
        return NOTHING
    value = (Decimal(total) / number).quantize(_ONE)
    return Cell(_("%(score)s of 5") % {"score": formats.figure(value)}, value)


def change(now: Cell, before: Cell) -> Cell:
    """By which part it grew since the period before."""
    if now.value is None or not before.value:
        return NOTHING
    value = ((now.value - before.value) / before.value).quantize(Decimal("0.01"))
    sign = "+" if value > 0 else ""
    return Cell(sign + formats.percent(value), value)


def columns(title: str, sentence: str, counts: Sequence[tuple[str, int | None]]) -> Chart:
    """A chart of columns; what is hidden has none. Many columns keep words for a few of them only."""
    every = max(1, -(-len(counts) // _CAPTIONS))
    few = len(counts) <= _LABELLED_UP_TO
    highest = max((number or 0 for _name, number in counts), default=0)
    drawn = charts.bars(
        [Decimal(number or 0) for _name, number in counts],
        captions=[
            name if few or not place % every else "" for place, (name, _n) in enumerate(counts)
        ],
        labels=[_label(number, few=few, highest=highest) for _name, number in counts],
    )
    return Chart(title, sentence, drawn)


def _label(number: int | None, *, few: bool, highest: int) -> str:
    if number is None:
        return "<5" if few else ""
    return str(number) if few or (number and number == highest) else ""


def shares(counts: Sequence[tuple[str, int | None]]) -> tuple[Share, ...]:
    """Horizontal bars, in the order given."""
    widths = charts.meters([Decimal(number or 0) for _name, number in counts])
    return tuple(
        Share(name, width, counted(number).words)
        for (name, number), width in zip(counts, widths, strict=True)
    )


def step_name(first: date, *, by_week: bool) -> str:
    """``week of 9 November 2026``, ``November 2026``."""
    if by_week:
        return _("Week of %(day)s") % {"day": formats.day(first)}
    return formats.month(first)


def brief_step(first: date, *, by_week: bool) -> str:
    """Under a column: ``09/11``, ``Nov.``."""
    return first.strftime("%d/%m") if by_week else formats.short_month(first)
