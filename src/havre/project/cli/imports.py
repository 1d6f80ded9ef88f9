"""``havre import``: feeds of members and statements, FHIR files, and templates to start from."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import click

from havre.exchanges import jsonl, sheets
from havre.exchanges.fhir.reading import FhirReading
from havre.exchanges.fhir.wording import told
from havre.foundation.db.roles import Role
from havre.journeys.loading.problems import WrongFeed
from havre.journeys.loading.records import Kind
from havre.journeys.loading.report import Report
from havre.journeys.loading.sample import sample
from havre.project import settings
from havre.project.cli import starting

Command = Callable[..., None]
_files = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
_dry_run = click.option(
    "--dry-run", is_flag=True, help="Tell what would become of every row, and keep nothing."
)


@click.group("import")
def import_command() -> None:
    """Load feeds. A command is all or nothing; the same files again change nothing."""


@import_command.command("members")
@_files
@_dry_run
def members(*, files: tuple[Path, ...], dry_run: bool) -> None:
    """Load people, contracts and formulas from JSON Lines, CSV or XLSX (docs/feeds.md)."""
    _import(files, "members", dry_run=dry_run)


@import_command.command("statements")
@_files
@_dry_run
def statements(*, files: tuple[Path, ...], dry_run: bool) -> None:
    """Load transfers and their lines from JSON Lines, CSV or XLSX (docs/feeds.md)."""
    _import(files, "statements", dry_run=dry_run)


@import_command.command("fhir")
@_files
@_dry_run
@click.option(
    "--number-system",
    metavar="URI",
    help="The system of the identifier that is the adherent number; otherwise one is issued.",
)
def from_fhir(*, files: tuple[Path, ...], dry_run: bool, number_system: str | None) -> None:
    """Load FHIR R4 bundles and resources, plain or gzipped; a folder stands for its files."""
    starting.start(Role.WORKER)
    from havre.project.cli import loading

    now = datetime.now(UTC)
    try:
        reading, report = loading.load_fhir(
            files, number_system=number_system, dry_run=dry_run, today=_day(now), now=now
        )
    except WrongFeed as wrong:
        loading.refuse(wrong)
    else:
        _tell_reading(reading, dry_run=dry_run)
        _tell(report, dry_run=dry_run)


@import_command.command("template")
@click.argument("kind", type=click.Choice(["members", "statements"]))
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "xlsx"]),
    default="jsonl",
    help="Spreadsheets are a file a record kind.",
)
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, writable=True, path_type=Path),
    default=Path(),
    help="Where spreadsheets are written; JSON Lines go to the standard output.",
)
def template(*, kind: Kind, form: Literal["jsonl"] | sheets.Format, folder: Path) -> None:
    """Write small fictional files of KIND to start from."""
    if form == "jsonl":
        click.echo(jsonl.template(kind), nl=False)
        return
    for path in sheets.write(folder, sample(kind), kind, form):
        click.echo(path)


def _import(files: tuple[Path, ...], kind: Kind, *, dry_run: bool) -> None:
    starting.start(Role.WORKER)
    from havre.project.cli import loading

    now = datetime.now(UTC)
    try:
        report = loading.load_feed(files, kind, dry_run=dry_run, today=_day(now), now=now)
    except WrongFeed as wrong:
        loading.refuse(wrong)
    else:
        _tell(report, dry_run=dry_run)


def _day(now: datetime) -> date:
    """The day at the operator's: what was settled there since midnight is not in the future."""
    return now.astimezone(ZoneInfo(settings.load().OPERATOR_TIME_ZONE)).date()


def _tell(report: Report, *, dry_run: bool) -> None:
    for line in report.lines():
        click.echo(line)
    if dry_run:
        click.echo("Dry run: nothing was kept.")


def _tell_reading(reading: FhirReading, *, dry_run: bool) -> None:
    for line in told(reading.remarks, each=dry_run):
        click.echo(line)
    for kind, count in sorted(reading.unmapped.items()):
        click.echo(f"{kind}: {count} not read")
    if reading.not_settled:
        click.echo(f"claims not settled: {len(reading.not_settled)}")
