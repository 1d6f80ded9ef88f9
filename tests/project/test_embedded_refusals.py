"""What the embedded PostgreSQL says when it cannot be had: the cause and the remedy."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.project.embedded_commands import nothing_left

from havre.project.embedded import account, cluster, ensure
from havre.project.embedded.folders import Folders
from havre.project.embedded.locks import Lock
from havre.project.embedded.programs import Programs
from havre.project.embedded.refusals import (
    FolderNotWritable,
    InitialisationFailed,
    OtherDurability,
    OtherMajorVersion,
    PasswordsLost,
    StartFailed,
    StillBusy,
)


@pytest.fixture
def data(home: Path) -> Path:
    return Folders(home).cluster / "data"


@pytest.fixture
def _not_root() -> Iterator[None]:
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.mark.usefixtures("_not_root")
def test_a_folder_that_cannot_be_written_is_named() -> None:
    with pytest.raises(FolderNotWritable, match=r"/proc/havre.*DATABASE_URL"):
        ensure(Path("/proc/havre"))


def test_a_home_of_another_user_is_named(home: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root, to become somebody else")
    os.seteuid(65534)
    try:
        with pytest.raises(FolderNotWritable, match="Permission denied"):
            ensure(home, fast=True)
    finally:
        os.seteuid(0)


def test_a_failing_initdb_shows_its_last_lines(new_home: Path) -> None:
    initdb = new_home / "initdb"
    initdb.write_text("#!/bin/sh\necho copying\necho No space left on device >&2\nexit 1\n")
    initdb.chmod(0o755)
    folders = Folders(new_home)
    folders.make()
    user = account.choose(folders.cluster)
    place = cluster.place(folders, user)
    with (
        Lock(folders.server_lock) as server_lock,
        pytest.raises(InitialisationFailed, match=r"free some space(.|\n)*No space left on device"),
    ):
        cluster.initialise(
            place,
            programs=Programs(new_home),
            account=user,
            password="secret",
            server_lock=server_lock,
            fast=True,
        )
    assert list(place.folder.iterdir()) == []  # and the password is not left behind


def test_a_server_that_does_not_start_shows_its_log(home: Path, data: Path) -> None:
    settings = data / "postgresql.auto.conf"
    before = settings.read_text()
    settings.write_text("max_connections = many\n")
    with pytest.raises(StartFailed, match="max_connections"):
        ensure(home, fast=True)
    settings.write_text(before)
    with ensure(home, fast=True) as server:
        psycopg.connect(server.superuser_dsn).close()


def test_data_of_another_major_version_are_left_alone(home: Path, data: Path) -> None:
    version = data / "PG_VERSION"
    version.write_text("16\n")
    with pytest.raises(OtherMajorVersion, match=r"PostgreSQL 16.*pg_dump"):
        ensure(home, fast=True)
    assert (data / "base").exists()
    version.write_text("18\n")


def test_lost_passwords_are_told_and_not_drawn_anew(home: Path) -> None:
    passwords = Folders(home).passwords
    before = passwords.read_text()
    passwords.write_text("{")
    with pytest.raises(PasswordsLost, match="Put the file back"):
        ensure(home, fast=True)
    passwords.write_text(before)
    assert nothing_left(home)


def test_a_throw_away_server_never_gets_lasting_data(home: Path) -> None:
    with ensure(home, fast=True), pytest.raises(OtherDurability, match="throw-away"):
        ensure(home)


def test_a_lasting_server_is_never_made_fast(new_home: Path) -> None:
    with ensure(new_home), pytest.raises(OtherDurability, match="lasting data"):
        ensure(new_home, fast=True)


def test_a_lock_kept_by_another_process_is_told(tmp_path: Path) -> None:
    with (
        Lock(tmp_path / "some.lock").wait(seconds=1),
        pytest.raises(StillBusy, match=r"fuser .*some.lock"),
    ):
        Lock(tmp_path / "some.lock").wait(seconds=0.05)
