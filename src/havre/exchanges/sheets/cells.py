"""One cell of a spreadsheet as the value a record wants, in the ways French spreadsheets write it."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from havre.exchanges.sheets.columns import Holds
from havre.journeys.loading.problems import shown

Cell = str | float | bool | date | datetime | None
Value = str | int | bool | None
NONE: Final = "-"
"""The cell that says that there is none; an empty one says nothing."""

_DAY: Final = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_SPACES: Final = re.compile("[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}']")
_AMOUNT: Final = re.compile(r"[+-]?\d+([.,]\d+)?")
_WHOLE: Final = re.compile(r"[+-]?\d+")
_FLAGS: Final = {
    **dict.fromkeys(("oui", "o", "yes", "y", "vrai", "true", "1", "x"), True),
    **dict.fromkeys(("non", "n", "no", "faux", "false", "0"), False),
}
_MOST_DIGITS: Final = 15
"""What a spreadsheet keeps of a number; further digits have become zeros."""


class WrongCell(Exception):
    """The cell holds nothing of the kind; its text says what it should hold."""


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def value_of(cell: Cell, holds: Holds) -> Value:
    """The value of a cell that is not blank. Raises :class:`WrongCell`."""
    if isinstance(cell, str):
        cell = cell.strip()
        if cell == NONE:
            return None
    match holds:
        case Holds.DAY:
            return _day(cell)
        case Holds.AMOUNT:
            return _amount(cell)
        case Holds.COUNT:
            return _count(cell)
        case Holds.FLAG:
            return _flag(cell)
        case Holds.TEXT:
            return _text(cell)


def _day(cell: Cell) -> str:
    """``2025-03-18`` from itself, from ``18/03/2025`` or from a cell that is a day."""
    if isinstance(cell, datetime):
        if cell.time() != datetime.min.time():
            raise WrongCell("holds a time of day; a day alone is expected")
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str) and (found := _DAY.fullmatch(cell)):
        day, month, year = (int(part) for part in found.groups())
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            raise WrongCell(f"{shown(cell)} is not a day (day/month/year)") from None
    if isinstance(cell, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
        return cell
    raise WrongCell(f"{shown(cell)} is not a day (18/03/2025 or 2025-03-18)")


def _amount(cell: Cell) -> str:
    """``1234.50`` from ``1 234,50``, ``1234.5`` or a number; spaces part thousands, nothing else does."""
    if isinstance(cell, float):
        return _plain(cell)
    text = _SPACES.sub("", cell) if isinstance(cell, str) else ""
    if not _AMOUNT.fullmatch(text):
        raise WrongCell(f"{shown(cell)} is not an amount (1 234,50 or 1234.50)")
    return text.replace(",", ".").removeprefix("+")


def _count(cell: Cell) -> int:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, str) and _WHOLE.fullmatch(text := _SPACES.sub("", cell)):
        return int(text)
    raise WrongCell(f"{shown(cell)} is not a whole number")


def _flag(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    text = f"{cell:g}" if isinstance(cell, float) else str(cell).lower()
    if text not in _FLAGS:
        raise WrongCell(f"{shown(cell)} is not yes or no")
    return _FLAGS[text]


def _text(cell: Cell) -> str:
    """The text; a number as it is read on the sheet, since ``75001`` in a cell is a number there."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if abs(cell) >= 10**_MOST_DIGITS:
            raise WrongCell("is a number of more than 15 digits: make the column text")
        return _plain(cell)
    if isinstance(cell, date):
        raise WrongCell("is a day; text is expected: make the column text")
    return cell or ""


def _plain(number: float) -> str:
    """A number without the noise of binary fractions: ``0.1 + 0.2`` is ``0.3``."""
    return f"{Decimal(f'{number:.15g}'):f}"
