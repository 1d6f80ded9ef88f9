"""A throw-away house to measure: a durable embedded PostgreSQL, its roles, its databases."""

import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from havre.foundation.db.roles import Role
from havre.project.demo.papers import write_content
from havre.project.embedded import EmbeddedServer
from havre.project.installation import (
    DATABASE,
    SETTING_OF,
    create_database,
    demo_environment,
    drop_database,
    open_installation,
)

ROOT = Path(__file__).resolve().parent.parent.parent
HOME = Path(os.environ.get("BENCH_HOME") or ROOT / ".cache" / "bench").absolute()
_AT_ONCE = fcntl.LOCK_EX | fcntl.LOCK_NB
TEXTS = ROOT / "src" / "havre" / "project" / "demo" / "texts"


@dataclass(frozen=True)
class House:
    """The server, kept alive by this object, and the environment of commands that use it."""

    server: EmbeddedServer
    environment: Mapping[str, str]

    def address(self, role: Role, database: str = DATABASE) -> str:
        return self.server.dsn(role, database)

    def superuser(self, database: str = DATABASE) -> "psycopg.Connection[Any]":
        """Whom row security does not hold: only so can a control COPY."""
        return psycopg.connect(self.server.dsn("superuser", database))

    def settings(self, database: str = DATABASE) -> dict[str, str]:
        """The environment of a command on one of the databases."""
        addresses = {name: self.address(role, database) for role, name in SETTING_OF.items()}
        return {**os.environ, **self.environment, **addresses}

    def copy(self, name: str, *, of: str = DATABASE) -> None:
        """A database with the same tables, rows, statistics and grants; nobody may be in ``of``."""
        drop_database(self.server, name)
        with psycopg.connect(self.server.superuser_dsn, autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(of)
                )
            )
        create_database(self.server, name)  # grants on a database are not copied with it

    def analyse(self, database: str = DATABASE) -> None:
        """Statistics and visibility as autovacuum would leave them, so that no run waits for it."""
        with psycopg.connect(self.server.dsn("superuser", database), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")

    def drop(self, name: str) -> None:
        drop_database(self.server, name)


def build(port: int) -> House:
    """An empty house: migrated, with the legal texts; what an earlier run left is dropped."""
    HOME.mkdir(parents=True, exist_ok=True)
    _be_alone()
    installation = open_installation({"HAVRE_HOME": str(HOME), "PORT": str(port)})
    if installation.server is None:
        raise RuntimeError("the bench has an embedded PostgreSQL of its own")
    operator = demo_environment(HOME, port=port)
    house = House(installation.server, {**operator, **installation.environment})
    drop_database(house.server, DATABASE)
    create_database(house.server)
    havre(house, "migrate")
    havre(house, "content", "load", str(TEXTS), "--yes")
    with tempfile.TemporaryDirectory() as folder:
        write_content(Path(folder))
        havre(house, "content", "load", folder, "--yes")
    _check_durable(house)
    return house


def havre(house: House, *words: str) -> None:
    """Run a ``havre`` command; what it says is shown only when it fails."""
    ended = subprocess.run(
        [sys.executable, "-m", "havre.project.cli", *words],
        env=house.settings(),
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(f"havre {' '.join(words)}:\n{ended.stdout}{ended.stderr}")


def _be_alone() -> None:
    """Another run in the same folder would drop our database under us, and we its."""
    try:
        fcntl.flock(os.open(HOME / "bench.lock", os.O_CREAT | os.O_RDWR, 0o600), _AT_ONCE)
    except BlockingIOError:
        raise SystemExit(
            f"Another run uses {HOME}. Wait for it, or set BENCH_HOME to another folder."
        ) from None


def _check_durable(house: House) -> None:
    """Figures of a server that may lose what it confirmed would say nothing."""
    with house.superuser() as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            if row != ("on",):
                raise RuntimeError(f"{name} is {row}: the server is not durable")
