"""``havre mails``: what mail servers say of the mails that we sent."""

from datetime import UTC, datetime
from typing import BinaryIO

import click

from havre.foundation.db.roles import Role
from havre.foundation.delivery_reports import LARGEST, read_report
from havre.project.cli import starting


@click.group("mails")
def mails_command() -> None:
    """Mails that we sent."""


@mails_command.command("bounced")
@click.argument("reports", type=click.File("rb"), nargs=-1, required=True)
def bounced(*, reports: tuple[BinaryIO, ...]) -> None:
    """Take delivery reports (RFC 3464) in, from files or from a pipe (-)."""
    starting.start(Role.WORKER)
    from havre.commons.notifications import actions

    taken, now = 0, datetime.now(UTC)
    for report in reports:
        returned = read_report(report.read(LARGEST))
        if returned:
            taken += actions.note_returned(name=returned.name, for_good=returned.for_good, now=now)
    starting.say(f"{taken} of {len(reports)} tell of a mail of ours that came back.")
