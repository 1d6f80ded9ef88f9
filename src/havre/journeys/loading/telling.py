"""Telling what became of the rows of a batch."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from havre.foundation.db.intake import Taken
from havre.journeys.loading.batch import Batch
from havre.journeys.loading.problems import Located
from havre.journeys.loading.records import Formula
from havre.journeys.loading.report import Outcome, Report, RowOutcome

# Columns whose field in a feed has another name.
_FIELDS: Final = {
    "first_day": "start",
    "last_day": "end",
    "formula_id": "formula",
    "employer_id": "employer",
    "intermediary_id": "intermediary",
    "transfer_id": "transfer",
    "contract_id": "contract",
    "person_id": "person",
    "iban_index": "iban",
    "iban_shown": "iban",
    "spent_currency": "spent",
    "rate_source": "rate",
    "rate_day": "rate",
}


def tell(
    report: Report,
    kind: str,
    records: Sequence[Located[Any]],
    taken: Taken,
    *,
    every_row: bool,
    also: Mapping[int, Iterable[str]] | None = None,
) -> None:
    """Add what became of these records; ``also`` names by place what changed beside their rows."""
    changed = {place: names for place, names in taken.known.items() if names}
    for place, names in (also or {}).items():
        if place in taken.known:
            changed[place] = (*changed.get(place, ()), *names)
    if not every_row:
        report.count(kind, Outcome.NEW, taken.new)
        report.count(kind, Outcome.CHANGED, len(changed))
        report.count(kind, Outcome.SAME, len(taken.known) - len(changed))
        return
    for place, located in enumerate(records):
        outcome = Outcome.SAME if place in taken.known else Outcome.NEW
        if place in changed:
            outcome = Outcome.CHANGED
        report.add(row_outcome(kind, located, outcome, changed.get(place, ())))


def row_outcome(
    kind: str, located: Located[Any], outcome: Outcome, columns: Iterable[str] = ()
) -> RowOutcome:
    """The outcome of a row, its detail naming fields as feeds name them."""
    fields = dict.fromkeys(_FIELDS.get(column, column) for column in columns)
    return RowOutcome(located.location, kind, identity(located.record), outcome, ", ".join(fields))


def tell_warnings(report: Report, batch: Batch) -> None:
    """Add what is odd but does not stand in the way, each beside the record it is about."""
    if not batch.warnings:
        return
    places = {problem.location for problem in batch.warnings}
    about: dict[Any, tuple[str, str]] = {}
    for kind, records in batch.by_type().items():
        for located in records:
            if located.location in places:
                about.setdefault(
                    located.location, (kind.__name__.lower(), identity(located.record))
                )
    for problem in batch.warnings:
        kind_name, named = about.get(problem.location, ("record", ""))
        detail = f"{problem.field}: {problem.why}" if problem.field else problem.why
        report.add(RowOutcome(problem.location, kind_name, named, Outcome.WARNING, detail))


def identity(record: Any) -> str:
    """What names the record: its source and external id, or the product and code of a formula."""
    if isinstance(record, Formula):
        return f"{record.product}/{record.code}"
    return f"{record.source}/{record.external_id}"
