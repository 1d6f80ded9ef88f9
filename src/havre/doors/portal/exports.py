"""A search as a file for a spreadsheet: CSV or XLSX, written as it is read, masked as on screen."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.utils import translation
from django.utils.translation import gettext as _

from havre.domains.health import queries as health
from havre.domains.health.queries import Criteria, Entry, Group, Place
from havre.domains.health.words import Said
from havre.doors.portal import wording
from havre.doors.portal.household import Family
from havre.doors.portal.page import inside
from havre.doors.ui import formats
from havre.foundation.money import Money

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Cell = str | date | Decimal | None
Row = list[Cell]

# Read at once, in one short transaction each: no download holds the database.
BATCH: Final = 1000
_CHUNK: Final = 64 * 1024
_BOM: Final = "\ufeff"
# A spreadsheet takes a cell that begins so for a formula, in wide letters too, and would run what a
# feed or a provider wrote.
_FORMULA: Final = (
    *("=", "+", "-", "@", "\t", "\r", "\n"),
    *("\uff1d", "\uff0b", "\uff0d", "\uff20"),
)


def csv_of(criteria: Criteria, family: Family) -> Iterator[bytes]:
    """UTF-8 with a byte order mark; semicolons and decimal commas in French, as French spreadsheets read."""
    french = family.viewer.language == "fr"
    yield _BOM.encode()
    for rows in _rows(criteria, family):
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


def xlsx_of(criteria: Criteria, family: Family) -> Iterator[bytes]:
    """Dates and amounts as cells of their own kind; text is never taken for a formula.

    Row by row to the disk, then from it: memory stays the same whatever the length.
    """
    with tempfile.TemporaryDirectory(prefix="havre-export-") as folder:
        path = Path(folder) / "export.xlsx"
        _write(path, folder, _rows(criteria, family))
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk


def _write(path: Path, folder: str, batches: Iterator[list[Row]]) -> None:
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


def _rows(criteria: Criteria, family: Family) -> Iterator[list[Row]]:
    """The heading, then the rows by batches. The page is gone by now: guard and language are entered anew."""
    reader, viewer = family.care_reader(), family.viewer
    at: Place | None = None
    first = True
    while first or at is not None:
        with translation.override(viewer.language):
            with inside(viewer):
                page = health.entries(
                    reader=reader, criteria=criteria, group=Group.TRANSFER, at=at, size=BATCH
                )
            heading: list[Row] = [[name() for name, _value in _COLUMNS]] if first else []
            yield heading + [
                [value(entry, family) for _n, value in _COLUMNS] for entry in page.entries
            ]
        at, first = page.older, False


def _said(words: Said | None, family: Family) -> str | None:
    return words.said_in(family.viewer.language) if words else None


def _amount(name: str) -> Callable[[Entry, Family], Cell]:
    def value(entry: Entry, _family: Family) -> Cell:
        money: Money | None = getattr(entry.line or entry.private, name)
        return money.amount if money else None

    return value


def _of_line(read: Callable[..., Cell]) -> Callable[[Entry, Family], Cell]:
    """What is told of a line, and of no private care."""

    def value(entry: Entry, family: Family) -> Cell:
        return read(entry.line, family) if entry.line else None

    return value


def _category(entry: Entry, _family: Family) -> Cell:
    return wording.category(entry.line.category if entry.line else None)


_COLUMNS: Final[tuple[tuple[Callable[[], str], Callable[[Entry, Family], Cell]], ...]] = (
    (lambda: _("Settled on"), lambda entry, _family: entry.settled_on),
    (lambda: _("Beneficiary"), _of_line(lambda line, family: family.first_name(line.person))),
    (lambda: _("Date of care"), _of_line(lambda line, _family: line.care_date)),
    (lambda: _("Category"), _category),
    (lambda: _("Care"), _of_line(lambda line, family: _said(line.act, family))),
    (lambda: _("Provider"), _of_line(lambda line, _family: line.provider)),
    (
        lambda: _("Country"),
        _of_line(lambda line, _family: formats.country(line.country) if line.country else None),
    ),
    (
        lambda: _("Spent"),
        _of_line(lambda line, _family: line.spent.amount if line.spent else None),
    ),
    (
        lambda: _("Currency spent"),
        _of_line(lambda line, _family: line.spent.currency if line.spent else None),
    ),
    (lambda: _("Exchange rate"), _of_line(lambda line, _family: line.rate)),
    (lambda: _("Converted"), _amount("cost")),
    (lambda: _("Paid by the CFE or your primary scheme"), _amount("primary")),
    (lambda: _("Paid by another insurer"), _amount("other")),
    (
        lambda: _("Deductible"),
        _of_line(lambda line, _f: line.deductible and line.deductible.amount),
    ),
    (lambda: _("Reimbursed"), _amount("reimbursed")),
    (lambda: _("Left to pay"), _amount("left")),
    (lambda: _("Currency"), lambda entry, _family: entry.currency),
    (lambda: _("Reason"), _of_line(lambda line, family: _said(line.reason, family))),
    (lambda: _("Clause"), _of_line(lambda line, family: _said(line.clause, family))),
    (lambda: _("Claim"), _of_line(lambda line, _family: line.claim)),
)
