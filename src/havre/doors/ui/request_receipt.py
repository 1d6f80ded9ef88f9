"""What the receipt of a request tells, on its page and on paper: what was sent, with which files."""

from datetime import datetime

from havre.commons.cases.queries import CaseSeen, ContentSeen, Whole
from havre.doors.ui.request_papers import given
from havre.doors.ui.request_recap import recap
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.registry import UnknownKind, kind_of
from havre.journeys.requests.words import Line, Paper


def chapters(whole: Whole, facts: Facts, *, now: datetime) -> list[tuple[str, tuple[Line, ...]]]:
    """What was sent, page by page, in words; nothing of a kind that is no longer there."""
    answers = whole.content.answers
    try:
        steps = kind_of(whole.case.kind).steps(facts, answers)
    except UnknownKind:
        return []
    told = [(one.title, recap(one, facts, answers, now=now)) for one in steps]
    return [(title, lines) for title, lines in told if lines]


def named_uploads(whole: Whole, facts: Facts) -> list[tuple[str, str]]:
    """Each file under what it was sent for."""
    named = {one.code: one.label for one in papers_of(whole.case, whole.content, facts)}
    return [(named.get(one.piece, ""), one.file_name) for one in given(whole.files)]


def papers_of(case: CaseSeen, content: ContentSeen, facts: Facts) -> tuple[Paper, ...]:
    """The checklist of a request that was sent."""
    try:
        return kind_of(case.kind).papers(facts, content.answers)
    except UnknownKind:
        return ()
