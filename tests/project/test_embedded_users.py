"""Who runs the embedded PostgreSQL, and where its files go when that user cannot reach the home."""

import os
import pwd
import shutil
import stat
import tempfile
from pathlib import Path

import psycopg
import pytest
from tests.project.embedded_commands import command, nothing_left, processes_of, said, wait_for

import havre
from havre.project.embedded import account, cluster, ensure, programs
from havre.project.embedded.account import Account
from havre.project.embedded.folders import Folders
from havre.project.embedded.programs import Programs
from havre.project.embedded.refusals import FolderNotWritable, NoUnprivilegedUser

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become somebody else")


@pytest.fixture
def nobody() -> Account:
    entry = pwd.getpwnam("nobody")
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, change=True)


@as_root
def test_root_runs_postgres_as_somebody_else(home: Path) -> None:
    with ensure(home, fast=True):
        owner = Path(f"/proc/{processes_of(home).postmaster}").stat().st_uid
    assert owner != 0


@as_root
def test_a_plain_user_runs_it_alone(new_home: Path) -> None:
    python = "/usr/bin/python3"  # the one that runs the tests may be under root's own folder
    site_packages = Path(psycopg.__file__).parents[1]
    if not Path(python).exists():
        pytest.skip("no system Python for a plain user")
    new_home.chmod(0o777)
    with command(
        new_home,
        stay=True,
        launched_by=("setpriv", "--reuid=nobody", "--clear-groups", python),
        environment={"PYTHONPATH": f"{Path(havre.__file__).parents[1]}:{site_packages}"},
    ) as user:
        assert said(user)
        nobody = pwd.getpwnam("nobody").pw_uid
        supervisor = Path(f"/proc/{processes_of(new_home).supervisor}")
        assert supervisor.stat().st_uid == nobody
        assert Folders(new_home).base.stat().st_uid == nobody
        assert stat.S_IMODE(Folders(new_home).base.stat().st_mode) == 0o700


@as_root
def test_a_home_of_roots_own_keeps_the_data_where_postgres_reaches_them(new_home: Path) -> None:
    new_home.chmod(0o700)
    link = Folders(new_home).cluster
    try:
        for _ in range(2):  # made, then found again
            with ensure(new_home, fast=True) as server:
                with psycopg.connect(server.superuser_dsn) as connection:
                    connection.execute("SELECT 1")
                elsewhere = link.readlink()
            wait_for(lambda: nothing_left(new_home), "the server's end")
        assert elsewhere.parent == programs.COPIES / "clusters"
        assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o700
        assert (elsewhere / "home.txt").read_text() == f"{new_home}\n"
    finally:
        shutil.rmtree(link.readlink())


@as_root
def test_programs_out_of_reach_are_copied_once(
    new_home: Path, nobody: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = programs.find(nobody).folder.parents[1]
    private = new_home / "private"
    private.mkdir(mode=0o700)
    for folder in (package, package.with_name(f"{package.name}.libs")):
        (private / folder.name).symlink_to(folder)
    unreachable = Programs(private / package.name / "pginstall18/bin")
    monkeypatch.setattr(programs, "_installed", lambda: unreachable)
    monkeypatch.setattr(programs, "COPIES", new_home / "copies")
    assert not unreachable.run_for(nobody)
    first = programs.find(nobody)
    assert first.run_for(nobody)
    made = first.postgres.stat().st_ctime_ns
    assert programs.find(nobody).postgres.stat().st_ctime_ns == made
    assert len(list((new_home / "copies").iterdir())) == 1


def test_root_without_any_other_user_is_told_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwall", lambda: [pwd.getpwuid(0)])
    with pytest.raises(NoUnprivilegedUser, match="useradd"):
        account.choose(tmp_path / "cluster")


def test_a_long_path_puts_the_socket_in_the_temporary_folder(new_home: Path) -> None:
    deep = new_home / ("a-long-name" * 12)
    with ensure(deep, fast=True) as server, psycopg.connect(server.superuser_dsn) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert server.socket_dir.parent == Path(tempfile.gettempdir())
        assert stat.S_IMODE(server.socket_dir.lstat().st_mode) == 0o700
    wait_for(lambda: nothing_left(deep), "the server's end")
    server.socket_dir.rmdir()


@pytest.mark.parametrize("trap", ["link", "open folder", "file"])
def test_a_socket_folder_made_by_somebody_else_is_refused(
    trap: str, new_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(new_home))
    ours = account.choose(new_home / "none")
    place = cluster.Cluster(new_home / ("a-long-name" * 12))
    good = cluster.socket_folder(place, ours)
    good.rmdir()
    if trap == "link":
        (new_home / "target").mkdir(mode=0o700)
        ours.give(new_home / "target")
        good.symlink_to(new_home / "target")
    elif trap == "open folder":
        good.mkdir()
        good.chmod(0o777)
    else:
        good.touch()
    with pytest.raises(FolderNotWritable, match="Remove it"):
        cluster.socket_folder(place, ours)
