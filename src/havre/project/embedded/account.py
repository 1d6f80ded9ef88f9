"""Who runs postgres: this user, or for root an unprivileged one, since postgres refuses root."""

import os
import pwd
import stat
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from havre.project.embedded.refusals import NoUnprivilegedUser

_CANDIDATES = ("havre", "nobody")


class PopenUser(TypedDict, total=False):
    """The arguments of Popen that change the user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """The user that postgres runs as. `change` says that we are root and have to become it."""

    uid: int
    gid: int
    change: bool

    @property
    def name(self) -> str:
        """The user's name, for messages."""
        return pwd.getpwuid(self.uid).pw_name

    def popen_user(self) -> PopenUser:
        """Return what makes Popen start a process as this user."""
        if not self.change:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def make_folder(self, path: Path) -> None:
        """Create a folder that only this user enters; one that somebody else made stays theirs."""
        with suppress(FileExistsError):
            path.mkdir(mode=0o700)
        found = path.lstat()
        if stat.S_ISDIR(found.st_mode) and found.st_uid == 0:  # new, or root was killed right here
            self.give(path)

    def give(self, path: Path) -> None:
        """Make this user the owner of a file or folder of root's."""
        if self.change:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def enters(self, folder: Path) -> bool:
        """Say whether this user can pass through a folder: asked of the kernel, not worked out."""
        if not self.change:
            return True
        return _runs(["test", "-x", str(folder)], self)


def choose(cluster: Path) -> Account:
    """Return the user for the cluster: its owner if there is one already.

    Refuses with `NoUnprivilegedUser` when we are root and can become nobody else.
    """
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), change=False)
    for account in _accounts_for_root(cluster):
        if _runs(["true"], account):
            return account
    raise NoUnprivilegedUser(
        "PostgreSQL refuses to run as root, and this system has no other user to run it as. "
        "Create one (`useradd --system havre`), run Havre as a user that is not root, or set "
        "DATABASE_URL to a PostgreSQL of your own."
    )


def _accounts_for_root(cluster: Path) -> list[Account]:
    entries = [entry for entry in pwd.getpwall() if entry.pw_uid != 0]
    owner = cluster.stat().st_uid if cluster.exists() else 0
    found = [entry for entry in entries if entry.pw_uid == owner] or sorted(
        (entry for entry in entries if entry.pw_name in _CANDIDATES),
        key=lambda entry: _CANDIDATES.index(entry.pw_name),
    )
    return [Account(uid=entry.pw_uid, gid=entry.pw_gid, change=True) for entry in found]


def _runs(arguments: list[str], account: Account) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            arguments, check=False, cwd="/", capture_output=True, **account.popen_user()
        )
    except OSError:
        return False
    return done.returncode == 0
