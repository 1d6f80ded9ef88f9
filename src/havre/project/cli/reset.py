"""``havre reset``: remove the embedded installation of a home."""

import os
import shutil
from contextlib import suppress

import click

from havre.project.cli import starting
from havre.project.embedded.folders import Folders
from havre.project.embedded.locks import Lock
from havre.project.embedded.refusals import StillBusy
from havre.project.installation import home_of

_OURS = ("keys.json", "demo-accounts.json")
_OUR_FOLDERS = ("mailbox", "documents", "seal")
_STOPS_WITHIN_SECONDS = 10.0


@click.command("reset", hidden=True)
def reset_command() -> None:
    """Remove the data of HAVRE_HOME, keys included. What else is in the folder stays."""
    home = home_of(os.environ)
    folders = Folders(home)
    if not folders.base.exists():
        starting.say(f"Nothing to remove in {home}")
        return
    if not _has_stopped(folders):
        raise click.ClickException(f"{home} is in use. Stop what uses it, then run this again.")
    shutil.rmtree(folders.cluster.resolve(), ignore_errors=True)  # may be a link to elsewhere
    shutil.rmtree(folders.base)
    for name in _OUR_FOLDERS:
        shutil.rmtree(home / name, ignore_errors=True)
    for name in _OURS:
        (home / name).unlink(missing_ok=True)
    with suppress(OSError):  # somebody keeps something there
        home.rmdir()
    starting.say(f"Removed the data of {home}")


def _has_stopped(folders: Folders) -> bool:
    """Whether the server is gone; one that is stopping is waited for."""
    with Lock(folders.alive_lock) as alive:
        try:
            alive.wait(seconds=_STOPS_WITHIN_SECONDS)
        except StillBusy:
            return False
    return True
