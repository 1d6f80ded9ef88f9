"""The tables of the database, as its owner sees them."""

from collections.abc import Iterable

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[object, ...]]
_OURS = "schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname NOT LIKE 'pg_temp%'"


def tables(connection: Connection) -> list[str]:
    """``schema.table`` of each, in order."""
    found = connection.execute(
        f"SELECT schemaname || '.' || tablename FROM pg_tables WHERE {_OURS} ORDER BY 1"  # noqa: S608  # our own words
    )
    return [str(row[0]) for row in found]


def counts(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """The number of rows of each."""
    found = {}
    for name in names:
        table = sql.Identifier(*name.split(".", 1))
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(table)).fetchone()
        found[name] = int(str(row[0])) if row else 0
    return found


def migrations(connection: Connection) -> tuple[str, ...]:
    """Those applied, as ``app.name``."""
    found = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    return tuple(str(row[0]) for row in found)
