"""Rows as a file for a spreadsheet: CSV or XLSX, written as they are read, no cell taken for a formula."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Cell = str | date | Decimal | None
Row = list[Cell]
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_CHUNK: Final = 64 * 1024
_BOM: Final = "\ufeff"
# A spreadsheet takes a cell that begins so for a formula, in wide letters too, and would run what a
# feed or a provider wrote.
_FORMULA: Final = (
    *("=", "+", "-", "@", "\t", "\r", "\n"),
    *("\uff1d", "\uff0b", "\uff0d", "\uff20"),
)


def csv_of(batches: Iterable[list[Row]], *, french: bool) -> Iterator[bytes]:
    """UTF-8 with a byte order mark; semicolons and decimal commas in French, as French spreadsheets read."""
    yield _BOM.encode()
    for rows in batches:
        page = io.StringIO()
        writer = csv.writer(page, delimiter=";" if french else ",", lineterminator="\r\n")
        writer.writerows([_written(cell, french=french) for cell in row] for row in rows)
        yield page.getvalue().encode()


def _written(cell: Cell, *, french: bool) -> str:
    match cell:
        case None:
            return ""
        case date():
            return cell.isoformat()
        case Decimal():
            return f"{cell:f}".replace(".", ",") if french else f"{cell:f}"
        case _:
            return f"'{cell}" if cell.startswith(_FORMULA) else cell


def xlsx_of(batches: Iterable[list[Row]]) -> Iterator[bytes]:
    """Dates and amounts as cells of their own kind; text is never taken for a formula.

    Row by row to the disk, then from it: memory stays the same whatever the length.
    """
    with tempfile.TemporaryDirectory(prefix="havre-export-") as folder:
        path = Path(folder) / "export.xlsx"
        _write(path, folder, batches)
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk


def _write(path: Path, folder: str, batches: Iterable[list[Row]]) -> None:
    # Here, since it takes 12 MB of a web process of which few ever write a spreadsheet.
    from xlsxwriter import Workbook

    options = {"constant_memory": True, "tmpdir": folder}
    options |= {"strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        number = 0
        for rows in batches:
            for row in rows:
                for column, cell in enumerate(row):
                    _put(sheet, number, column, cell, day)
                number += 1


def _put(sheet: "Worksheet", row: int, column: int, cell: Cell, day: object) -> None:
    match cell:
        case None:
            pass
        case date():
            sheet.write_datetime(row, column, cell, day)
        case Decimal():
            sheet.write_number(row, column, float(cell))
        case _:
            sheet.write_string(row, column, cell)
