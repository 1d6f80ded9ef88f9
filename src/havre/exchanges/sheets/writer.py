"""Writes records as spreadsheets, a file a record kind, in the ways French spreadsheets read."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import msgspec
import xlsxwriter

from havre.exchanges.sheets.cells import NONE
from havre.exchanges.sheets.columns import Column, Holds, Step, Table, identity_of, tables
from havre.exchanges.sheets.rows import RECORD
from havre.journeys.loading.records import Kind, Record, Transfer

Format = Literal["csv", "xlsx"]
Row = list[Any]
_TRAILER = "trailer"


def write(folder: Path, records: Iterable[Record], kind: Kind, form: Format) -> tuple[Path, ...]:
    """Writes each record kind that occurs to ``folder/KIND.csv`` or ``.xlsx``, with its trailer."""
    known = list(records)
    paths = []
    for table in tables(kind).values():
        rows = list(_rows(table, known))
        if rows:
            path = folder / f"{table.record}.{form}"
            _FORMS[form](path, table, rows, _trailer(table, known, len(rows)))
            paths.append(path)
    return tuple(paths)


def _rows(table: Table, records: Sequence[Record]) -> Iterator[Row]:
    for record in records:
        word = record.__struct_config__.tag
        if word == table.record:
            yield [table.record, *_values(table, record)]
        elif word == table.parent:
            named = [getattr(record, name) for name in identity_of(table.parent)]
            for part in getattr(record, table.field):
                yield [table.record, *named, *_values(table, part)]


def _heading(table: Table) -> list[str]:
    return [RECORD, *table.parent_keys, *table.columns]


def _values(table: Table, record: msgspec.Struct) -> Iterator[Any]:
    defaults = {field.name: field.default for field in msgspec.structs.fields(record)}
    for column in table.columns.values():
        value = _at(record, column.path)
        # What is none where leaving out would say nothing has to be said.
        said = value is None and defaults.get(str(column.path[0])) is msgspec.UNSET
        yield NONE if said else value


def _at(value: Any, path: Sequence[Step]) -> Any:
    """The value at the path; ``None`` where something on the way is not there."""
    for step in path:
        if value is None or value is msgspec.UNSET:
            return None if value is None and len(path) == 1 else ""
        if isinstance(step, int):
            value = value[step] if step < len(value) else ""
        else:
            # A part that is no struct has no fields, only methods that may be called the same.
            value = getattr(value, step) if step in getattr(value, "__struct_fields__", ()) else ""
    # What is told in parts, as both languages, is in the columns of the parts.
    return "" if value is msgspec.UNSET or isinstance(value, msgspec.Struct) else value


def _trailer(table: Table, records: Sequence[Record], count: int) -> Row:
    sums: dict[str, Decimal] = {}
    if table.type is Transfer:
        for record in records:
            if isinstance(record, Transfer):
                total = sums.get(record.currency, Decimal(0)) + record.total
                sums[record.currency] = total
    return [_TRAILER, count, *(f"{code} {_comma(sums[code])}" for code in sorted(sums))]


def _comma(amount: Decimal) -> str:
    return f"{amount:f}".replace(".", ",")


# --- CSV -----------------------------------------------------------------------------------------


def _write_csv(path: Path, table: Table, rows: Sequence[Row], trailer: Row) -> None:
    """UTF-8 with its mark, semicolons, decimal commas: opens with a double click in France."""
    with path.open("w", encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text, delimiter=";")
        writer.writerow(_heading(table))
        writer.writerows([_as_text(cell) for cell in row] for row in rows)
        writer.writerow(trailer)


def _as_text(cell: object) -> object:
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, Decimal):
        return _comma(cell)
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else cell


# --- XLSX ----------------------------------------------------------------------------------------


def _write_xlsx(path: Path, table: Table, rows: Sequence[Row], trailer: Row) -> None:
    """Text columns are text, so that postal codes keep their zeros; days and amounts are real ones."""
    with closing(xlsxwriter.Workbook(str(path))) as book:
        sheet = book.add_worksheet(table.record)
        text, day = (
            book.add_format({"num_format": "@"}),
            book.add_format({"num_format": "dd/mm/yyyy"}),
        )
        names = _heading(table)
        for place, name in enumerate(names):
            column = table.columns.get(name)
            sheet.set_column(place, place, max(12, len(name) + 2), _format(column, text, day))
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, names, book.add_format({"bold": True}))
        for number, row in enumerate([*rows, trailer], 1):
            for place, cell in enumerate(row):
                _write_cell(sheet, number, place, cell, day)


def _format(column: Column | None, text: Any, day: Any) -> Any:
    holds = column.holds if column else Holds.TEXT
    return {Holds.TEXT: text, Holds.DAY: day}.get(holds)


def _write_cell(sheet: Any, row: int, place: int, cell: object, day: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        sheet.write_datetime(row, place, cell, day)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, place, cell)
    elif isinstance(cell, Decimal | int):
        sheet.write_number(row, place, float(cell))
    else:
        sheet.write_string(row, place, str(cell))


_FORMS: dict[Format, Callable[[Path, Table, Sequence[Row], Row], None]] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
}
