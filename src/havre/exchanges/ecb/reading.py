"""Reads the ECB's files: ``eurofxref.csv`` of a day, ``eurofxref-hist.csv`` of all, or the zip of either.

A row is a day, a column a currency: units of it for one euro, ``N/A`` where none was published.
https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from havre.domains.payments.actions import PublishedRate
from havre.foundation.refusals import Refusal

_LONGEST = 20_000_000
_NONE = {"N/A", ""}


class Unreadable(Refusal):
    """Not one of the ECB's files; says at which row."""


def read(content: bytes) -> Iterator[PublishedRate]:
    """Every rate of the file, as it comes. Refuses ``Unreadable``."""
    rows = csv.reader(io.StringIO(_text(content)))
    heading = [name.strip() for name in next(rows, [])]
    if heading[:1] != ["Date"]:
        raise Unreadable("the first column of the file is not Date")
    for number, row in enumerate(rows, 2):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        day = _day(cells[0], number)
        for currency, cell in zip(heading[1:], cells[1:], strict=False):
            if currency and cell not in _NONE:
                yield PublishedRate(currency, day, _value(cell, number))


def _text(content: bytes) -> str:
    if content.startswith(b"PK"):
        content = _unzipped(content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("the file is not UTF-8") from None


def _unzipped(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [one for one in packed.infolist() if one.filename.endswith(".csv")]
            if len(names) != 1 or names[0].file_size > _LONGEST:
                raise Unreadable("the zip does not hold one CSV file of an ordinary size")
            return packed.read(names[0])
    except zipfile.BadZipFile:
        raise Unreadable("the zip is cut or damaged") from None


def _day(text: str, row: int) -> date:
    """``2026-11-20``, or ``20 November 2026`` in the file of a day."""
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a civil day
        except ValueError:
            continue
    raise Unreadable(f"row {row}: the first cell is not a day")


def _value(text: str, row: int) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(0)
    if not value.is_finite() or value <= 0:
        raise Unreadable(f"row {row}: a cell is neither a rate nor N/A")
    return value
