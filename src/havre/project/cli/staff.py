"""``havre staff``: who works at the desk, from the machine that serves it."""

import os
from datetime import UTC, datetime

import click

from havre.commons.staff.words import Scope, StaffRole
from havre.foundation.db import Actor, Channel
from havre.foundation.db.roles import Role
from havre.project.cli import starting
from havre.project.cli.people import operator
from havre.project.installation import home_of


@click.group("staff")
def staff_command() -> None:
    """Those who serve members at the desk."""


@staff_command.command("invite")
@click.argument("email")
@click.option(
    "--role",
    "roles",
    required=True,
    multiple=True,
    type=click.Choice([role.value.lower() for role in StaffRole], case_sensitive=False),
    help="What they do; may be given several times.",
)
@click.option("--first-name", required=True, help="Members are shown it.")
@click.option("--last-name", required=True)
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
def invite(
    *, email: str, roles: tuple[str, ...], first_name: str, last_name: str, language: str
) -> None:
    """Invite EMAIL to the desk: the first administrator, then whoever that one has not invited.

    A mail leaves with a link and a code, which opens once, for three days.
    """
    starting.start(Role.WORKER)
    from havre.commons.staff import actions

    actions.invite(
        email=email,
        first_name=first_name,
        last_name=last_name,
        roles=[StaffRole(role.upper()) for role in roles],
        scope=Scope(),
        language=language,
        by=_by("invite staff"),
        now=datetime.now(UTC),
    )
    starting.say("Invited. The mail leaves with the next round of the worker.")


@staff_command.command("again")
@click.argument("email")
def again(*, email: str) -> None:
    """Invite EMAIL again: what they had stops opening, and a mail with a new code leaves.

    The way back for an administrator who lost everything, the last one too.
    """
    starting.start(Role.WORKER)
    from havre.commons.staff import actions, queries

    actions.invite_again(
        staff=queries.by_email(email=email),
        by=_by("invite again"),
        now=datetime.now(UTC),
        even_the_last=True,
    )
    starting.say("Invited again.")


@staff_command.command("end")
@click.argument("email")
def end(*, email: str) -> None:
    """End the access of EMAIL, now: every session, password and factor."""
    starting.start(Role.WORKER)
    from havre.commons.staff import actions, queries

    now = datetime.now(UTC)
    actions.end(
        staff=queries.by_email(email=email), by=_by("end access"), today=now.date(), now=now
    )
    starting.say("Ended.")


@staff_command.command("list")
def everybody() -> None:
    """List who works or worked here, without addresses."""
    starting.start(Role.WORKER)
    from havre.commons.staff import queries

    for one in queries.everybody():
        roles = ", ".join(role.value.lower() for role in one.roles)
        left = f" since {one.ended_on}" if one.ended_on else ""
        starting.say(f"{one.full_name}  {roles}  {one.state.value.lower()}{left}")


@staff_command.command("demo-code", hidden=True)
@click.argument("email")
def demo_code(*, email: str) -> None:
    """The code that the app of a person of the demo shows now, for who has no app at hand."""
    import pyotp

    from havre.project.demo.accounts import read_accounts

    people = {one.email: one for one in read_accounts(home_of(os.environ)).staff}
    if email not in people:
        raise click.ClickException(f"not of the demo's staff: {email}")
    starting.say(pyotp.TOTP(people[email].secret).now())


def _by(purpose: str) -> Actor:
    return Actor(name=operator(), channel=Channel.COMMAND, purpose=purpose)
