"""Reads feeds from spreadsheets: a heading, a row a record, the last row the trailer."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import msgspec

from havre.exchanges.sheets.cells import Cell, WrongCell, is_blank, value_of
from havre.exchanges.sheets.columns import Holds, Table, identity_of, tables
from havre.exchanges.sheets.files import Sheet, Unreadable, sheets
from havre.exchanges.sheets.rows import RECORD, Heading, WrongRow, parent_of, record_of
from havre.journeys.loading.problems import Located, Location, Problems
from havre.journeys.loading.records import Kind, Record, Trailer
from havre.journeys.loading.tally import Progress, Tally, Uncountable

_TRAILER = "trailer"
Key = tuple[str, tuple[str, ...]]


def read(
    paths: Iterable[Path], kind: Kind, *, on_progress: Progress | None = None
) -> Iterator[Located[Record]]:
    """The records of the files, each with its file and row, trailers checked and left out.

    Rows of a list (options, covers, guarantees) are given with the record they belong to, which
    stands in another file of the same command. After the last file, ``WrongFeed`` is raised if
    anything was wrong: keep nothing before the iteration has ended well.
    """
    files = [Path(path) for path in paths]
    problems, lists = Problems(), _Lists()
    total = sum(path.stat().st_size for path in files if path.is_file())
    done = 0
    for path in files:
        try:
            for sheet in sheets(path):
                yield from _SheetReading(path, sheet, kind, problems, lists).records()
        except Unreadable as end:
            problems.add(Location(str(path), end.row), None, end.why)
        done += path.stat().st_size if path.is_file() else 0
        if on_progress:
            on_progress(done, total)
    yield from lists.complete(problems)
    problems.refuse()


class _Lists:
    """Records that have lists, and the rows of those lists, until all files are read."""

    def __init__(self) -> None:
        self._records: dict[Key, list[Located[Any]]] = {}
        self._rows: dict[Key, list[tuple[Table, Located[Any]]]] = {}

    def add_record(self, table: Table, located: Located[Any]) -> None:
        named = tuple(getattr(located.record, name) for name in identity_of(table.record))
        self._records.setdefault((table.record, named), []).append(located)

    def add_row(self, table: Table, named: tuple[str, ...], located: Located[Any]) -> None:
        self._rows.setdefault((table.parent, named), []).append((table, located))

    def complete(self, problems: Problems) -> Iterator[Located[Any]]:
        for key, records in self._records.items():
            parts: dict[str, list[msgspec.Struct]] = {}
            for table, row in self._rows.pop(key, ()):
                parts.setdefault(table.field, []).append(row.record)
            whole = {field: tuple(rows) for field, rows in parts.items()}
            # A record that stands twice is told further on, with both its places.
            for located in records:
                yield Located(msgspec.structs.replace(located.record, **whole), located.location)
        for (parent, named), rows in self._rows.items():
            for table, row in rows:
                why = f"no {parent} {' '.join(named)} in the files of this command"
                problems.add(row.location, table.parent_keys[-1], why)


class _SheetReading:
    """One sheet on its way, with what was counted to hold against its trailer."""

    def __init__(
        self, path: Path, sheet: Sheet, kind: Kind, problems: Problems, lists: _Lists
    ) -> None:
        self._name = f"{path}, sheet {sheet.name}" if sheet.name else str(path)
        self._rows = sheet.rows
        self._tables = tables(kind)
        self._problems = problems
        self._lists = lists
        self._tally = Tally()
        self._table: Table | None = None

    def records(self) -> Iterator[Located[Record]]:
        """The records that wait for no list; the others are kept in ``lists``."""
        written = ((number, row) for number, row in self._rows if not all(map(is_blank, row)))
        number, row = next(written, (None, []))
        heading = Heading(row)
        if number is None or not heading.is_one:
            why = (
                "the file is empty" if number is None else "no heading: its first column is record"
            )
            return self._add(number, None, why)
        ended = False
        for number, row in written:
            if ended:
                why = "there is something after the trailer, which comes last"
                return self._add(number, None, why)
            word = str(row[0] or "").strip()
            if word == _TRAILER:
                ended = True
                self._hold_against(number, row)
            elif (table := self._table_of(word, number, heading)) is None:
                return None
            else:
                yield from self._record(table, number, heading, row)
        if not ended:
            why = "the file is cut or not complete: its last row is not a trailer"
            self._add(number, RECORD, why)

    def _add(self, row: int | None, field: str | None, why: str) -> None:
        self._problems.add(Location(self._name, row), field, why)

    def _table_of(self, word: str, number: int, heading: Heading) -> Table | None:
        """The sheet's table, which its first row says; ``None`` once it was told why not."""
        if self._table is not None:
            if word == self._table.record:
                return self._table
            self._add(number, RECORD, f"a file has one kind of record, here {self._table.record}")
            return None
        if word not in self._tables:
            expected = ", ".join(self._tables)
            self._add(number, RECORD, f"is not a record of this kind of file: one of {expected}")
            return None
        self._table = self._tables[word]
        faults = list(heading.faults(self._table))
        for field, why in faults:
            self._add(1, field, why)
        return None if faults else self._table

    def _record(
        self, table: Table, number: int, heading: Heading, row: Sequence[Cell]
    ) -> Iterator[Located[Any]]:
        try:
            cells = heading.cells(row)
            located = Located(record_of(table, cells), Location(self._name, number))
            named = parent_of(table, cells) if table.parent else None
            self._tally.count(located.record)
        except WrongRow as wrong:
            self._wrong(number, wrong.faults)
        except Uncountable:
            self._wrong(number, [("total", "is not an amount that can be summed")])
        else:
            if named is not None:
                self._lists.add_row(table, named, located)
            elif any(other.parent == table.record for other in self._tables.values()):
                self._lists.add_record(table, located)
            else:
                yield located

    def _wrong(self, number: int, faults: Sequence[tuple[str | None, str]]) -> None:
        self._tally.count_wrong()
        for field, why in faults:
            self._add(number, field, why)

    def _hold_against(self, number: int, row: Sequence[Cell]) -> None:
        try:
            trailer = _trailer(row)
        except WrongCell as wrong:
            self._add(number, _TRAILER, str(wrong))
            return
        for field, why in self._tally.differences(trailer):
            self._add(number, field, why)


def _trailer(row: Sequence[Cell]) -> Trailer:
    """``trailer``, the number of records, then ``EUR 1 234,50`` a cell. Raises ``WrongCell``."""
    count, *sums = [cell for cell in row[1:] if not is_blank(cell)] or [None]
    if count is None:
        raise WrongCell("the number of records is missing, in the second column")
    counted = value_of(count, Holds.COUNT)
    return Trailer(count=int(counted or 0), sums=dict(map(_sum, sums)))


def _sum(cell: Cell) -> tuple[str, Decimal]:
    currency, _, amount = str(cell).strip().partition(" ")
    try:
        return currency, Decimal(str(value_of(amount, Holds.AMOUNT)))
    except (WrongCell, InvalidOperation):
        raise WrongCell("a control total is written EUR 1 234,50") from None
