"""The tests' database: a migrated template, copied for each test process, entered as the web role."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.signals import connection_created
from psycopg import sql

from havre.foundation.db.roles import (
    SIGN_IN,
    Role,
    database_statements,
    password_statement,
    role_statements,
)

SOURCE = Path(__file__).resolve().parent.parent / "src" / "havre"
_PASSWORD = "of-throw-away-databases"
_session: dict[str, Any] = {"role": Role.WEB, "database": ""}


def _superuser(database: str = "postgres") -> "psycopg.Connection[Any]":
    made = settings.DATABASES["default"]
    return psycopg.connect(
        host=made["HOST"],
        port=made["PORT"] or None,
        user=made["USER"],
        password=made["PASSWORD"],
        dbname=database,
        autocommit=True,
    )


def _fingerprint() -> str:
    """Changes with any migration or anything that migrations call."""
    digest = hashlib.sha256()
    for path in sorted([*SOURCE.glob("*/*/migrations/*.py"), *SOURCE.glob("foundation/db/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _become(connection: Any, **_: object) -> None:
    """Sign in as the superuser, act as the role under test: it cannot become the owner."""
    if connection.settings_dict["NAME"] == _session["database"]:
        connection.connection.execute(f"SET SESSION AUTHORIZATION {_session['role']}")
        if connection.get_autocommit() is False:
            connection.connection.commit()


connection_created.connect(_become)


def _point_at(name: str, role: Role) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    _session.update(database=name, role=role)


def template() -> str:
    """The name of a migrated database, made once for these migrations."""
    name = f"havre_template_{_fingerprint()}"
    with _superuser() as server:
        server.execute("SELECT pg_advisory_lock(4242)")
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        for statement in role_statements(server_version=server.info.server_version):
            server.execute(statement)
        making = f"{name}_making"
        _drop(server, making)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
        with _superuser(making) as inside:
            for statement in database_statements(database=making):
                inside.execute(statement)
        _point_at(making, Role.OWNER)
        call_command("migrate", verbosity=0)
        connection.close()
        server.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(making), sql.Identifier(name)
            )
        )
    return name


def make(worker: str) -> None:
    """Copy the template for this test process and enter it as the web role."""
    name = _own_name(worker)
    _copy(template(), name)
    _point_at(name, Role.WEB)


@contextmanager
def apart() -> Iterator[str]:
    """A database of one's own for a while, to take something away from it; gives its name."""
    before, name = str(_session["database"]), f"{_session['database']}_apart"
    _copy(template(), name)
    _point_at(name, Role.WEB)
    try:
        yield name
    finally:
        _point_at(before, Role.WEB)
        with _superuser() as server:
            _drop(server, name)


def address(database: str, role: Role) -> str:
    """Where another process finds a database, as one of its users."""
    _let_in()
    made = settings.DATABASES["default"]
    host = quote(made["HOST"], safe="")
    return f"postgresql://{role}:{_PASSWORD}@/{database}?host={host}&port={made['PORT'] or 5432}"


def watching(database: str) -> "psycopg.Connection[Any]":
    """The superuser's eyes on a database, past row security; each statement on its own."""
    return _superuser(database)


@cache
def _let_in() -> None:
    """Other processes sign in as what they are: no address says that a session becomes another's."""
    with _superuser() as server:
        server.execute("SELECT pg_advisory_lock(4242)")
        for role in SIGN_IN:
            server.execute(password_statement(role=role, password=_PASSWORD))


def _copy(ready: str, name: str) -> None:
    with _superuser() as server:
        server.execute("SELECT pg_advisory_lock(4242)")
        _drop(server, name)
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(ready)
            )
        )
        for statement in database_statements(database=name):
            if "DATABASE" in statement.as_string(server):
                server.execute(statement)


def _drop(server: "psycopg.Connection[Any]", name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _own_name(worker: str) -> str:
    """The first name that no other run on this server holds; held until this process ends."""
    holder = _session["holder"] = _superuser()
    for number in count():
        name = f"havre_test_{worker}_{number}"
        row = holder.execute("SELECT pg_try_advisory_lock(4243, hashtext(%s))", [name]).fetchone()
        if row and row[0]:
            return name
    raise AssertionError("count() does not end")


@contextmanager
def acting_as(role: Role) -> Iterator[None]:
    """Be another user of the database for a while (the owner to build, the worker to work)."""
    local = "LOCAL " if connection.in_atomic_block else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        before = cursor.fetchone()[0]
        cursor.execute(f"SET {local}SESSION AUTHORIZATION DEFAULT")
        cursor.execute(f"SET {local}SESSION AUTHORIZATION {role}")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(f"SET {local}SESSION AUTHORIZATION DEFAULT")
                cursor.execute(f"SET {local}SESSION AUTHORIZATION {before}")


def empty() -> None:
    """Leave every table empty, after a test that committed."""
    connection.close()
    with _superuser(_session["database"]) as server:
        tables = server.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
            "WHERE schemaname IN ('public', 'health') AND tablename <> 'django_migrations'"
        ).fetchall()
        server.execute("SET session_replication_role = replica")  # the history refuses otherwise
        server.execute(f"TRUNCATE {', '.join(row[0] for row in tables)} CASCADE")
