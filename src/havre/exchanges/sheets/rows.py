"""One row of a table into one record, or the reasons why not."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

import msgspec

from havre.exchanges.sheets.cells import Cell, WrongCell, is_blank, value_of
from havre.exchanges.sheets.columns import Column, Holds, Table
from havre.journeys.loading.explaining import explain
from havre.journeys.loading.problems import shown

RECORD: Final = "record"
"""The first column: what a row is."""
_PLACE: Final = re.compile(r"\[(\d+)\]")
_TWICE: Final = "stands beside a column that says it as a whole or in parts: leave one empty"
Tree = dict[str | int, Any]


class WrongRow(Exception):
    """``faults`` are pairs of a column (``None`` for the row) and why."""

    def __init__(self, faults: Sequence[tuple[str | None, str]]) -> None:
        super().__init__()
        self.faults = faults


class Heading:
    """The columns of a sheet, held against those of its table."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._names = [str(cell).strip() if not is_blank(cell) else "" for cell in cells]

    @property
    def is_one(self) -> bool:
        return self._names[:1] == [RECORD]

    def faults(self, table: Table) -> Iterator[tuple[str, str]]:
        """Columns that are unknown, stand twice, or are missing."""
        known = [*table.columns, *table.parent_keys]
        named = [name for name in self._names[1:] if name]
        for name in dict.fromkeys(named):
            if name not in known:
                near = get_close_matches(name, known, n=1)
                hint = f"; {near[0]} is" if near else ""
                yield _fit(name), f"is not a column of {table.record}{hint}"
            elif named.count(name) > 1:
                yield name, "stands twice in the heading"
        required = [column.name for column in table.columns.values() if column.required]
        for name in (*table.parent_keys, *required):
            if name not in named:
                yield name, f"is missing from the heading; {table.record} needs it"

    def cells(self, row: Sequence[Cell]) -> dict[str, Cell]:
        """The cells of a row by column, the blank ones left out. Raises :class:`WrongRow`."""
        found: dict[str, Cell] = {}
        for place, cell in enumerate(row):
            if is_blank(cell):
                continue
            name = self._names[place] if place < len(self._names) else ""
            if not name:
                raise WrongRow([(None, "a cell stands outside the columns of the heading")])
            found[name] = cell
        return found


def record_of(table: Table, cells: Mapping[str, Cell]) -> msgspec.Struct:
    """Raises :class:`WrongRow`, which repeats no NIR or the like."""
    tree: Tree = {}
    faults: list[tuple[str | None, str]] = []
    for name, column in table.columns.items():
        if name in cells:
            try:
                _put(tree, column, value_of(cells[name], column.holds))
            except WrongCell as wrong:
                faults.append((name, str(wrong)))
    if faults:
        raise WrongRow(faults)
    content = _folded(tree)
    if not table.parent:
        content[RECORD] = table.record
    try:
        return msgspec.convert(content, table.type)
    except msgspec.ValidationError as error:
        path, why = explain(str(error), content, records_expected=())
        raise WrongRow([(_as_column(path), why)]) from None


def parent_of(table: Table, cells: Mapping[str, Cell]) -> tuple[str, ...]:
    """The identity of the record that the row belongs to. Raises :class:`WrongRow`."""
    missing = [name for name in table.parent_keys if name not in cells]
    if missing:
        raise WrongRow([(name, "is missing") for name in missing])
    try:
        return tuple(str(value_of(cells[name], Holds.TEXT)) for name in table.parent_keys)
    except WrongCell as wrong:
        raise WrongRow([(None, str(wrong))]) from None


def _put(tree: Tree, column: Column, value: object) -> None:
    """Raises :class:`WrongCell` where a whole and its parts are both given, ``act`` and ``act.fr``."""
    *way, last = column.path
    for step in way:
        tree = tree.setdefault(step, {})
        if not isinstance(tree, dict):
            raise WrongCell(_TWICE)
    if last in tree:
        raise WrongCell(_TWICE)
    tree[last] = value


def _folded(tree: Tree) -> dict[str, Any]:
    """The tree as a record reads it: numbered places as a list, a part without anything as none."""
    return {str(name): _fold(part) for name, part in tree.items()}


def _fold(value: object) -> object:
    if not isinstance(value, dict):
        return value
    parts = {step: _fold(part) for step, part in value.items()}
    if all(part is None for part in parts.values()):
        return None
    if all(isinstance(step, int) for step in parts):
        return [parts[place] for place in sorted(parts)]
    return parts


def _as_column(path: str) -> str | None:
    """``address.lines[0]`` as the column is called, ``address.lines.1``."""
    return _PLACE.sub(lambda found: f".{int(found[1]) + 1}", path) or None


def _fit(name: str) -> str:
    """A heading fit for a message: a sheet without heading has a person's data there."""
    return name if shown(name) != "this value" and len(name) <= 40 else "…"
