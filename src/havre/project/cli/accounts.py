"""``havre accounts``: what a person must decide about accounts."""

from datetime import UTC, datetime
from uuid import UUID

import click

from havre.commons.accounts.words import Proof
from havre.foundation.db import Actor, Channel
from havre.foundation.db.roles import Role
from havre.project.cli import account_life, starting
from havre.project.cli.people import operator

_PROOF = click.option(
    "--proof",
    required=True,
    type=click.Choice([proof.value for proof in Proof]),
    help="How identity was proved.",
)


@click.group("accounts")
def accounts_command() -> None:
    """Members' accounts."""


for _command in (
    *(account_life.show, account_life.list_accounts, account_life.suspend),
    *(account_life.disable, account_life.delete, account_life.restore),
):
    accounts_command.add_command(_command)


@accounts_command.command("reports")
def reports() -> None:
    """List the accounts that are suspended because their owner said "it was not me"."""
    starting.start(Role.WORKER)
    from havre.journeys.account_security import reporting

    actor = Actor(name=operator(), channel=Channel.COMMAND, purpose="look at reported accounts")
    lines = reporting.waiting(actor=actor)
    for line in lines:
        person, report = line.person, line.report
        starting.say(
            f"{person.adherent_number or 'no number'}  {report.reported_at:%Y-%m-%d %H:%M}Z"
            f"  {report.denied or 'reported from the space'}\n"
            f"  {person.full_name}, {person.birth_date or 'birth date unknown'}\n"
            f"  on file: {person.email or 'no address'}, {person.phone or 'no phone'}"
        )
    starting.say(f"{len(lines)} waiting")


@accounts_command.command("remove-factors")
@click.argument("number")
@click.option("--reason", required=True, help="Why, without names: it stays in the history.")
@_PROOF
def remove_factors(*, number: str, reason: str, proof: str) -> None:
    """Remove every second factor of adherent NUMBER, who lost them all. The address on file is told.

    The password alone opens the account again: prove who asks by other means than the mailbox.
    """
    starting.start(Role.WORKER)
    from havre.journeys.account_security import factors

    removed = factors.remove_all(
        number=number, reason=f"{proof}, {reason}", by=operator(), now=datetime.now(UTC)
    )
    starting.say(f"{removed} removed." if removed else "There was none.")


@accounts_command.group("review")
def review() -> None:
    """Requests to open an account with an address that is not on file."""


@review.command("list")
def list_waiting() -> None:
    """List the requests that wait for a decision, or for its effect."""
    starting.start(Role.WORKER)
    from havre.journeys.account_opening import reviewing

    actor = Actor(name=operator(), channel=Channel.COMMAND, purpose="decide account openings")
    lines = reviewing.waiting(actor=actor)
    for line in lines:
        person, asked = line.person, line.review
        starting.say(
            f"{asked.id}  {asked.received_at:%Y-%m-%d %H:%M}Z  {asked.state}  {asked.reason}\n"
            f"  {person.full_name}, {person.birth_date or 'birth date unknown'},"
            f" number {person.adherent_number}\n"
            f"  on file: {person.email or 'no address'}, {person.phone or 'no phone'}\n"
            f"  asked for: {asked.typed_email}"
            + (
                f"\n  takes effect {asked.effective_at:%Y-%m-%d %H:%M}Z"
                if asked.effective_at
                else ""
            )
        )
    starting.say(f"{len(lines)} waiting")


@review.command("approve")
@click.argument("request", type=click.UUID)
@click.option(
    "--proof",
    required=True,
    type=click.Choice([proof.value for proof in Proof]),
    help="How identity was proved: the address typed in the form proves nothing.",
)
def approve(*, request: UUID, proof: str) -> None:
    """Approve REQUEST once identity is proved. The address on file is told, and the change waits."""
    starting.start(Role.WORKER)
    from havre.journeys.account_opening import reviewing

    effective_at = reviewing.approve(
        review=request, proof=Proof(proof), by=operator(), now=datetime.now(UTC)
    )
    starting.say(f"Approved. It takes effect {effective_at:%Y-%m-%d %H:%M}Z.")


@review.command("refuse")
@click.argument("request", type=click.UUID)
def refuse(*, request: UUID) -> None:
    """Refuse REQUEST, also one that was approved and has not taken effect."""
    starting.start(Role.WORKER)
    from havre.journeys.account_opening import reviewing

    reviewing.refuse(review=request, by=operator(), now=datetime.now(UTC))
    starting.say("Refused.")
