"""The embedded PostgreSQL: one server for all commands of a home, and nothing left behind."""

import json
import os
import socket
import stat
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Timer

import psycopg
import pytest
from tests.project.embedded_commands import (
    Processes,
    command,
    kill,
    nothing_left,
    processes_of,
    said,
    wait_for,
)

from havre.project.embedded import ensure
from havre.project.embedded.folders import Folders
from havre.project.embedded.locks import Lock


def _one(dsn: str, query: str) -> tuple[object, ...]:
    with psycopg.connect(dsn, autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row


def _prepared(home: Path) -> int:
    """How often the server was prepared: a line each time."""
    told = home / "prepared"
    return len(told.read_text().splitlines()) if told.exists() else 0


def test_a_lasting_server_listens_to_nobody_else_and_writes_to_the_disk(new_home: Path) -> None:
    with ensure(new_home) as server:
        settings = _one(
            server.superuser_dsn,
            """SELECT current_setting('listen_addresses'), current_setting('fsync'),
                      current_setting('full_page_writes'), current_setting('synchronous_commit'),
                      current_setting('TimeZone'), current_setting('dynamic_shared_memory_type'),
                      (SELECT datlocprovider::text || datlocale FROM pg_database
                        WHERE datname = 'template1')""",
        )
        socket_mode = stat.S_IMODE(server.socket_dir.stat().st_mode)
        nobody_knows = server.dsn("superuser", "postgres", "guess")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(nobody_knows)
    assert settings == ("", "on", "on", "on", "UTC", "mmap", "bC.UTF-8")
    assert socket_mode == 0o700


def test_passwords_are_drawn_for_each_role_and_only_their_owner_reads_them(new_home: Path) -> None:
    with ensure(new_home, fast=True) as server:
        passwords = dict(server.passwords)
    file = Folders(new_home).passwords
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text()) == passwords
    signing_in = {"havre_owner", "havre_web", "havre_desk_web", "havre_worker"}
    assert set(passwords) == {"superuser", *signing_in}
    assert len(set(passwords.values())) == 5
    assert not any(password in repr(server) for password in passwords.values())


def test_a_second_command_joins_and_only_the_first_prepares(home: Path) -> None:
    prepared: list[str] = []
    with (
        ensure(home, fast=True, on_first_start=lambda dsn, _: prepared.append(dsn)) as first,
        ensure(home, fast=True, on_first_start=lambda dsn, _: prepared.append(dsn)) as second,
    ):
        assert prepared == [first.superuser_dsn] == [second.superuser_dsn]


def test_the_server_leaves_with_its_last_user_and_the_data_stay(home: Path) -> None:
    prepared: list[str] = []
    with (
        ensure(home, fast=True, on_first_start=lambda dsn, _: prepared.append(dsn)) as server,
        psycopg.connect(server.superuser_dsn, autocommit=True) as connection,
    ):
        connection.execute("CREATE DATABASE kept")
    wait_for(lambda: nothing_left(home), "the server's end")
    with ensure(home, fast=True, on_first_start=lambda dsn, _: prepared.append(dsn)) as server:
        assert _one(server.dsn("superuser", "kept"), "SELECT current_database()") == ("kept",)
    assert len(prepared) == 2


def test_a_command_that_comes_as_the_last_one_leaves_is_served(home: Path) -> None:
    for _ in range(3):
        server = ensure(home, fast=True)
        server.close()
        with ensure(home, fast=True) as server:
            assert _one(server.superuser_dsn, "SELECT 1") == (1,)


def test_six_commands_at_once_share_one_server(new_home: Path) -> None:
    with ExitStack() as all_six:
        commands = [
            all_six.enter_context(command(new_home, stay=True, prepare_seconds=0.3))
            for _ in range(6)
        ]
        starts = {said(one) for one in commands}
    assert len(starts) == 1
    assert "" not in starts
    assert _prepared(new_home) == 1


