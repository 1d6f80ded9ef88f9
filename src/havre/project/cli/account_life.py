"""The commands of ``havre accounts`` that show accounts, close them and open them again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from havre.commons.accounts.words import AccountState, ClosedFor, Proof
from havre.foundation.db.roles import Role
from havre.project.cli import starting
from havre.project.cli.people import operator

if TYPE_CHECKING:
    from havre.commons.accounts.queries.life import LifeSeen

_WHY = click.option("--why", required=True, help="Without names: it stays in the history.")
_REASONS = (
    *(ClosedFor.MISUSE, ClosedFor.ATTEMPTS, ClosedFor.FRAUD_REPORTED),
    *(ClosedFor.END_OF_RELATIONS, ClosedFor.DEATH),
)
_CLOSED = (AccountState.SUSPENDED, AccountState.DISABLED, AccountState.DELETED)


@click.command("show")
@click.argument("number")
def show(*, number: str) -> None:
    """Show the account of adherent NUMBER: its state, why and since when. No name, no address."""
    starting.start(Role.WORKER)
    from havre.journeys.account_life import states

    seen = states.show(number=number, by=operator())
    lines = {
        "state": _told(seen),
        "since": _moment(seen.since),
        "by": seen.by,
        "opened": _moment(seen.opened_at),
        "last sign-in": _moment(seen.signed_in_at) if seen.signed_in_at else "never",
        "access ends": seen.access_ends_on and f"{seen.access_ends_on} (announced)",
    }
    for label, value in lines.items():
        if value:
            starting.say(f"{label:13} {value}")


@click.command("list")
@click.option(
    "--state",
    "states_named",
    multiple=True,
    type=click.Choice([state.value for state in AccountState]),
    help="Which state, again for another. Without it, those that are closed.",
)
def list_accounts(*, states_named: tuple[str, ...]) -> None:
    """List accounts by state, the last closed first, with their adherent number and why."""
    starting.start(Role.WORKER)
    from havre.journeys.account_life import states

    wanted = tuple(AccountState(one) for one in states_named) or _CLOSED
    lines = states.listed(states=wanted, by=operator())
    for seen, number in lines:
        starting.say(f"{number or 'no number':14} {_told(seen):28} {_moment(seen.since)}")
    more = " or more: only these are listed" if len(lines) == states.LISTED else ""
    starting.say(f"{len(lines)}{more}")


@click.command("suspend")
@click.argument("number")
@_WHY
def suspend(*, number: str, why: str) -> None:
    """Suspend the account of adherent NUMBER until it is restored, as its owner asked."""
    starting.start(Role.WORKER)
    from havre.journeys.account_life import states

    states.suspend(number=number, why=why, by=operator(), now=datetime.now(UTC))
    starting.say("Suspended. Its sessions ended.")


@click.command("disable")
@click.argument("number")
@click.option(
    "--reason",
    required=True,
    type=click.Choice([reason.value for reason in _REASONS]),
    help="Which of the reasons of the terms of use; its owner reads it at sign-in.",
)
@click.option("--why", default="", help="More, without names: it stays in the history.")
def disable(*, number: str, reason: str, why: str) -> None:
    """Disable the account of adherent NUMBER for a reason of the house's."""
    starting.start(Role.WORKER)
    from havre.journeys.account_life import states

    states.disable(
        number=number,
        reason=ClosedFor(reason),
        why=why,
        by=operator(),
        now=datetime.now(UTC),
    )
    starting.say("Disabled. Its sessions ended.")


@click.command("delete")
@click.argument("number")
@_WHY
@click.option("--yes", is_flag=True, help="Without this, nothing is deleted.")
def delete(*, number: str, why: str, yes: bool) -> None:
    """Delete the account of adherent NUMBER. There is no way back but to open one anew.

    Password, factors, devices, sessions and dates of sign-in go. The contracts stay, and so does the
    trace: that there was an account, until when, and which terms were accepted.
    """
    if not yes:
        raise click.ClickException("Nothing was deleted. To delete for good, add --yes.")
    starting.start(Role.WORKER)
    from havre.journeys.account_life import states

    states.delete(number=number, why=why, by=operator(), now=datetime.now(UTC))
    starting.say("Deleted.")


@click.command("restore")
@click.argument("number")
@click.option(
    "--proof",
    required=True,
    type=click.Choice([proof.value for proof in Proof]),
    help="How identity was proved.",
)
@click.option(
    "--email",
    required=True,
    help="The address as its owner says it: the one on file may be a thief's.",
)
def restore(*, number: str, proof: str, email: str) -> None:
    """Open the closed account of adherent NUMBER again; its owner then asks for a new password.

    Its password and every second factor are removed. Prove who asks by a phone number older than the
    closing: whoever got in may have changed the one on file.
    """
    starting.start(Role.WORKER)
    from havre.journeys.account_life import states

    states.restore(
        number=number, proof=Proof(proof), email=email, by=operator(), now=datetime.now(UTC)
    )
    starting.say("Restored. Its owner was told how to get a new password.")


def _told(seen: LifeSeen) -> str:
    return f"{seen.state} ({seen.why})" if seen.why else str(seen.state)


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z"
