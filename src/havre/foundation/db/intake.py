"""Taking rows in by the million: COPY into a staging table, then statements over the whole set.

COPY is refused under row security, and rows one by one would be a thousand times slower. However
many rows there are, the number of statements is the same. What is staged is what will be stored: a
value that is stored sealed is sealed before it comes here.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import psycopg
from django.db import Error, connection
from psycopg import sql

from havre.foundation.refusals import Refusal

Key: TypeAlias = tuple[str, str]

_GIVEN = "_given"
_STAGE = sql.Identifier("pg_temp", "intake")


class WrongRow(NamedTuple):
    """A row that cannot be taken in: its place among the rows, the field, and why."""

    place: int
    field: str
    why: str


class WrongRows(Refusal):
    """Rows contradict what is known; none of them was taken in."""

    def __init__(self, rows: Iterable[WrongRow]) -> None:
        self.rows = tuple(rows)
        super().__init__("\n".join(f"{row.field}: {row.why}" for row in self.rows))


class RefusedByDatabase(Refusal):
    """A constraint or a type of ``table`` refuses a row. The row's values are never repeated."""

    def __init__(self, table: str, rule: str) -> None:
        self.table = table
        self.rule = rule
        super().__init__(f"{table}: {rule}")


@dataclass(frozen=True)
class Taken:
    """What became of ``count`` rows: ``known`` gives, by place, the columns that changed.

    A place that is not there was new; one with no column was the same already.
    """

    count: int = 0
    known: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def new(self) -> int:
        return self.count - len(self.known)


