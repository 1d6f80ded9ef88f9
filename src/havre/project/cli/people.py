"""``havre people``: what an operator changes of a person's file."""

import getpass
from datetime import UTC, datetime

import click

from havre.foundation.db.roles import Role
from havre.project.cli import starting


@click.group("people")
def people_command() -> None:
    """People insured."""


@people_command.command("contact")
@click.argument("number")
@click.option("--email", required=True, help="The address; a feed will not replace it.")
def contact(*, number: str, email: str) -> None:
    """Set the e-mail address of the person whose adherent number is NUMBER."""
    starting.start(Role.WORKER)
    from havre.domains.people import actions

    actions.set_contact(adherent_number=number, email=email, by=operator(), now=datetime.now(UTC))
    starting.say("The address is set.")


def operator() -> str:
    """Who types, for the history: the login of this machine."""
    try:
        return f"command:{getpass.getuser()}"
    except (KeyError, OSError):  # a container's user may have no name
        return "command"
