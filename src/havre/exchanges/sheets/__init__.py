"""The dialect of spreadsheets: feeds of members and statements as CSV and XLSX, a file a record kind.

``read`` gives the records of files, ``write`` writes one file a record kind. The same records as in
JSON Lines, laid flat: the form is described in ``docs/feeds.md``.
"""

from havre.exchanges.sheets.files import SUFFIXES
from havre.exchanges.sheets.reader import read
from havre.exchanges.sheets.writer import Format, write

__all__ = ["SUFFIXES", "Format", "read", "write"]