@dataclass(frozen=True)
class Intake:
    """How rows enter a table.

    ``row`` is a named tuple whose fields are the columns. ``key`` is what a row is known by, and
    has a unique constraint. ``once`` is set with a new row and never changed. ``sealed`` gives
    each sealed column its blind index: equality is asked of the index, and the sealed value is
    written only with it. For each of ``kept``, the row has a field ``…_given``; where that is
    false, what is known stays.
    """

    table: str
    row: type[tuple[Any, ...]]
    key: tuple[str, ...]
    once: tuple[str, ...] = ()
    sealed: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()

    def take(self, rows: Iterable[tuple[Any, ...]]) -> Taken:
        """Insert the rows that are new and update those that differ; at most six statements.

        Refuses ``RefusedByDatabase`` when a constraint does.
        """
        try:
            return self._take(rows)
        except (psycopg.IntegrityError, psycopg.DataError) as error:
            raise RefusedByDatabase(self.table, _rule(error)) from None
        except Error as error:
            if isinstance(cause := error.__cause__, psycopg.IntegrityError | psycopg.DataError):
                raise RefusedByDatabase(self.table, _rule(cause)) from None
            raise

    def _take(self, rows: Iterable[tuple[Any, ...]]) -> Taken:
        with connection.cursor() as cursor:
            count = self._stage(cursor, rows)
            if not count:
                return Taken()
            cursor.execute(self._compare)
            known = {place: tuple(names.split()) for place, names in cursor}
            if len(known) < count:
                cursor.execute(self._insert + (self._unless_known if known else sql.SQL("")))
            if changed := [place for place, names in known.items() if names]:
                cursor.execute(self._update, [changed])
            cursor.execute(sql.SQL("DROP TABLE {}").format(_STAGE))
        return Taken(count, known)

    def _stage(self, cursor: Any, rows: Iterable[tuple[Any, ...]]) -> int:
        """Only the server reads what is copied: no literal, no log of a statement holds it."""
        numbered = enumerate(rows)
        first = next(numbered, None)
        if first is None:
            return 0
        cursor.execute(self._create)
        place = 0
        with cursor.copy(self._copy) as copy:
            copy.write_row((0, *first[1]))
            for place, row in numbered:
                copy.write_row((place, *row))
        return place + 1

    # --- The statements --------------------------------------------------------------------------

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        fields: tuple[str, ...] = self.row._fields  # type: ignore[attr-defined]  # a named tuple
        return tuple(name for name in fields if not name.endswith(_GIVEN))

    @cached_property
    def _compared(self) -> tuple[str, ...]:
        apart = {*self.key, *self.once, *self.sealed}
        return tuple(name for name in self._columns if name not in apart)

    @property
    def _target(self) -> sql.Identifier:
        return sql.Identifier(*self.table.split("."))

    @cached_property
    def _create(self) -> sql.Composed:
        """The types are the table's own, so that a value is compared as it would be stored."""
        columns = [
            *_each("{0}", self._columns),
            *_each("true AS {0}", [name + _GIVEN for name in self.kept]),
        ]
        return sql.SQL(
            "CREATE TEMP TABLE intake ON COMMIT DROP AS SELECT 0 AS place, {} FROM {} WITH NO DATA"
        ).format(sql.SQL(", ").join(columns), self._target)

    @cached_property
    def _copy(self) -> sql.Composed:
        columns = _each("{0}", ("place", *self.row._fields))  # type: ignore[attr-defined]
        return sql.SQL("COPY {} ({}) FROM STDIN").format(_STAGE, sql.SQL(", ").join(columns))

    @cached_property
    def _same_key(self) -> sql.Composed:
        return sql.SQL(" AND ").join(_each("t.{0} = s.{0}", self.key))

    @cached_property
    def _compare(self) -> sql.Composed:
        changed = [
            sql.SQL("CASE WHEN {}t.{} IS DISTINCT FROM s.{} THEN {} END").format(
                sql.SQL("s.{} AND ").format(sql.Identifier(name + _GIVEN))
                if name in self.kept
                else sql.SQL(""),
                sql.Identifier(name),
                sql.Identifier(name),
                sql.Literal(name),
            )
            for name in self._compared
        ]
        return sql.SQL("SELECT s.place, concat_ws(' ', {}) FROM {} s JOIN {} t ON {}").format(
            sql.SQL(", ").join([sql.SQL("NULL"), *changed]), _STAGE, self._target, self._same_key
        )

    @cached_property
    def _insert(self) -> sql.Composed:
        return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} s ").format(
            self._target,
            sql.SQL(", ").join(_each("{0}", self._columns)),
            sql.SQL(", ").join(_each("s.{0}", self._columns)),
            _STAGE,
        )

    @cached_property
    def _unless_known(self) -> sql.Composed:
        return sql.SQL("WHERE NOT EXISTS (SELECT FROM {} t WHERE {})").format(
            self._target, self._same_key
        )

    @cached_property
    def _update(self) -> sql.Composed:
        plain = [name for name in self._compared if name not in self.kept]
        sets = [
            *_each("{0} = s.{0}", plain),
            *(
                sql.SQL("{0} = CASE WHEN s.{1} THEN s.{0} ELSE t.{0} END").format(
                    sql.Identifier(name), sql.Identifier(name + _GIVEN)
                )
                for name in self.kept
            ),
            *(
                sql.SQL(
                    "{0} = CASE WHEN t.{1} IS DISTINCT FROM s.{1} THEN s.{0} ELSE t.{0} END"
                ).format(sql.Identifier(name), sql.Identifier(index))
                for name, index in self.sealed.items()
            ),
        ]
        return sql.SQL("UPDATE {} t SET {} FROM {} s WHERE {} AND s.place = ANY(%s)").format(
            self._target, sql.SQL(", ").join(sets), _STAGE, self._same_key
        )


def look_up(
    table: str,
    *,
    keys: Collection[Key],
    give: tuple[str, ...],
    by: Key = ("source", "external_id"),
) -> dict[Key, tuple[Any, ...]]:
    """The columns ``give`` of the rows with these keys, by key; one statement, or none for none."""
    if not keys:
        return {}
    statement = sql.SQL(
        "SELECT t.{}, t.{}, {} FROM unnest(%s::text[], %s::text[]) AS k (a, b) "
        "JOIN {} t ON t.{} = k.a AND t.{} = k.b"
    ).format(
        *map(sql.Identifier, by),
        sql.SQL(", ").join(_each("t.{0}", give)),
        sql.Identifier(*table.split(".")),
        *map(sql.Identifier, by),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [[first for first, _ in keys], [second for _, second in keys]])
        return {(first, second): tuple(rest) for first, second, *rest in cursor.fetchall()}


def check_at_once() -> None:
    """From here to the end of the transaction, keys between tables are checked by each statement."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _each(pattern: str, names: Iterable[str]) -> list[sql.Composed]:
    return [sql.SQL(pattern).format(sql.Identifier(name)) for name in names]


def _rule(error: psycopg.Error) -> str:
    return error.diag.constraint_name or error.diag.column_name or type(error).__name__
