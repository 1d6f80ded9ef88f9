"""The account of a loading: what became of every row, and the totals."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from havre.journeys.loading.problems import Location, grouped


class Outcome(StrEnum):
    """What became, or in a dry run would become, of a row."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    SAME = "SAME"
    TO_REVIEW = "TO_REVIEW"
    """The feed differs from a value that the member or the desk confirmed, which stays."""
    WARNING = "WARNING"
    """Said beside the row's own outcome; it counts no row."""
    ISSUED = "ISSUED"
    """Said beside it too: an adherent number was issued, which nobody else tells the person."""


_WORDS = {
    Outcome.NEW: "new",
    Outcome.CHANGED: "changed",
    Outcome.SAME: "same",
    Outcome.TO_REVIEW: "to review",
    Outcome.WARNING: "warnings",
    Outcome.ISSUED: "numbers issued",
}
_KEPT = (Outcome.TO_REVIEW, Outcome.WARNING, Outcome.ISSUED)


class RowOutcome(Struct, frozen=True, gc=False):
    """What became of one row. ``detail`` names fields, never the personal values in them."""

    location: Location
    kind: str
    identity: str
    outcome: Outcome
    detail: str = ""

    def __str__(self) -> str:
        text = f"{self.location}: {self.kind} {self.identity}: {self.outcome.value}"
        return f"{text} ({self.detail})" if self.detail else text


class Report:
    """Totals by kind and outcome, and the rows themselves.

    A statement feed has a million rows that nobody reads one by one: with ``every_row`` false, rows
    that are new or the same are only counted, those that ask for attention are kept, and a warning
    that comes back is told once, with its first places.
    """

    def __init__(self, *, every_row: bool) -> None:
        self._every_row = every_row
        self._rows: list[RowOutcome] = []
        self._totals: dict[str, Counter[Outcome]] = {}

    def add(self, row: RowOutcome) -> None:
        self._totals.setdefault(row.kind, Counter())[row.outcome] += 1
        if self._every_row or row.outcome in _KEPT:
            self._rows.append(row)

    def extend(self, rows: Iterable[RowOutcome]) -> None:
        for row in rows:
            self.add(row)

    def count(self, kind: str, outcome: Outcome, rows: int) -> None:
        """Adds rows that set-based work counted without naming them."""
        self._totals.setdefault(kind, Counter())[outcome] += rows

    @property
    def rows(self) -> tuple[RowOutcome, ...]:
        """The rows kept, in the order of their files and lines."""
        return tuple(sorted(self._rows, key=_place))

    def total(self, outcome: Outcome, kind: str | None = None) -> int:
        kinds = self._totals if kind is None else (kind,)
        return sum(self._totals.get(each, Counter())[outcome] for each in kinds)

    @property
    def changes_nothing(self) -> bool:
        """Whether every row was already as the feed has it."""
        changes = (Outcome.NEW, Outcome.CHANGED, Outcome.TO_REVIEW)
        return not any(self.total(outcome) for outcome in changes)

    def summary(self) -> str:
        """One line a kind, in the order they came: ``person: 12 new, 3 changed, 0 same``."""
        return "\n".join(f"{kind}: {_counted(totals)}" for kind, totals in self._totals.items())

    def lines(self) -> Iterator[str]:
        """The whole text, line by line: the rows kept, then the summary."""
        if self._every_row:
            yield from map(str, self.rows)
        else:
            yield from (str(row) for row in self.rows if row.outcome is not Outcome.WARNING)
            yield from grouped(
                (row.location, f"{row.kind}: {row.outcome.value} ({row.detail})")
                for row in self.rows
                if row.outcome is Outcome.WARNING
            )
        yield from self.summary().splitlines() or ["nothing to load"]


def _place(row: RowOutcome) -> tuple[str, int, str]:
    return row.location.file, row.location.line or 0, row.location.resource or ""


def _counted(totals: Counter[Outcome]) -> str:
    """New, changed and same are always told, the others when there are any."""
    told = [
        f"{totals[outcome]} {_WORDS[outcome]}"
        for outcome in Outcome
        if totals[outcome] or outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.SAME)
    ]
    return ", ".join(told)
