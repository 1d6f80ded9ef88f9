"""``havre rates``: what currencies are worth, as the European Central Bank publishes it."""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import click

from havre.foundation.db.roles import Role
from havre.project.cli import starting

_ECB = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"
_LONGEST = 20_000_000
_SECONDS = 30


@click.group("rates")
def rates_command() -> None:
    """Exchange rates, for what was spent in another currency."""


@rates_command.command("load")
@click.argument("place", metavar="FILE|URL", default=_ECB)
def load(*, place: str) -> None:
    """Load the ECB's reference rates from a file or an https address, by default all it ever published.

    Run it each working day after 16:15, Central European time.
    """
    starting.start(Role.WORKER)
    from havre.domains.payments.actions import load_rates
    from havre.exchanges.ecb import read
    from havre.foundation.db import Actor, Channel, acting

    rates = list(read(_content(place)))
    actor = Actor(name="havre rates load", channel=Channel.COMMAND, purpose="load rates")
    with acting(actor=actor, role=Role.BATCH):
        taken = load_rates(rates)
    last = max((one.day for one in rates), default=None)
    starting.say(f"{taken.new} new, {len(taken.known)} already there; the last day is {last}")


def _content(place: str) -> bytes:
    parts = urlsplit(place)
    if parts.scheme != "https":
        path = Path(place)
        if not path.is_file():
            raise click.BadParameter("neither a file nor an https address", param_hint="FILE|URL")
        return path.read_bytes()
    try:
        with urlopen(place, timeout=_SECONDS) as answer:  # noqa: S310  # https alone
            content: bytes = answer.read(_LONGEST)
    except OSError as error:
        raise click.ClickException(f"{parts.hostname} does not answer: {error}") from None
    return content
