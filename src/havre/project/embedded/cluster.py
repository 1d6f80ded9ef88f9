"""The folder that postgres owns: its data, and the folder of its socket."""

import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from havre.project.embedded.account import Account
from havre.project.embedded.folders import Folders
from havre.project.embedded.locks import Lock
from havre.project.embedded.passwords import SUPERUSER, write_private
from havre.project.embedded.programs import COPIES, MAJOR_VERSION, Programs
from havre.project.embedded.refusals import (
    FolderNotWritable,
    InitialisationFailed,
    OtherMajorVersion,
    not_writable,
)

PORT = 5432  # only names the socket: nothing listens on the network
_LONGEST_SOCKET_PATH = 103  # bytes; the kernel's structure holds 104 on macOS, 108 on Linux
_LAST_LINES = 12
_INITDB_OPTIONS = (
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--set=timezone=UTC",
    "--set=dynamic_shared_memory_type=mmap",
    "--no-instructions",
)


@dataclass(frozen=True)
class Cluster:
    """A folder entered only by the user that postgres runs as."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def unfinished_data(self) -> Path:
        return self.folder / "data.new"


def place(folders: Folders, account: Account) -> Cluster:
    """Find or make the cluster's folder: in the home, or a link there if `account` cannot enter."""
    linked = folders.cluster.is_symlink() and folders.cluster.exists()
    try:
        if not linked and (folders.cluster.is_dir() or account.enters(folders.base)):
            account.make_folder(folders.cluster)
        elif not linked:
            _link_elsewhere(folders, account)
    except OSError as error:
        raise not_writable(folders.cluster, error) from error
    cluster = Cluster(folders.cluster.resolve())
    if not account.enters(cluster.folder):
        raise FolderNotWritable(
            f"PostgreSQL runs as the user {account.name}, who cannot reach {cluster.folder}. Let "
            "others pass through the folders above it (`chmod o+x`), or choose another home."
        )
    return cluster


def _link_elsewhere(folders: Folders, account: Account) -> None:
    parent = COPIES / "clusters"
    for folder in (COPIES, parent):
        folder.mkdir(mode=0o755, exist_ok=True)
        folder.chmod(0o755)
    elsewhere = Path(tempfile.mkdtemp(prefix="cluster-", dir=parent))
    (elsewhere / "home.txt").write_text(f"{folders.home}\n")  # for whoever wonders whose this is
    account.give(elsewhere)
    folders.cluster.unlink(missing_ok=True)  # a link to nothing
    folders.cluster.symlink_to(elsewhere)


def initialise(
    cluster: Cluster,
    *,
    programs: Programs,
    account: Account,
    password: str,
    server_lock: Lock,
    fast: bool,
) -> None:
    """Make the data folder if there is none, aside and then renamed: it is whole or not there.

    Refuses with `OtherMajorVersion` or `InitialisationFailed`.
    """
    if cluster.data.exists():
        _check_version(cluster.data)
        return
    shutil.rmtree(cluster.unfinished_data, ignore_errors=True)
    password_file = cluster.folder / "password"
    try:
        write_private(password_file, password, owner=(account.uid, account.gid))
        _initdb(cluster, programs, account, password_file, server_lock, fast)
        cluster.unfinished_data.rename(cluster.data)
    finally:
        password_file.unlink(missing_ok=True)
    if not fast:
        _sync_folder(cluster.folder)


def _initdb(
    cluster: Cluster,
    programs: Programs,
    account: Account,
    password_file: Path,
    server_lock: Lock,
    fast: bool,
) -> None:
    done = subprocess.run(  # noqa: S603 - our own words
        [
            programs.initdb,
            f"--pgdata={cluster.unfinished_data}",
            f"--username={SUPERUSER}",
            f"--pwfile={password_file}",
            *_INITDB_OPTIONS,
            *(["--no-sync"] if fast else []),
        ],
        check=False,
        cwd="/",
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=(server_lock.descriptor,),
        umask=0o077,
        **account.popen_user(),
    )
    if done.returncode != 0:
        lines = done.stdout.decode(errors="replace").splitlines()[-_LAST_LINES:]
        raise InitialisationFailed(
            f"PostgreSQL could not make its data folder in {cluster.folder}. Mend what it says "
            "(free some space if the disk is full), then run this again. Its last lines:\n"
            + "\n".join(lines)
        )


def clean_environment() -> dict[str, str]:
    """Return this environment without what would change PostgreSQL's behaviour behind our back."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PG", "LC_")) and name not in {"LANG", "LANGUAGE", "TZ"}
    }
    return {**kept, "LC_ALL": "C"}


def _check_version(data: Path) -> None:
    try:
        found = (data / "PG_VERSION").read_text().strip()
    except OSError:
        found = "an unknown version of"
    if found != MAJOR_VERSION:
        raise OtherMajorVersion(
            f"The data in {data} were made by PostgreSQL {found}; this release of Havre runs "
            f"PostgreSQL {MAJOR_VERSION}. Take them out with pg_dump under the release that made "
            f"them, or move {data} away to begin anew."
        )


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def socket_folder(cluster: Cluster, account: Account) -> Path:
    """Return a folder that only `account` enters, on a path short enough for a socket."""
    folder = cluster.folder / "socket"
    if _socket_path_length(folder) <= _LONGEST_SOCKET_PATH:
        account.make_folder(folder)
        return folder
    name = hashlib.sha256(os.fsencode(cluster.folder)).hexdigest()[:12]
    return _owned_temporary_folder(f"havre-{account.uid}-{name}", account)


def _socket_path_length(folder: Path) -> int:
    return len(os.fsencode(folder / f".s.PGSQL.{PORT}"))


def _owned_temporary_folder(name: str, account: Account) -> Path:
    """Make a folder in the temporary folder, where anybody may have made it before us."""
    folder = Path(tempfile.gettempdir()) / name
    if _socket_path_length(folder) > _LONGEST_SOCKET_PATH:
        folder = Path("/tmp") / name  # noqa: S108 - owner and mode are checked below
    account.make_folder(folder)
    found = folder.lstat()
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == account.uid
    if not ours or stat.S_IMODE(found.st_mode) != 0o700:
        raise FolderNotWritable(
            f"{folder} belongs to somebody else or is open to others, and PostgreSQL's socket has "
            "to go there because the path of the home is too long. Remove it, or choose a home "
            "with a shorter path."
        )
    return folder
