"""A figure beside its goal, and how it is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median


class Void(Exception):
    """The run proves nothing: the control disagrees with itself, or the two did not do the same."""


@dataclass(frozen=True)
class Spread:
    """The median of several runs, and between which values they were."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.values)

    def told(self, how: str = ".2f") -> str:
        return f"{self.median:{how}} ({min(self.values):{how}}–{max(self.values):{how}})"


def ratios(ours: Sequence[float], control: Sequence[float]) -> Spread:
    """Run by run, since what disturbs a machine disturbs both of a pair."""
    return Spread(tuple(a / b for a, b in zip(ours, control, strict=True)))


@dataclass(frozen=True)
class Figure:
    """One line of the table. ``details`` stand under it."""

    number: str
    what: str
    measured: str
    goal: str
    met: bool
    details: tuple[str, ...] = field(default=())


def tell(figures: Sequence[Figure], say: Callable[[str], None]) -> None:
    """The table, then the details."""
    rows = [("", "figure", "measured: median (range)", "goal", "")]
    rows += [
        (one.number, one.what, one.measured, one.goal, "met" if one.met else "not met")
        for one in figures
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(5)]
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for one in figures:
        for line in one.details:
            say(f"{one.number}: {line}")
