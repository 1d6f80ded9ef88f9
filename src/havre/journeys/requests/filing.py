"""Sending a request: its number, its receipt, its place in the queue, or none of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from havre.commons.cases import actions as cases
from havre.commons.cases.actions import Filed
from havre.commons.cases.queries import DraftSeen
from havre.commons.cases.words import By, Filing
from havre.foundation.db import Channel
from havre.foundation.refusals import Refusal
from havre.journeys.requests import mails
from havre.journeys.requests.checking import kept, problems_of
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.words import Problem


class NotComplete(Refusal):
    """Something is missing or wrong; ``problems`` say where and what to do."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


def file(
    *,
    kind: Kind,
    draft: DraftSeen,
    facts: Facts,
    papers: Sequence[UUID],
    channel: Channel,
    by: By,
    now: datetime,
    contests: UUID | None = None,
) -> Filed:
    """Put a draft on file with these papers, and its receipt in the outbox. Sent twice, it is filed once.

    Needs the guard of the household. Refuses ``NotComplete``, ``DraftGone`` and ``FiledOtherwise``.
    """
    if problems := problems_of(kind, facts, draft.answers):
        raise NotComplete(problems)
    answers = kept(kind, facts, draft.answers)
    filing = Filing(
        draft=draft.id,
        belongs=facts.belongs(kind.contract(facts, answers)),
        kind=kind.code,
        prefix=kind.prefix,
        title=kind.headline(facts, answers),
        answers=answers,
        papers=tuple(str(paper) for paper in papers),
        compartment=kind.compartment_of(answers),
        clocks=kind.clocks(now, answers),
        needs=kind.needs,
        channel=channel,
        by=by,
        contests=contests,
    )
    filed = cases.file(filing, now=now)
    if not filed.again:
        kind.filed(case=filed.case.id, facts=facts, answers=answers, now=now)
        mails.receipt(facts, filed.case, now=now)
        _told_where_contested(filing, now=now)
    return filed


def _told_where_contested(filing: Filing, *, now: datetime) -> None:
    """The decided request that a complaint is about says so too."""
    if filing.contests is not None:
        household = filing.belongs.household
        cases.contest(household=household, case=filing.contests, by=filing.by, now=now)
