"""Where an installation keeps its data and keys."""

import json
import stat
from base64 import b64decode

import psycopg
import pytest
from tests.project.conftest import temporary_home

from havre.foundation.db.roles import MAY_BECOME, SIGN_IN
from havre.project import installation
from havre.project.installation import KeysLost, open_installation
from havre.project.settings import WrongSettings

OWN = {
    "DATABASE_URL": "postgresql://havre_web@db/havre",
    "DATABASE_DESK_URL": "postgresql://havre_desk_web@db/havre",
    "DATABASE_WORKER_URL": "postgresql://havre_worker@db/havre",
    "DATABASE_OWNER_URL": "postgresql://havre_owner@db/havre",
}


@pytest.fixture(scope="module")
def opened():
    """An embedded installation, one for the tests of this module."""
    with temporary_home() as home:
        opened = open_installation({"HAVRE_HOME": str(home), "PORT": "8123"})
        installation.create_database(opened.server)
        yield home, opened
        opened.server.close()


def test_four_addresses_name_a_postgresql_of_ones_own():
    assert open_installation(OWN) == installation.Installation(environment={})


@pytest.mark.parametrize("given", list(OWN))
def test_some_addresses_only_are_refused_by_name(given: str):
    with pytest.raises(WrongSettings) as wrong:
        open_installation({given: OWN[given]})
    assert [line.partition(":")[0] for line in wrong.value.lines] == [n for n in OWN if n != given]


def test_the_demo_flag_is_refused_on_a_database_of_ones_own():
    with pytest.raises(WrongSettings, match="DEMO"):
        open_installation({**OWN, "DEMO": "true"})


def test_every_login_of_the_home_opens_and_may_take_its_roles_only(opened):
    _home, installed = opened
    for role in SIGN_IN:
        address = installed.environment[installation.SETTING_OF[role]]
        with psycopg.connect(address) as connection:
            assert connection.info.user == role
            taken = connection.execute(
                "SELECT rolname FROM pg_roles WHERE rolname <> session_user AND"
                " pg_has_role(session_user, oid, 'MEMBER') AND rolname LIKE 'havre%'"
            ).fetchall()
            assert {name for (name,) in taken} == set(MAY_BECOME.get(role, ()))


def test_keys_are_drawn_once_and_read_by_their_owner_only(opened):
    home, _installed = opened
    keys_file = home / "keys.json"
    assert stat.S_IMODE(keys_file.stat().st_mode) == 0o600
    keys = json.loads(keys_file.read_text())
    sealing = keys["SEALING_KEYS"].partition(":")[2]
    drawn = {sealing, keys["BLIND_INDEX_KEY"], keys["PROVISIONAL_KEY"]}
    assert len(drawn) == 3
    assert {len(b64decode(key)) for key in drawn} == {32}
    again = open_installation({"HAVRE_HOME": str(home)})
    assert keys.items() <= again.environment.items()
    again.server.close()


def test_keys_of_the_environment_do_not_replace_those_of_the_home(opened):
    home, installed = opened
    other = {"HAVRE_HOME": str(home), "SEALING_KEYS": "x:eA==", "OPERATOR_NAME": "X"}
    again = open_installation(other)
    assert again.environment["SEALING_KEYS"] == installed.environment["SEALING_KEYS"]
    again.server.close()


def test_a_home_without_the_demo_sends_mails_where_it_is_told(opened):
    home, _installed = opened
    by_server = open_installation({"HAVRE_HOME": str(home), "SMTP_URL": "smtp://mail.example"})
    assert "MAIL_FOLDER" not in by_server.environment
    by_server.server.close()


def test_a_home_is_the_demo_only_once_its_house_is_complete(opened):
    _home, installed = opened
    assert not installed.demo
    assert installed.environment["DEMO"] == "false"
    installation.create_database(installed.server, "aside", hurried=True)
    assert commits(installed.server, "aside") == "off"
    installation.drop_database(installed.server, installation.DATABASE)
    assert not installation.is_demo(installed.server)
    installation.adopt_demo(installed.server, "aside")
    assert installation.is_demo(installed.server)
    assert not installation.has_database(installed.server, "aside")
    assert commits(installed.server, installation.DATABASE) == "on"


def commits(server, database):
    """Whether a commit waits for the disk."""
    with psycopg.connect(server.dsn("superuser", database)) as connection:
        return connection.execute("SHOW synchronous_commit").fetchone()[0]


def test_the_demo_sends_no_mail_whatever_the_environment_says(opened):
    home, _installed = opened
    asked = {
        "HAVRE_HOME": str(home),
        "SMTP_URL": "smtp://mail.example",
        "MAIL_FOLDER": "/elsewhere",
    }
    again = open_installation(asked)
    assert again.environment["DEMO"] == "true"
    assert again.environment["SMTP_URL"] == ""
    assert again.environment["MAIL_FOLDER"] == str(home / "mailbox")
    again.server.close()


def test_lost_keys_are_not_replaced_while_data_are_sealed_with_them(opened):
    home, _installed = opened
    kept = (home / "keys.json").rename(home / "elsewhere.json")
    with pytest.raises(KeysLost, match=r"keys\.json"):
        open_installation({"HAVRE_HOME": str(home)})
    kept.rename(home / "keys.json")
