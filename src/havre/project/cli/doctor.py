"""``havre doctor``: one line for each thing that must be right."""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.text import Text

from havre.foundation.db.roles import SIGN_IN, Role
from havre.foundation.refusals import Refusal
from havre.project import settings
from havre.project.cli import starting
from havre.project.doctor import Finding, fine, wrong
from havre.project.doctor.database import examine_database
from havre.project.doctor.places import (
    examine_bounces,
    examine_documents,
    examine_home,
    examine_mail,
    examine_scanner,
    examine_seal,
)
from havre.project.doctor.settings import examine_settings, refused_settings
from havre.project.installation import Installation, home_of


@click.command("doctor")
def doctor_command() -> None:
    """Examine settings, database, row security, queue, mail, folders and clock.

    One line each, with a remedy where something is wrong; the status is then 1.
    """
    console = Console(highlight=False, soft_wrap=True)
    healthy = True
    for finding in examine():
        healthy = healthy and finding.ok
        console.print(_line(finding))
    sys.exit(0 if healthy else 1)


def examine() -> Iterator[Finding]:
    """Everything, in the order in which one thing rests on another."""
    try:
        installation = starting.enter_environment()
        house = settings.load()
    except settings.WrongSettings as refused:
        yield from refused_settings(refused)
        return
    except Refusal as refusal:
        yield wrong("embedded database", str(refusal), "")
        return
    if installation.server is not None:
        yield fine("embedded database", f"{'the demo' if installation.demo else 'runs'}")
    yield from examine_settings(house, os.environ)
    if not all(house.database_url(role) for role in SIGN_IN):
        return
    found = list(examine_database(house, now=lambda: datetime.now(UTC)))
    yield from found
    if all(one.ok for one in found if one.what.startswith("login")) and not house.missing():
        yield from _work(installation)
    if house.SMTP_URL or house.MAIL_FOLDER:
        yield examine_mail(house)
    yield examine_bounces(house)
    yield examine_documents(house)
    yield examine_scanner(house)
    yield examine_seal(house, now=datetime.now(UTC))
    if installation.server is not None:
        yield from examine_home(home_of(os.environ))


def _work(installation: Installation) -> Iterator[Finding]:
    starting.start(Role.WORKER, installation=installation)
    from django.db import DatabaseError

    from havre.project.doctor.work import examine_work

    try:
        yield from examine_work(now=datetime.now(UTC))
    except DatabaseError as error:
        said = str(error).splitlines()[0]
        yield wrong("tables", f"cannot be read ({said})", "Run `havre migrate`.")


def _line(finding: Finding) -> Text:
    mark = Text("ok", "green") if finding.ok else Text("!!", "bold red")
    remedy = f"  → {finding.remedy}" if finding.remedy else ""
    return Text.assemble(mark, f"  {finding.what}: {finding.said}", (remedy, "bold"))
