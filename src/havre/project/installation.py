"""Where this installation keeps its data: a PostgreSQL of its own, or the embedded one of a home."""

import json
import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from havre.foundation.db.roles import (
    SIGN_IN,
    Role,
    database_statements,
    password_statement,
    role_statements,
)
from havre.foundation.refusals import Refusal
from havre.project.embedded import EmbeddedServer, ensure
from havre.project.embedded.passwords import write_private
from havre.project.own_seal import own_seal
from havre.project.settings import WrongSettings

DATABASE = "havre"
DEFAULT_HOME = Path(".havre")
DEFAULT_PORT = 8000
SETTING_OF = {
    Role.WEB: "DATABASE_URL",
    Role.DESK_WEB: "DATABASE_DESK_URL",
    Role.WORKER: "DATABASE_WORKER_URL",
    Role.OWNER: "DATABASE_OWNER_URL",
}
_DEMO_MARK = "Havre demo"
_DEMO_RULES = Path(__file__).with_name("demo") / "confidentiality.yaml"
_DEMO_HOUSE = {
    "OPERATOR_NAME": "Assurances du Large",
    "OPERATOR_LEGAL_NAME": "Assurances du Large, mutuelle de fiction",
    "OPERATOR_ADDRESS": "1 quai de la Fiction, 00000 Port-Imaginaire",
    "OPERATOR_PHONE": "+33 1 99 00 12 34",
    "OPERATOR_EMAIL": "service@assurances-du-large.example",
    "NUMBER_MAIL_AFTER_SECONDS": "[3, 8]",
}


class KeysLost(Refusal):
    """The data are there, the keys that open their sealed values are not."""


@dataclass(frozen=True)
class Installation:
    """Where the data are, and the environment variables that say so.

    ``server`` is the embedded PostgreSQL, kept alive by this object; none with a PostgreSQL of one's
    own. ``demo`` says that the home's database is the fictional demo house.
    """

    environment: Mapping[str, str] = field(repr=False)
    server: EmbeddedServer | None = None
    demo: bool = False


def open_installation(environ: Mapping[str, str]) -> Installation:
    """The installation that the environment describes.

    The database addresses, one a login, name a PostgreSQL of one's own; without any, the embedded one of
    ``HAVRE_HOME`` is started. Refuses with ``WrongSettings`` when only some are set, with
    :class:`KeysLost` or an ``EmbeddedServerRefusal`` for a home that cannot be opened.
    """
    given = [name for name in SETTING_OF.values() if environ.get(name)]
    if not given:
        return _embedded(home_of(environ), environ)
    if len(given) < len(SETTING_OF):
        lacking = [name for name in SETTING_OF.values() if name not in given]
        raise WrongSettings(
            [
                f"{name}: not set, while {given[0]} is. Set all four to use a PostgreSQL of your"
                " own, or none to use the embedded one."
                for name in lacking
            ]
        )
    if environ.get("DEMO", "").casefold() not in {"", "0", "false", "no", "off"}:
        raise WrongSettings(
            ["DEMO: belongs to the embedded database of `havre demo`. Unset it for your own."]
        )
    return Installation(environment={})


def home_of(environ: Mapping[str, str]) -> Path:
    """The folder of the embedded installation."""
    return Path(environ.get("HAVRE_HOME") or DEFAULT_HOME).absolute()


def create_database(server: EmbeddedServer, name: str = DATABASE, *, hurried: bool = False) -> None:
    """Make the database if it is not there, and hand it to its owner. Safe to run again.

    ``hurried``: a commit waits for no disk until :func:`adopt_demo`. Whatever interrupts, a database
    that was not adopted is made anew.
    """
    with _superuser(server) as connection:
        if not _exists(connection, name):
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    with _superuser(server, name) as connection:
        for statement in database_statements(database=name):
            connection.execute(statement.as_string(connection))
        if hurried:
            connection.execute(_altered(name, "SET synchronous_commit = off"))


def _altered(name: str, change: LiteralString) -> sql.Composed:
    return sql.SQL("ALTER DATABASE {} ").format(sql.Identifier(name)) + sql.SQL(change)


def drop_database(server: EmbeddedServer, name: str) -> None:
    """Remove the database and all it holds, if it is there."""
    with _superuser(server) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def has_database(server: EmbeddedServer, name: str = DATABASE) -> bool:
    with _superuser(server) as connection:
        return _exists(connection, name)


