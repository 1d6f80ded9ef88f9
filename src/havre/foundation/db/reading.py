"""Reads whose SQL is put together once in a process: a queryset with named blanks.

The ORM stays the language, and its own compiler writes the statement; what a request pays is the
sending of it. Values go to the database as parameters, never into the text.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Lookup, QuerySet, Value

Row = TypeVar("Row")


class Given(Value):
    """A blank of a :class:`PreparedRead`, filled by its name each time the read is sent."""

    def as_sql(self, *_compiler: object, **_context: object) -> tuple[str, list[Any]]:
        return "%s", [self]


class AnyOf(Lookup):  # type: ignore[type-arg]  # bare at run time
    """``AnyOf(F("id"), Given("ids"))``: among a list of any length, the empty one too.

    ``IN`` would be another statement for each length.
    """

    lookup_name = "any_of"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, column_params = self.process_lhs(compiler, connection)
        values, values_params = self.process_rhs(compiler, connection)
        return f"{column} = ANY({values})", [*column_params, *values_params]


@dataclass(frozen=True)
class _Statement:
    sql: str
    params: tuple[Any, ...]
    converters: tuple[tuple[int, Any, Sequence[Callable[..., Any]]], ...]


class PreparedRead(Generic[Row]):
    """A read to send with other values each time; it gives rows made by ``into``, in order.

    ``columns`` are names as ``values_list`` takes them, and ``queryset`` is called once, at the
    first use, when the models are there::

        class _Named(NamedTuple):
            id: UUID
            person__first_name: str

        _named = PreparedRead(
            _Named._make, _Named._fields, lambda: Membership.objects.filter(household_id=Given("household"))
        )
        _named(household=household)

    Refuses ``TypeError`` when the values are not those of the blanks, or one is none: ``= NULL``
    finds nothing, where the ORM would have written ``IS NULL``.
    """

    def __init__(
        self,
        into: Callable[[Iterable[Any]], Row],
        columns: Iterable[str],
        queryset: Callable[[], "QuerySet[Any, Any]"],
    ) -> None:
        self._into = into
        self._columns = tuple(columns)
        self._queryset = queryset

    def __call__(self, **given: object) -> list[Row]:
        statement = self._statement
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, self._filled(given))
            rows = cursor.fetchall()
        if statement.converters:
            rows = [_converted(row, statement, connection) for row in rows]
        return [self._into(row) for row in rows]

    def _filled(self, given: dict[str, object]) -> list[Any]:
        if given.keys() != self._blanks or None in given.values():
            raise TypeError(f"wanted a value for each of {sorted(self._blanks)}")
        return [
            given[param.value] if isinstance(param, Given) else param
            for param in self._statement.params
        ]

    @cached_property
    def _blanks(self) -> set[str]:
        return {param.value for param in self._statement.params if isinstance(param, Given)}

    @cached_property
    def _statement(self) -> _Statement:
        query = self._queryset().values_list(*self._columns).query
        compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters(column for column, _sql, _alias in compiler.select)
        return _Statement(
            sql,
            tuple(params),
            tuple((place, column, how) for place, (how, column) in converters.items()),
        )


def _converted(row: Sequence[Any], statement: _Statement, connection: Any) -> list[Any]:
    """Values as the fields of the models give them: JSON read, and so on."""
    values = list(row)
    for place, column, converters in statement.converters:
        for convert in converters:
            values[place] = convert(values[place], column, connection)
    return values
