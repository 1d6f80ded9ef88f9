"""``havre keys``: the keys that seal, and moving from one to the next."""

import secrets
from base64 import b64encode

import click
from rich.console import Console

from havre.foundation.crypto import Vault
from havre.foundation.db.roles import Role
from havre.project import settings
from havre.project.cli import starting


@click.group("keys")
def keys_command() -> None:
    """The keys that seal: how much is under each, and rotation."""


@keys_command.command("new")
@click.argument("name")
def new(*, name: str) -> None:
    """Print a new key called NAME, as SEALING_KEYS takes it. It is kept nowhere."""
    key = f"{name}:{b64encode(secrets.token_bytes(32)).decode()}"
    Vault.from_settings(key, b64encode(bytes(32)).decode())  # refuses a name that is none
    starting.say(key)


@keys_command.command("status")
def status() -> None:
    """Tell how many sealed values stand under each key, and which keys can go."""
    vault = _start()
    from havre.project.rotation import state

    standing: dict[str, int] = dict.fromkeys(vault.key_ids, 0)
    for place, keys in state().items():
        for key, number in sorted(keys.items()):
            starting.say(f"{place}: {number} under {key}")
            standing[key] = standing.get(key, 0) + number
    for key, number in standing.items():
        current = " (seals what is new)" if key == vault.key_ids[0] else ""
        remedy = "" if number or current else ": nothing is under it, it can leave SEALING_KEYS"
        lacking = "" if key in vault.key_ids else ": not in SEALING_KEYS, these cannot be read"
        starting.say(f"{key}{current}: {number}{remedy}{lacking}")


@keys_command.command("rotate")
def rotate() -> None:
    """Seal everything under the first of SEALING_KEYS. Stopped anywhere, it goes on when run again.

    Every process must know that key first: put it behind the others, restart, then put it in front.
    """
    vault = _start()
    from havre.project.rotation import Rotation

    console = Console(stderr=True)
    with console.status("Sealing") as shown:
        rotation = Rotation(
            vault,
            lambda what, _number: shown.update(f"Sealing: {what}, {rotation.done[what]}"),
        )
        rotation.run()
    for place, number in rotation.done.items():
        starting.say(f"{place}: {number} sealed under {vault.key_ids[0]}")
    starting.say(f"{sum(rotation.done.values())} sealed anew")
    if rotation.closed:
        for place, number in rotation.closed.items():
            starting.say(f"{place}: {number} do not open with any key, left as they are")
        raise click.exceptions.Exit(1)


def _start() -> Vault:
    starting.start(Role.OWNER)
    house = settings.require()
    return Vault.from_settings(house.SEALING_KEYS, house.BLIND_INDEX_KEY)
