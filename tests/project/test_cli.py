"""The ``havre`` command in a process of its own: what it says when something foreseeable is wrong."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping

import pytest
from click.testing import CliRunner
from django.conf import settings
from tests.project.conftest import temporary_home

from havre.foundation.db.roles import Role
from havre.project.cli import COMMANDS, main
from havre.project.installation import SETTING_OF, create_database, open_installation
from havre.project.settings import Settings

KEY, SEALING_KEYS = settings.HAVRE.BLIND_INDEX_KEY, settings.HAVRE.SEALING_KEYS
COMPLETE = {
    "SECRET_KEY": "tests only",
    "SEALING_KEYS": SEALING_KEYS,
    "BLIND_INDEX_KEY": KEY,
    "PROVISIONAL_KEY": KEY,
    "BASE_URL": "http://localhost",
    "SMTP_URL": "smtp://mail.example",
}
NOWHERE = "postgresql://havre_web:s3cret-word@127.0.0.1:9/havre"


def havre(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in an environment that holds none of our settings but these."""
    return subprocess.run(
        [sys.executable, "-m", "havre.project.cli", *arguments],
        env={**without_settings(os.environ), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def without_settings(environ: Mapping[str, str]) -> dict[str, str]:
    ours = {*Settings.model_fields, "PORT", "HAVRE_HOME", "HAVRE_DATABASE_USER"}
    ours.add("DJANGO_SETTINGS_MODULE")
    return {name: value for name, value in environ.items() if name not in ours}


def own_database(address: str) -> dict[str, str]:
    return dict.fromkeys(SETTING_OF.values(), address)


def refused(answer: "subprocess.CompletedProcess[str]") -> str:
    """What a command said when it refused, without a traceback."""
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""
    return answer.stderr


def test_help_needs_no_settings():
    answer = havre("--help")
    assert answer.returncode == 0
    shown = [name for name in COMMANDS if name not in {"install-demo", "reset"}]
    for name in shown:
        assert f"\n  {name} " in answer.stdout
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0
    assert "install-demo" not in answer.stdout


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_a_missing_setting_is_named(name: str):
    given = {key: value for key, value in COMPLETE.items() if key != name}
    said = refused(havre("serve", **own_database(NOWHERE), **given))
    assert f"  {name}: not set." in said


def test_a_wrong_setting_is_named_without_its_value():
    given = {**COMPLETE, "BLIND_INDEX_KEY": "c2VjcmV0"}
    said = refused(havre("serve", **own_database(NOWHERE), **given))
    assert "BLIND_INDEX_KEY: " in said
    assert "c2VjcmV0" not in said


@pytest.mark.parametrize(
    ("command", "setting"),
    [
        ("serve", "DATABASE_URL"),
        ("worker", "DATABASE_WORKER_URL"),
        ("migrate", "DATABASE_OWNER_URL"),
    ],
)
def test_a_database_that_cannot_be_reached_is_told_by_its_setting(command: str, setting: str):
    said = refused(havre(command, **own_database(NOWHERE), **COMPLETE))
    assert f"Error: {setting}: cannot sign in to PostgreSQL" in said
    assert "s3cret-word" not in said


def test_some_addresses_only_are_refused_by_name():
    said = refused(havre("worker", **COMPLETE, DATABASE_URL=NOWHERE))
    assert "DATABASE_WORKER_URL: not set, while DATABASE_URL is." in said
    assert "DATABASE_OWNER_URL: not set" in said


def test_the_demo_keeps_away_from_a_database_of_ones_own():
    said = refused(havre("demo", DATABASE_URL=NOWHERE))
    assert "DATABASE_URL: set, but the demo has a database of its own" in said


def test_a_port_in_use_says_how_to_take_another():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused(havre("demo", "--port", str(port)))
    assert f"cannot listen on port {port}" in said
    assert f"PORT={port + 1}" in said


@pytest.mark.django_db
def test_serving_is_refused_to_a_role_that_could_pass_row_security():
    """The tests' own address is a superuser's."""
    said = refused(havre("serve", **own_database(os.environ["DATABASE_URL"]), **COMPLETE))
    assert "does not keep households apart" in said
    assert "is a superuser" in said


def test_an_embedded_home_without_tables_says_to_migrate():
    with temporary_home() as home:
        said = refused(havre("serve", "--port", "8199", HAVRE_HOME=str(home)))
        assert "DATABASE_URL: cannot sign in" in said
        assert "Run `havre migrate` first" in said
        with open_installation({"HAVRE_HOME": str(home)}).server as server:
            create_database(server)
        said = refused(havre("serve", "--port", "8199", HAVRE_HOME=str(home)))
        assert "migrations are pending. Run `havre migrate` first" in said
        answer = havre("serve", "--host", "192.0.2.1", HAVRE_HOME=str(home))
        assert "serves this machine only" in refused(answer)


def test_the_roles_script_speaks_of_every_role():
    said = havre("migrate", "--roles", "--database", "members").stdout
    for role in Role:
        assert f'CREATE ROLE "{role}"' in said
    assert said.count(f'TO "{Role.WEB}"') >= 2
    assert 'ALTER DATABASE "members" OWNER TO "havre_owner"' in said
    assert "PASSWORD '" not in said


def test_a_template_can_be_had_without_a_database():
    answer = havre("import", "template", "members")
    assert answer.returncode == 0
    assert answer.stdout.splitlines()[-1].startswith('{"record":"trailer"')
