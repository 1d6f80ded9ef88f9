"""``havre content``: what the house publishes, in versions."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from havre.foundation.db.roles import Role
from havre.project.cli import starting
from havre.project.cli.people import operator

if TYPE_CHECKING:
    from havre.commons.content.actions import Change, Folder

FOLDER = click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER"
)
BY = click.option(
    "--by", default=operator, help="Who publishes. By default, who is signed in here."
)
YES = click.option("--yes", is_flag=True, help="Publish without asking.")


@click.group("content")
def content_command() -> None:
    """What the house publishes: texts, questions, documents, contacts."""


@content_command.command("load")
@FOLDER
@click.option("--check", is_flag=True, help="Only read and check the files.")
@YES
@BY
def load(*, folder: Path, check: bool, yes: bool, by: str) -> None:
    """Publish the content of FOLDER: SLUG.LANGUAGE.md for legal texts, NAME.yaml for the rest.

    All of it or nothing, in French and in English. What changes is shown first.
    """
    starting.start(Role.WORKER)
    from havre.commons.content import actions

    found, now = _read(folder), datetime.now(UTC)
    if check:
        return starting.say(f"{len(found.texts)} texts and {len(found.documents)} kinds: all right")
    today = _day_of(now)
    changes = actions.changes(folder=found, today=today)
    if changes and not yes:
        _show(changes)
        click.confirm("Publish this?", abort=True)
    done = actions.publish(folder=found, author=by, now=now, today=today)
    for name in done.published:
        starting.say(f"published: {name}")
    return starting.say(f"{len(done.published)} published, {done.same} already there")


@content_command.command("diff")
@FOLDER
def diff(*, folder: Path) -> None:
    """Show what loading FOLDER would publish."""
    starting.start(Role.WORKER)
    from havre.commons.content import actions

    found = _read(folder)
    changes = actions.changes(folder=found, today=_day_of(datetime.now(UTC)))
    _show(changes)
    if not changes:
        starting.say("nothing to publish")


@content_command.command("history")
@click.argument("kind")
def history(*, kind: str) -> None:
    """List every version of KIND, the newest first. KIND is the name of a file: faq, contacts…"""
    starting.start(Role.WORKER)
    from havre.commons.content import queries

    _known(kind)
    for one in queries.history(kind=kind):
        back = f", back to version {one.back_to}" if one.back_to else ""
        starting.say(
            f"{one.number}  in force from {one.in_force_from}  published {one.loaded_at:%Y-%m-%d %H:%M}"
            f" UTC by {one.author}  {one.sha256[:12]}{back}"
        )


@content_command.command("back")
@click.argument("kind")
@click.argument("number", metavar="VERSION", type=int)
@BY
def back(*, kind: str, number: int, by: str) -> None:
    """Publish an earlier VERSION of KIND again, as a new one in force from today."""
    starting.start(Role.WORKER)
    from havre.commons.content import actions

    _known(kind)
    now = datetime.now(UTC)
    new = actions.publish_again(kind=kind, number=number, author=by, now=now, today=_day_of(now))
    starting.say(f"published: {kind} version {new}, which says again what version {number} said")


@content_command.command("answers")
@click.option("--days", default=30, show_default=True, help="How far back to count.")
def answers(*, days: int) -> None:
    """Count who said that an answer of the FAQ helped, those that helped least first."""
    starting.start(Role.WORKER)
    from havre.commons.content import queries

    since = _day_of(datetime.now(UTC)) - timedelta(days=days)
    for one in queries.answers(since=since):
        starting.say(f"{one.question}: helped {one.helped}, did not {one.did_not}")


def _read(folder: Path) -> "Folder":
    from django.conf import settings

    from havre.commons.content import actions
    from havre.project.house_facts import house_facts
    from havre.project.urls import page_names

    return actions.read_folder(folder, facts=house_facts(settings.HAVRE), pages=page_names())


def _known(kind: str) -> None:
    from havre.commons.content import actions

    if kind not in actions.kinds():
        raise click.BadParameter(f"{kind} is none of {', '.join(actions.kinds())}")


def _show(changes: "list[Change]") -> None:
    for change in changes:
        starting.say(f"== {change.name}, in force from {change.in_force_from}")
        for line in change.lines:
            starting.say(line)


def _day_of(now: datetime) -> date:
    from django.conf import settings

    return now.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)).date()