@pytest.mark.parametrize(
    "victims",
    [
        pytest.param(lambda launcher, _: [launcher], id="launcher"),
        pytest.param(lambda _, server: [server.supervisor], id="supervisor"),
        pytest.param(lambda _, server: [server.postmaster], id="postmaster"),
        pytest.param(lambda _, server: server.all_of_postgres, id="postmaster and backends"),
        pytest.param(
            lambda launcher, server: [launcher, server.supervisor, server.postmaster],
            id="all three",
        ),
    ],
)
def test_a_kill_leaves_nothing_stray_and_the_next_command_works(
    home: Path, victims: Callable[[int, Processes], list[int]]
) -> None:
    with command(home, stay=True) as user:
        first_start = said(user)
        server = processes_of(home)
        assert server.postmaster in server.all_of_postgres
        kill(*victims(user.pid, server))
        wait_for(lambda: nothing_left(home), "the end of what was not killed")
        with command(home) as after:
            second_start = said(after)
    assert second_start not in {"", first_start}


def test_the_next_command_need_not_wait_for_a_killed_server_to_be_gone(home: Path) -> None:
    with ensure(home, fast=True) as server:
        idle = psycopg.connect(server.superuser_dsn)
        kill(processes_of(home).postmaster)
        with ensure(home, fast=True) as again:
            assert _one(again.superuser_dsn, "SELECT 1") == (1,)
        idle.close()


def test_a_socket_that_takes_the_call_and_drops_it_is_no_answer(home: Path) -> None:
    with ensure(home, fast=True) as server:
        assert server.answers()
    wait_for(lambda: nothing_left(home), "the server's end")
    with socket.socket(socket.AF_UNIX) as dying:
        dying.bind(str(server.socket_dir / f".s.PGSQL.{server.port}"))
        dying.listen()
        Timer(0.2, dying.close).start()
        assert not server.answers()


def test_a_backend_killed_alone_does_not_end_the_server(home: Path) -> None:
    with ensure(home, fast=True) as server:
        victim = psycopg.connect(server.superuser_dsn)
        kill(victim.info.backend_pid)
        wait_for(lambda: _answers(server.superuser_dsn), "the server's own recovery")
        victim.close()


def _answers(dsn: str) -> bool:
    try:
        return _one(dsn, "SELECT 1") == (1,)
    except psycopg.OperationalError:
        return False


def test_a_server_whose_launcher_died_before_preparing_it_is_not_joined(home: Path) -> None:
    with Lock(Folders(home).users_lock).wait(shared=True, seconds=1):  # the server has another user
        with command(home, prepare_seconds=60):
            wait_for(lambda: _prepared(home), "the preparation")
        with command(home) as after:
            assert said(after)
    assert _prepared(home) == 2


def test_a_failed_preparation_stops_the_server_and_is_told(home: Path) -> None:
    def fail(dsn: str, passwords: object) -> None:
        raise LookupError("no such role file")

    with pytest.raises(LookupError, match="no such role file"):
        ensure(home, fast=True, on_first_start=fail)
    wait_for(lambda: nothing_left(home), "the server's end")


def test_half_made_data_are_made_anew(home: Path) -> None:
    cluster = Folders(home).cluster
    (cluster / "data").rename(cluster / "data.new")
    (cluster / "data.new/PG_VERSION").unlink()
    with ensure(home, fast=True) as server:
        assert _one(server.superuser_dsn, "SELECT 1") == (1,)
    assert not (cluster / "data.new").exists()


def test_a_process_id_left_by_a_crash_and_taken_by_another_process_is_no_obstacle(
    home: Path,
) -> None:
    data = Folders(home).cluster / "data"
    owner = data.stat().st_uid
    with subprocess.Popen(["sleep", "60"], user=None if owner == os.geteuid() else owner) as other:
        left = [other.pid, data, 0, 5432, "", "", "0 0", "ready"]
        (data / "postmaster.pid").write_text("".join(f"{line}\n" for line in left))
        try:
            with ensure(home, fast=True) as server:
                assert _one(server.superuser_dsn, "SELECT 1") == (1,)
        finally:
            other.kill()


def test_values_of_a_failing_statement_stay_out_of_the_log(home: Path) -> None:
    with (
        ensure(home, fast=True) as server,
        psycopg.connect(server.superuser_dsn) as connection,
        pytest.raises(psycopg.errors.InvalidTextRepresentation),
    ):
        connection.execute("SELECT '1850199999999'::uuid")
    log = Folders(home).log.read_text()
    assert "ready to accept connections" in log
    assert "1850199999999" not in log
