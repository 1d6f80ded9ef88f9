"""A small house of its own, with something sealed in every kind of place, and commands on it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from tests.project.conftest import temporary_home
from tests.project.embedded_commands import nothing_left, wait_for
from tests.project.test_cli import without_settings

from havre.project.installation import open_installation

NIR, OTHER_NIR = "269054958815780", "184127645108946"
_FURNISH = """
from datetime import UTC, datetime
from havre.foundation.db.roles import Role
from havre.project.cli import starting
starting.start(Role.OWNER)
from django.apps import apps
from havre.commons.documents import actions as documents
from havre.commons.documents.words import Compartment, DocumentKind
from havre.foundation.db import Actor, Channel, acting
household = apps.get_model("people", "Household").objects.get().id
with acting(actor=Actor("tests", Channel.COMMAND, "furnish")):
    for name in ("a.pdf", "b.pdf"):
        documents.record(
            documents.store([name.encode() * 100_000]), household=household,
            kind=DocumentKind.CERTIFICATE, compartment=Compartment.GENERAL,
            media_type="application/pdf", file_name=name, now=datetime.now(UTC),
        )
"""


def havre(
    home: Path, *arguments: object, expect: int = 0, **environment: str
) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        [sys.executable, "-m", "havre.project.cli", *map(str, arguments)],
        env={**without_settings(os.environ), "HAVRE_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == expect, done.stdout + done.stderr
    return done


@contextmanager
def a_house() -> Iterator[Path]:
    """Two people, a transfer, two documents, and a social security number that was another before."""
    with temporary_home() as home:
        havre(home, "migrate")
        feed = home / "members.jsonl"
        feed.write_text(havre(home, "import", "template", "members").stdout)
        havre(home, "import", "members", feed)
        feed.write_text(feed.read_text().replace(NIR, OTHER_NIR))
        havre(home, "import", "members", feed)
        feed.write_text(havre(home, "import", "template", "statements").stdout)
        havre(home, "import", "statements", feed)
        subprocess.run(
            [sys.executable, "-c", _FURNISH],
            env={**without_settings(os.environ), "HAVRE_HOME": str(home)},
            check=True,
        )
        yield home


@contextmanager
def a_copy(house: Path) -> Iterator[Path]:
    """A house of its own, as another is whose server has stopped."""
    wait_for(lambda: nothing_left(house), "the server's end")
    with temporary_home() as home:
        subprocess.run(["cp", "-a", f"{house}/.", home], check=True)
        yield home


@contextmanager
def an_empty_home(*, keys_of: Path | None = None) -> Iterator[Path]:
    """A home nothing was put in, with the keys of another where one is named."""
    with temporary_home() as home:
        if keys_of is not None:
            shutil.copy(keys_of / "keys.json", home)
        yield home


_GUARD = {
    "policies": "SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies",
    "forced": "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
    " WHERE relnamespace IN ('public'::regnamespace, 'health'::regnamespace)",
    "grants": "SELECT relname, relacl::text FROM pg_class"
    " WHERE relnamespace IN ('public'::regnamespace, 'health'::regnamespace)",
    "columns": "SELECT attrelid::regclass::text, attname, attacl::text FROM pg_attribute"
    " WHERE attacl IS NOT NULL",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger"
    " WHERE NOT tgisinternal",
    "functions": "SELECT proname, prosecdef, proacl::text, proowner::regrole::text FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace",
}


def rows(home: Path) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    with _inside(home) as connection:
        names = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'health')"
        ).fetchall()
        found = {}
        for name in names:
            text = sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(*name))
            table = ".".join(name).removeprefix("public.")
            found[table] = [row[0] for row in connection.execute(text)]
    return found


def guard(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """What keeps households apart and history whole, as the catalogue tells it."""
    with _inside(home) as connection:
        return {name: sorted(connection.execute(text), key=str) for name, text in _GUARD.items()}


@contextmanager
def _inside(home: Path) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    installation = open_installation({"HAVRE_HOME": str(home)})
    assert installation.server is not None
    with (
        installation.server as server,
        psycopg.connect(server.dsn("superuser", "havre")) as connection,
    ):
        yield connection


def files(home: Path) -> dict[str, bytes]:
    """Every file of the documents' folder, by its name."""
    folder = home / "documents"
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.glob("??/*")}
