"""``havre backup`` and ``havre restore``: the database and the documents in one sealed archive."""

from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from havre.foundation.crypto import Vault
from havre.foundation.db.roles import Role
from havre.foundation.refusals import Refusal
from havre.project import settings
from havre.project.backup import backup, examine, restore
from havre.project.cli import starting
from havre.project.installation import Installation, create_database


class DoesNotOpen(Refusal):
    """Something that was restored does not open; the text says what."""


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_command(*, file: Path) -> None:
    """Write the database and the documents to FILE, sealed with the first of SEALING_KEYS.

    Members may go on meanwhile. FILE is nothing without the keys: keep those elsewhere.
    """
    installation = starting.start(Role.OWNER)
    house = settings.require()
    with _bar("Writing", None) as tell:
        written = backup(
            file,
            database_url=house.database_url(Role.OWNER),
            documents=house.DOCUMENTS_FOLDER,
            vault=_vault(house),
            provisional=b64decode(house.PROVISIONAL_KEY),
            now=datetime.now(UTC),
            on_progress=tell,
        )
    starting.say(f"{file}: {written.rows} rows, {written.files} documents, {written.size} bytes")
    if installation.server is not None:
        starting.say("The keys are in keys.json of the home: keep a copy of it elsewhere.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--check", is_flag=True, help="Only prove that FILE is whole and that the keys open it."
)
def restore_command(*, file: Path, check: bool) -> None:
    """Fill an empty database and the folder of documents from FILE, written by havre backup.

    The archive is read to its end first, so that one that was cut, altered or made with other keys
    changes nothing. On a PostgreSQL of your own, run what havre migrate --roles prints first.
    """
    installation = starting.enter_environment()
    house = settings.require()
    vault, provisional = _vault(house), b64decode(house.PROVISIONAL_KEY)
    size = file.stat().st_size
    if check:
        with _bar("Reading", size) as tell:
            found = examine(file, vault=vault, provisional=provisional, on_progress=tell)
    else:
        if installation.server is not None:
            create_database(installation.server)
        with _bar("Restoring", 2 * size) as tell:
            found = restore(
                file,
                database_url=house.database_url(Role.OWNER),
                documents=house.DOCUMENTS_FOLDER,
                vault=vault,
                provisional=provisional,
                on_progress=tell,
            )
        _prove(installation, vault, found.counts)
    rows = sum(found.counts.values())
    done = "whole" if check else "restored"
    starting.say(
        f"{file}: {done}, {rows} rows, {found.files} documents, of {found.manifest.made_at}"
    )


def _prove(installation: Installation, vault: Vault, expected: dict[str, int]) -> None:
    """As many rows as were dumped, and everything opens."""
    starting.start(Role.OWNER, installation=installation)
    from havre.project.backup.proving import different, unopened

    wrong = [*different(expected), *unopened(vault=vault)]
    if wrong:
        raise DoesNotOpen("restored, but not as it was:\n" + "\n".join(wrong))


def _vault(house: settings.Settings) -> Vault:
    return Vault.from_settings(house.SEALING_KEYS, house.BLIND_INDEX_KEY)


@contextmanager
def _bar(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        bar = progress.add_task(what, total=total)
        yield lambda done: progress.advance(bar, done)
