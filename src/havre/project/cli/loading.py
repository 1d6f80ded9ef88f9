"""Loading feeds from the command line, with a bar that moves."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from havre.exchanges import jsonl, sheets
from havre.exchanges.fhir.reading import FhirReading
from havre.exchanges.fhir.reading import read as read_fhir
from havre.journeys.loading import waiting
from havre.journeys.loading.batch import Batch
from havre.journeys.loading.gathering import gather
from havre.journeys.loading.load import load
from havre.journeys.loading.problems import Located, Problems, WrongFeed
from havre.journeys.loading.records import Kind, Record
from havre.journeys.loading.report import Report

Tell = Callable[[int, int], None]


def load_feed(
    paths: Iterable[Path], kind: Kind, *, dry_run: bool, today: date, now: datetime
) -> Report:
    """Load JSON Lines and spreadsheets, told apart by their names. Refuses with ``WrongFeed``."""
    files, command = list(paths), f"havre import {kind}"

    def read_and_load() -> Report:
        with bar(f"Reading {kind}") as tell:
            batch = gather(_records(files, kind, tell), today=today)
        return _load(batch, source=command, dry_run=dry_run, issue=False, now=now)

    if dry_run:
        return read_and_load()
    with _told(command, files, now=now) as told:
        report = read_and_load()
        told(report)
    return report


def load_fhir(
    paths: Iterable[Path], *, number_system: str | None, dry_run: bool, today: date, now: datetime
) -> tuple[FhirReading, Report]:
    """Load files of FHIR R4, all or nothing. Refuses with ``WrongFeed``."""
    files, command = list(paths), "havre import fhir"

    def read_and_load() -> tuple[FhirReading, Report]:
        with Console(stderr=True).status("Reading FHIR resources…"):
            reading = read_fhir(files, number_system, today)
            batch = gather(chain(reading.members, reading.statements), today=today)
        return reading, _load(batch, source=command, dry_run=dry_run, issue=True, now=now)

    if dry_run:
        return read_and_load()
    with _told(command, files, now=now) as told:
        reading, report = read_and_load()
        told(report)
    return reading, report


@contextmanager
def _told(command: str, files: list[Path], *, now: datetime) -> Iterator[Callable[[Report], None]]:
    """The desk learns what becomes of a loading that is no trial."""
    names = [path.name for path in files]
    try:
        yield lambda report: waiting.loaded(command=command, files=names, report=report, now=now)
    except WrongFeed as wrong:
        waiting.refused(command=command, files=names, wrong=wrong, now=now)
        raise


def _records(paths: Iterable[Path], kind: Kind, tell: Tell) -> Iterator[Located[Record]]:
    """The records of every file, in its dialect; what is wrong in one hides nothing of the others."""
    files, problems = list(paths), Problems()
    flat = [path for path in files if path.suffix.lower() in sheets.SUFFIXES]
    lines = [path for path in files if path not in flat]
    for read, those in ((jsonl.read, lines), (sheets.read, flat)):
        try:
            yield from read(those, kind, on_progress=tell)
        except WrongFeed as wrong:
            problems.take(wrong)
    problems.refuse()


def refuse(wrong: WrongFeed) -> None:
    """Tell every problem on its line: file, line, field and why. Ends the command."""
    for line in wrong.text().splitlines():
        click.echo(line, err=True)
    click.echo("Nothing was loaded.", err=True)
    raise click.exceptions.Exit(1)


def _load(batch: Batch, *, source: str, dry_run: bool, issue: bool, now: datetime) -> Report:
    with bar("Loading") as tell:
        return load(
            batch,
            actor_source=source,
            now=now,
            dry_run=dry_run,
            issue_numbers=issue,
            on_progress=tell,
            on_wait=lambda: click.echo("Another loading is running; this one waits.", err=True),
        )


@contextmanager
def bar(what: str) -> Iterator[Tell]:
    columns: Any = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    watched = console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=not watched) as progress:
        bar = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(bar, completed=done, total=total)
