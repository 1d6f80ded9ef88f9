"""Loads a batch in one transaction under the batch role: all of it, or nothing."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.db.intake import RefusedByDatabase, check_at_once
from havre.journeys.loading import bank_accounts, members, statements
from havre.journeys.loading.batch import Batch
from havre.journeys.loading.problems import Location, Problem, WrongFeed
from havre.journeys.loading.report import Report
from havre.journeys.loading.resolve import resolve
from havre.journeys.loading.telling import tell_warnings

Progress = Callable[[int, int], None]

_LOADING_LOCK = 0x48415652  # "HAVR": one number for every loading into this database
_TELL_EVERY = 2_000


class _NothingKept(Exception):
    """Ends the transaction of a dry run."""


def load(
    batch: Batch,
    *,
    actor_source: str,
    now: datetime,
    dry_run: bool = False,
    issue_numbers: bool = False,
    on_progress: Progress | None = None,
    on_wait: Callable[[], None] | None = None,
) -> Report:
    """Load records of every kind, and report what became of each.

    ``actor_source`` is the command, for the history. A dry run does everything, tells of every row
    and keeps nothing. With ``issue_numbers``, people without an adherent number are given one.
    Another loading is waited for; ``on_wait`` is called before that. ``on_progress(done, total)``
    counts records. Refuses (``WrongFeed``) what contradicts the database.
    """
    actor = Actor(name=actor_source, channel=Channel.FEED, purpose="load a feed")
    report = Report(every_row=dry_run)
    try:
        with acting(actor=actor, role=Role.BATCH):
            _wait_for_others(on_wait)
            check_at_once()
            _load(batch, report, now, dry_run, issue_numbers, _Counter(len(batch), on_progress))
            if dry_run:
                raise _NothingKept
    except _NothingKept:
        pass
    except RefusedByDatabase as refused:
        raise WrongFeed([_refused(batch, refused)]) from None
    return report


def _load(
    batch: Batch,
    report: Report,
    now: datetime,
    dry_run: bool,
    issue_numbers: bool,
    counter: "_Counter",
) -> None:
    known = resolve(batch)
    before = set(known.persons)
    members.load_formulas(batch, known, report, every_row=dry_run)
    members.load_companies(batch, known, report, every_row=dry_run)
    members.load_people(batch, known, report, now=now, issue_numbers=issue_numbers, dry_run=dry_run)
    bank_accounts.load_bank_accounts(
        batch, known, report, known_before=before, now=now, every_row=dry_run
    )
    contracts = {
        **{key: contract.id for key, contract in known.contracts.items()},
        **members.load_contracts(batch, known, report, today=now.date(), every_row=dry_run),
    }
    counter.reach(len(batch) - len(batch.lines))
    statements.load_statements(
        batch, known, contracts, report, counted=counter.counted, every_row=dry_run, now=now
    )
    tell_warnings(report, batch)
    counter.reach(len(batch))


def _wait_for_others(on_wait: Callable[[], None] | None) -> None:
    """Two loadings at once would each miss what the other brings; the lock ends with us."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOADING_LOCK])
        (ours,) = cursor.fetchone() or (False,)
        if not ours:
            if on_wait:
                on_wait()
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOADING_LOCK])


def _refused(batch: Batch, refused: RefusedByDatabase) -> Problem:
    """The database names no row, and its text repeats values: so the file and the rule."""
    first = next(located for records in batch.by_type().values() for located in records)
    why = f"the database refuses a record ({refused.table}: {refused.rule}); nothing was loaded"
    return Problem(Location(first.location.file), None, why)


class _Counter:
    """Counts records on their way and tells now and then."""

    def __init__(self, total: int, on_progress: Progress | None) -> None:
        self._total = total
        self._done = 0
        self._tell = on_progress or (lambda _done, _total: None)

    def reach(self, done: int) -> None:
        self._done = done
        self._tell(done, self._total)

    def counted(self, records: Iterable[Any]) -> Iterator[Any]:
        for count, record in enumerate(records, 1):
            yield record
            if count % _TELL_EVERY == 0:
                self._tell(self._done + count, self._total)
