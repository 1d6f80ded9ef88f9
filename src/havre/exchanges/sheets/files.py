"""The rows of a file: text with separators, in any usual encoding, or the sheets of a workbook."""

import codecs
import csv
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

from python_calamine import CalamineError, CalamineWorkbook

from havre.exchanges.sheets.cells import Cell

TEXTS: Final = frozenset({".csv", ".tsv", ".txt"})
WORKBOOKS: Final = frozenset({".xlsx", ".ods"})
SUFFIXES: Final = TEXTS | WORKBOOKS
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN: Final = "cp1252"
# What é, à and â of old Macintosh files become in Western European: letters no French text has.
_MISREAD: Final = frozenset("\N{LATIN CAPITAL LETTER Z WITH CARON}ˆ‰")
_CHUNK: Final = 1 << 20
_LARGEST_UNPACKED: Final = 1 << 30
_LONGEST_CELL: Final = 100_000


class Unreadable(Exception):
    """The file cannot be read any further; ``row`` is where."""

    def __init__(self, row: int | None, why: str) -> None:
        super().__init__(why)
        self.row = row
        self.why = why


@dataclass(frozen=True)
class Sheet:
    """The rows of a text file, or of one sheet of a workbook, each with its number from 1."""

    name: str
    rows: Iterator[tuple[int, list[Cell]]]


def sheets(path: Path) -> Iterator[Sheet]:
    """Raises :class:`Unreadable`, also while rows are read."""
    try:
        if path.suffix.lower() in WORKBOOKS:
            yield from _workbook(path)
        else:
            yield Sheet("", _text_rows(path))
    except OSError as error:
        raise Unreadable(None, f"cannot be opened ({error.strerror})") from None


# --- Text ----------------------------------------------------------------------------------------


def _text_rows(path: Path) -> Iterator[tuple[int, list[Cell]]]:
    encoding = _encoding(path)
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=encoding, newline="") as text:
        first, skipped = _first_line(text), 0
        if first.lower().startswith("sep="):  # how spreadsheets tell each other the separator
            first, skipped = _first_line(text), 1
        separator = _separator(first)
        text.seek(0)
        for _ in range(skipped):
            text.readline()
        rows = csv.reader(text, delimiter=separator, strict=True)
        number = skipped + 1
        try:
            for row in rows:
                yield number, list(row)
                number = skipped + rows.line_num + 1
        except csv.Error as error:
            raise Unreadable(number, _told(error)) from None
        except UnicodeError:
            raise Unreadable(
                number, "the file is cut or damaged: a character is not whole"
            ) from None


def _first_line(text: TextIO) -> str:
    try:
        return text.readline()
    except UnicodeError:
        raise Unreadable(1, "the file is cut or damaged: a character is not whole") from None


def _told(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return "the file is cut here: a quoted cell does not end"
    if "field larger" in str(error):
        return "a cell is longer than any text: a quote may be missing"
    return "a quoted cell is followed by something else than the separator"


def _separator(heading: str) -> str:
    """Of semicolon, tab and comma, the one that the heading has most."""
    return max(";\t,", key=heading.count)


def _encoding(path: Path) -> str:
    """By its mark; else UTF-8 where the whole file is; else Western European, as French Excel writes."""
    with path.open("rb") as raw:
        start = raw.read(4)
        for mark, encoding in _MARKS:
            if start.startswith(mark):
                return encoding
        raw.seek(0)
        if _decodes(raw.read, "utf-8"):
            return "utf-8"
        raw.seek(0)
        if _decodes(raw.read, _WESTERN):
            return _WESTERN
    raise Unreadable(None, "the encoding is not one that is known; save the file as CSV UTF-8")


def _decodes(read: Callable[[int], bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := read(_CHUNK):
            if encoding == _WESTERN and _MISREAD & set(decoder.decode(chunk)):
                return False
            if encoding != _WESTERN:
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


# --- Workbooks -----------------------------------------------------------------------------------


def _workbook(path: Path) -> Iterator[Sheet]:
    _refuse_bombs(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if rows:
                yield Sheet(name, ((number, _cells(row)) for number, row in enumerate(rows, 1)))
    except CalamineError:
        raise Unreadable(None, "the workbook is damaged or protected by a password") from None


def _refuse_bombs(path: Path) -> None:
    """A workbook is a zip: one that unpacks to more than a gigabyte is no list of people."""
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile:
        why = "the file is cut or damaged, or no workbook"
        raise Unreadable(None, why) from None
    if size > _LARGEST_UNPACKED:
        raise Unreadable(None, "the workbook unpacks to more than a gigabyte; send CSV files")


def _cells(row: list[Any]) -> list[Cell]:
    return [float(cell) if type(cell) is int else cell for cell in row]
