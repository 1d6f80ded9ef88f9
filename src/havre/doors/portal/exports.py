"""A search as a file for a spreadsheet: CSV or XLSX, written as it is read, masked as on screen."""

from collections.abc import Callable, Iterator
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from havre.domains.health import queries as health
from havre.domains.health.queries import Criteria, Entry, Group, Place
from havre.domains.health.words import Said
from havre.doors.portal import wording
from havre.doors.portal.household import Family
from havre.doors.portal.page import inside
from havre.doors.ui import formats, spreadsheets
from havre.doors.ui.spreadsheets import Cell, Row
from havre.foundation.money import Money

# Read at once, in one short transaction each: no download holds the database.
BATCH: Final = 1000


def csv_of(criteria: Criteria, family: Family) -> Iterator[bytes]:
    """As CSV, in the ways of the reader's language."""
    return spreadsheets.csv_of(_rows(criteria, family), french=family.viewer.language == "fr")


def xlsx_of(criteria: Criteria, family: Family) -> Iterator[bytes]:
    """As a workbook."""
    return spreadsheets.xlsx_of(_rows(criteria, family))


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
