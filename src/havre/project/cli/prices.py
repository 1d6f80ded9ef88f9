"""``havre prices``: what formulas and options cost."""

from pathlib import Path

import click

from havre.foundation.db.roles import Role
from havre.project.cli import starting


@click.group("prices")
def prices_command() -> None:
    """The price lists of products."""


@prices_command.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(*, file: Path) -> None:
    """Replace the price lists of the products that FILE, a CSV, names. All or nothing.

    Its columns: product, formula, option, name_fr, name_en, scheme, zone, from_age, to_age, monthly,
    currency, first_day, last_day.
    """
    starting.start(Role.WORKER)
    from havre.domains.pricing.actions import load_prices
    from havre.foundation.db import Actor, Channel, acting

    actor = Actor(name="havre prices load", channel=Channel.COMMAND, purpose="load prices")
    with acting(actor=actor, role=Role.EDITOR):
        number = load_prices(file.read_text(encoding="utf-8-sig"))
    starting.say(f"{number} lines are the price list now")
