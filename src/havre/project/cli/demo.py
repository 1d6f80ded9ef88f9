"""``havre demo``: a fictional house to try, on this machine only."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from havre.project.cli import starting
from havre.project.cli.serve import check_port
from havre.project.demo.accounts import read_accounts
from havre.project.installation import (
    DEFAULT_HOME,
    DEFAULT_PORT,
    SETTING_OF,
    open_installation,
)
from havre.project.processes import run_together
from havre.project.settings import WrongSettings


@click.command("demo")
@click.option(
    "--port", envvar="PORT", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True
)
@click.option(
    "--home",
    envvar="HAVRE_HOME",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT_HOME,
    show_default=True,
    help="The folder that keeps the data.",
)
def demo_command(*, port: int, home: Path) -> None:
    """Load a fictional house if there is none yet, and serve it on this machine.

    Everything is kept in the home folder: remove it to begin anew.
    """
    if given := [name for name in SETTING_OF.values() if os.environ.get(name)]:
        raise WrongSettings(
            [f"{name}: set, but the demo has a database of its own. Unset it." for name in given]
        )
    desk = port + 1
    check_port("127.0.0.1", port)
    check_port("127.0.0.1", desk)
    home = home.absolute()
    here = {"HAVRE_HOME": str(home), "PORT": str(port), "BASE_URL": f"http://localhost:{port}"}
    here["DESK_URL"] = f"http://localhost:{desk}"
    # The children find the server by themselves; held here, it does not stop between two of them.
    held = open_installation(here)
    if status := run_together([starting.havre("install-demo", **here)]):
        sys.exit(status)
    for line in read_accounts(home).lines():
        starting.say(line)
    status = run_together(
        [
            starting.havre("serve", **here),
            starting.havre("serve", "--door", "desk", **{**here, "PORT": str(desk)}),
            starting.havre("worker", **here),
        ]
    )
    del held
    sys.exit(status)


@click.command("install-demo", hidden=True)
def install_demo_command() -> None:
    """Migrate the home's database and load the demo house if there is none."""
    from havre.project.demo import install

    install.install(os.environ, now=datetime.now(UTC))
