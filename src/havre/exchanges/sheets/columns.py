"""How the records of a feed lie flat in columns, made from the records themselves.

A field is a column; a field that has fields is a column each (``address.city``); a list inside is
numbered columns (``address.lines.1``). A list of a record is a table of its own, each row of which
names its record: options and covers of a contract, guarantees of a formula.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final, get_args

import msgspec
from msgspec import inspect

from havre.journeys.loading import records
from havre.journeys.loading.records import Kind

Step = str | int
_MOST_NUMBERED: Final = 4
_SINGULAR: Final = {"guarantees": "guarantee", "options": "option", "covers": "cover"}
_IDENTITY: Final = {"formula": ("product", "code"), "contract": ("source", "external_id")}


class Holds(StrEnum):
    """What a cell of the column holds."""

    TEXT = "TEXT"
    DAY = "DAY"
    AMOUNT = "AMOUNT"
    COUNT = "COUNT"
    FLAG = "FLAG"


@dataclass(frozen=True)
class Column:
    """``path`` leads to the value in the record: names of fields, and places in a list from 0."""

    name: str
    path: tuple[Step, ...]
    holds: Holds
    required: bool


@dataclass(frozen=True)
class Table:
    """The columns of one record kind. ``parent`` is the record whose list ``field`` these rows are."""

    record: str
    type: type[msgspec.Struct]
    columns: Mapping[str, Column]
    parent: str = ""
    field: str = ""

    @property
    def parent_keys(self) -> tuple[str, ...]:
        """The columns that name the parent, as ``contract.external_id``."""
        return tuple(f"{self.parent}.{name}" for name in _IDENTITY.get(self.parent, ()))


@cache
def tables(kind: Kind) -> Mapping[str, Table]:
    """Every table of a feed by its record kind, parents before their lists."""
    union = records.MemberRecord if kind == "members" else records.StatementRecord
    found: dict[str, Table] = {}
    for struct in get_args(union):
        found.update((table.record, table) for table in _tables_of(struct))
    return found


def identity_of(record: str) -> tuple[str, ...]:
    """The fields by which rows of another table name a record of this kind."""
    return _IDENTITY[record]


def _tables_of(struct: type[msgspec.Struct]) -> Iterator[Table]:
    name = str(struct.__struct_config__.tag)
    lists: dict[str, type[msgspec.Struct]] = {}
    columns: list[Column] = []
    for field in _fields(struct):
        rows = _rows_of(field.type)
        if rows is not None:
            lists[field.name] = rows
        else:
            columns += _columns((field.name,), field.type, required=field.required)
    yield Table(name, struct, {column.name: column for column in columns})
    for field_name, rows in lists.items():
        yield _list_table(rows, parent=name, field=field_name)


def _list_table(rows: type[msgspec.Struct], *, parent: str, field: str) -> Table:
    columns = {}
    for one in _fields(rows):
        for column in _columns((one.name,), one.type, required=one.required):
            columns[column.name] = column
    return Table(_SINGULAR[field], rows, columns, parent, field)


def _fields(struct: type[msgspec.Struct]) -> tuple[inspect.Field, ...]:
    described = inspect.type_info(struct)
    return described.fields if isinstance(described, inspect.StructType) else ()


def _rows_of(described: inspect.Type) -> type[msgspec.Struct] | None:
    """The record that each item of a list is, where the type is a list of records."""
    if isinstance(described, inspect.VarTupleType) and isinstance(
        described.item_type, inspect.StructType
    ):
        return described.item_type.cls
    return None


def _columns(path: tuple[Step, ...], described: Any, *, required: bool) -> Iterator[Column]:
    if isinstance(described, inspect.UnionType):
        options = [one for one in described.types if not isinstance(one, inspect.NoneType)]
        for option in options:
            yield from _columns(path, option, required=required and len(options) == 1)
    elif isinstance(described, inspect.StructType):
        for field in described.fields:
            yield from _columns(
                (*path, field.name), field.type, required=required and field.required
            )
    elif isinstance(described, inspect.VarTupleType):
        for place in range(min(described.max_length or _MOST_NUMBERED, _MOST_NUMBERED)):
            first = required and place < (described.min_length or 0)
            yield from _columns((*path, place), described.item_type, required=first)
    else:
        yield Column(column_name(path), path, _holds(described), required)


def column_name(path: tuple[Step, ...]) -> str:
    """``address.lines.1``: lists are numbered from 1, as people count."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def _holds(described: inspect.Type) -> Holds:
    match described:
        case inspect.DateType():
            return Holds.DAY
        case inspect.DecimalType():
            return Holds.AMOUNT
        case inspect.IntType():
            return Holds.COUNT
        case inspect.BoolType():
            return Holds.FLAG
        case _:
            return Holds.TEXT
