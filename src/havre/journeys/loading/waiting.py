"""A feed that was refused, or loaded with remarks, waits at the desk until it loads well or is closed."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from uuid import UUID

from havre.commons.audit import actions as audit
from havre.commons.audit.words import LoadingOutcome
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Item, Source
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.loading.problems import MOST_PROBLEMS, WrongFeed
from havre.journeys.loading.report import Outcome, Report

_FEED = Actor(name="havre import", channel=Channel.FEED, purpose="tell what became of a feed")
_NEEDS = "members.change"


def refused(*, command: str, files: Iterable[str], wrong: WrongFeed, now: datetime) -> None:
    """Nothing of these files was kept: somebody reads why. Opens its transaction."""
    _waits(
        command,
        files,
        LoadingOutcome.REFUSED,
        wrong.text().splitlines(),
        remarks=len(wrong.problems) + wrong.more,
        now=now,
    )


def loaded(*, command: str, files: Iterable[str], report: Report, now: datetime) -> None:
    """These files are in: what was told of them before is settled, and waits again only where a warning
    came with them. Opens its transaction.
    """
    warnings = report.total(Outcome.WARNING)
    if warnings:
        told = [*islice(report.lines(), MOST_PROBLEMS)]
        _waits(command, files, LoadingOutcome.REMARKS, told, remarks=warnings, now=now)
        return
    with acting(actor=_FEED, role=Role.BATCH):
        settled = audit.forget_loading(command=command, files=files)
        if settled is not None:
            worklist.take_away(source=Source.IMPORT, source_id=settled)


def close(*, loading: UUID, reason: str, by: UUID, now: datetime) -> None:
    """Nothing more is done about it, and why. Needs the transaction of whoever says so at the desk."""
    audit.close_loading(loading=loading, reason=reason, by=by, now=now)
    worklist.take_away(source=Source.IMPORT, source_id=loading)


def _waits(
    command: str,
    files: Iterable[str],
    outcome: LoadingOutcome,
    told: list[str],
    *,
    remarks: int,
    now: datetime,
) -> None:
    with acting(actor=_FEED, role=Role.BATCH):
        loading = audit.note_loading(
            command=command, files=files, outcome=outcome, told=told, remarks=remarks, now=now
        )
        worklist.put(
            Item(
                source=Source.IMPORT,
                source_id=loading,
                kind=outcome,
                needs=_NEEDS,
                opened_at=now,
            )
        )