def adopt_demo(server: EmbeddedServer, name: str) -> None:
    """Make the loaded demo house the home's database: all of it, in one transaction.

    Its commit waits for the disk, and so for all that was written before it.
    """
    with _superuser(server) as connection, connection.transaction():
        connection.execute(_altered(name, "RESET synchronous_commit"))
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(name), sql.Literal(_DEMO_MARK)
            )
        )
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(name), sql.Identifier(DATABASE)
            )
        )


def is_demo(server: EmbeddedServer) -> bool:
    """Whether the home's database is the demo house, completely loaded."""
    with _superuser(server) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [DATABASE],
        ).fetchone()
    return row is not None and row[0] == _DEMO_MARK


def demo_environment(home: Path, *, port: int) -> dict[str, str]:
    """The settings of the fictional operator; what mails say stays on this machine."""
    seal = own_seal(home / "seal", name=_DEMO_HOUSE["OPERATOR_LEGAL_NAME"], now=datetime.now(UTC))
    made = {**_DEMO_HOUSE, **_local(home, port=port), **seal}
    return {**made, "CONFIDENTIALITY": str(_DEMO_RULES), "SMTP_URL": "", "DEMO": "true"}


def _embedded(home: Path, environ: Mapping[str, str]) -> Installation:
    server = ensure(home, on_first_start=partial(_prepare, home))
    try:
        demo = is_demo(server)
        addresses = {SETTING_OF[role]: server.dsn(role, DATABASE) for role in SIGN_IN}
        environment = {**_chosen(home, environ, demo=demo), **_keys(home), **addresses}
    except BaseException:
        server.close()
        raise
    return Installation(environment, server, demo)


def _chosen(home: Path, environ: Mapping[str, str], *, demo: bool) -> dict[str, str]:
    """What a home says where the environment does not; no mail of the demo leaves this machine."""
    port = _port(environ)
    if demo:
        made, fixed = demo_environment(home, port=port), {"DEMO", "SMTP_URL", "MAIL_FOLDER"}
    else:
        made, fixed = _local(home, port=port), {"DEMO"}
        if environ.get("SMTP_URL"):
            del made["MAIL_FOLDER"]
    said = {name: environ[name] for name in made.keys() - fixed if environ.get(name)}
    return {**made, **said}


def _port(environ: Mapping[str, str]) -> int:
    given = environ.get("PORT", "")
    return int(given) if given.isdecimal() else DEFAULT_PORT


def _local(home: Path, *, port: int) -> dict[str, str]:
    mailbox = home / "mailbox"
    mailbox.mkdir(mode=0o700, exist_ok=True)
    return {
        "BASE_URL": f"http://localhost:{port}",
        "DESK_URL": f"http://localhost:{port + 1}",
        "MAIL_FOLDER": str(mailbox),
        "DOCUMENTS_FOLDER": str(home / "documents"),
        "DEMO": "false",
    }


def _prepare(home: Path, superuser_dsn: str, passwords: Mapping[str, str]) -> None:
    """Make keys and roles. Runs alone, before any command can join the server."""
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        if not _keys_file(home).exists():
            _draw_keys(home, connection)
        for statement in role_statements(server_version=connection.info.server_version):
            connection.execute(statement)
        for role in SIGN_IN:
            connection.execute(password_statement(role=role, password=passwords[role]))


def _draw_keys(home: Path, connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    if _exists(connection, DATABASE):
        raise KeysLost(
            f"{_keys_file(home)} is missing, and the data of this home are sealed with it. Put the"
            f" file back, or move {home} away to begin anew."
        )
    keys = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SEALING_KEYS": f"k1:{_key()}",
        "BLIND_INDEX_KEY": _key(),
        "PROVISIONAL_KEY": _key(),
    }
    write_private(_keys_file(home), json.dumps(keys, indent=1))


def _key() -> str:
    return b64encode(secrets.token_bytes(32)).decode()


def _keys_file(home: Path) -> Path:
    return home / "keys.json"


def _keys(home: Path) -> dict[str, str]:
    try:
        keys = json.loads(_keys_file(home).read_text())
    except (OSError, ValueError) as error:
        raise KeysLost(
            f"{_keys_file(home)} cannot be read ({type(error).__name__}). Put the file back, or"
            f" move {home} away to begin anew."
        ) from None
    return {name: str(value) for name, value in keys.items()}


def _superuser(
    server: EmbeddedServer, database: str = "postgres"
) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(server.dsn("superuser", database), autocommit=True)


def _exists(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> bool:
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return found.fetchone() is not None
