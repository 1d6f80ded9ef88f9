"""Everything that reads requests. Each asks for one household, but the desk's look-up by number."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, QuerySet
from django.db.models.fields.tuple_lookups import TupleLessThan

from havre.commons.cases.models import (
    Ask,
    Case,
    Content,
    Decision,
    Delay,
    Draft,
    Event,
    Note,
    Opinion,
    Published,
    content_place,
    event_place,
    note_place,
)
from havre.commons.cases.queries.seen import (
    AskSeen,
    CaseSeen,
    ContentSeen,
    DecisionSeen,
    DelaySeen,
    DraftSeen,
    EventSeen,
    NoteSeen,
    ask_seen,
    decision_seen,
    draft_seen,
    opened,
    seen,
)
from havre.commons.cases.queries.whole import (
    Story,
    Waiting,
    Whole,
    story_of,
    waiting,
    whole_of,
)
from havre.commons.cases.rules import number_of, serial_in
from havre.commons.cases.words import (
    OPEN,
    TOLD,
    AskState,
    CaseStatus,
    DecisionState,
    EventKind,
    Side,
)
from havre.commons.documents import queries as documents
from havre.commons.documents.queries import UploadSeen
from havre.foundation.db import Channel, live

__all__ = [
    "PAGE",
    "After",
    "AskSeen",
    "CaseSeen",
    "Cases",
    "ContentSeen",
    "DecisionSeen",
    "DelaySeen",
    "DraftSeen",
    "EventSeen",
    "NoteSeen",
    "PublishedSeen",
    "Story",
    "Waiting",
    "Whole",
    "ask_seen",
    "asks_of",
    "case_numbered",
    "case_of",
    "cases_of",
    "content_of",
    "decision_of",
    "decision_seen",
    "decisions_of",
    "delays",
    "draft_of",
    "draft_seen",
    "drafts_at_desk",
    "drafts_of",
    "events_of",
    "found_case",
    "has_opinion",
    "notes_of",
    "numbers_of",
    "open_asks",
    "open_contents",
    "opened",
    "pending",
    "published",
    "seen",
    "story_of",
    "topic_of",
    "waiting",
    "whole_of",
]
PAGE = 20
_DRAFTS = 50


class After(NamedTuple):
    """Where a page begins: behind this request."""

    filed_at: datetime
    id: UUID


@dataclass(frozen=True)
class Cases:
    """A page of requests with their titles, and where the next begins."""

    cases: tuple[tuple[CaseSeen, str], ...]
    older: After | None


def drafts_of(*, household: UUID, membership: UUID) -> list[DraftSeen]:
    """What a member is writing online, the newest first. One statement."""
    rows = _drafts(household, membership).filter(channel=Channel.ONLINE)
    return [draft_seen(row) for row in rows[:_DRAFTS]]


def drafts_at_desk(*, household: UUID, membership: UUID) -> list[DraftSeen]:
    """What the desk is writing for a member, the newest first. One statement.

    Those about health to who has opened it, under that role.
    """
    rows = _drafts(household, membership).exclude(channel=Channel.ONLINE)
    return [draft_seen(row) for row in rows[:_DRAFTS]]


def _drafts(household: UUID, membership: UUID) -> QuerySet[Draft]:
    rows = Draft.objects.filter(household_id=household, membership_id=membership)
    return rows.order_by("-saved_at")


def draft_of(*, household: UUID, draft: UUID) -> DraftSeen | None:
    """A draft of the household; another household's is not there. One statement."""
    row = Draft.objects.filter(household_id=household, id=draft).first()
    return draft_seen(row) if row else None


def draft_with_files(
    *, household: UUID, draft: UUID
) -> tuple[DraftSeen, tuple[UploadSeen, ...]] | None:
    """The same, and what was sent for it, in the order it was begun. One statement."""
    rows = Draft.objects.filter(household_id=household, id=draft)
    row = rows.annotate(files=documents.sent_for(OuterRef("id"))).first()
    return (draft_seen(row), documents.uploads_in(row.files)) if row else None


def case_of(*, household: UUID, case: UUID) -> CaseSeen | None:
    """A request of the household; another household's is not there. One statement."""
    row = Case.objects.filter(household_id=household, id=case).first()
    return seen(row) if row else None


def topic_of(case: UUID) -> str:
    """Under which name it is told that something happened to a request (see ``foundation.db.live``)."""
    return live.topic("case", case)


def found_case(*, case: UUID) -> CaseSeen | None:
    """A request of any household, by its id: for the desk. One statement."""
    row = Case.objects.filter(id=case).first()
    return seen(row) if row else None


def case_numbered(typed: str) -> CaseSeen | None:
    """The request of this number, of any household: for the desk. One statement."""
    serial = serial_in(typed)
    row = Case.objects.filter(serial=serial).first() if serial is not None else None
    return seen(row) if row else None


def numbers_of(*, household: UUID, membership: UUID, cases: Iterable[UUID]) -> dict[UUID, str]:
    """The numbers of those of these requests that a member made. One statement."""
    rows = Case.objects.filter(household_id=household, membership_id=membership, id__in=set(cases))
    return {
        row: number_of(prefix, year, serial)
        for row, prefix, year, serial in rows.values_list("id", "prefix", "year", "serial")
    }


def cases_of(
    *,
    household: UUID,
    membership: UUID | None = None,
    statuses: frozenset[CaseStatus] | None = None,
    after: After | None = None,
    size: int = PAGE,
) -> Cases:
    """Requests of a household, or of one membership of it, the newest first. Two statements."""
    rows = Case.objects.filter(household_id=household).order_by("-filed_at", "-id")
    if membership is not None:
        rows = rows.filter(membership_id=membership)
    if statuses is not None:
        rows = rows.filter(status__in=statuses)
    if after is not None:
        rows = rows.filter(TupleLessThan(("filed_at", "id"), after))
    found = [seen(row) for row in rows[: size + 1]]
    titles = _titles(household, [one.id for one in found[:size]])
    shown = tuple((one, titles.get(one.id, "")) for one in found[:size])
    last = shown[-1][0] if len(found) > size else None
    return Cases(shown, After(last.filed_at, last.id) if last else None)


def content_of(*, household: UUID, case: UUID) -> ContentSeen | None:
    """What a request says; none for whom its compartment is closed. One statement."""
    row = Content.objects.filter(household_id=household, id=case).first()
    if row is None:
        return None
    return _content(row)


def open_contents(*, household: UUID, kind: str) -> list[tuple[CaseSeen, ContentSeen]]:
    """The requests of a kind that are not decided, with what they say. Two statements."""
    cases = Case.objects.filter(household_id=household, kind=kind, status__in=OPEN)
    found = {row.id: seen(row) for row in cases.order_by("-filed_at")[:50]}
    rows = Content.objects.filter(household_id=household, id__in=list(found))
    return [(found[row.id], _content(row)) for row in rows]


def events_of(*, household: UUID, case: UUID, told: bool) -> list[EventSeen]:
    """What happened, the oldest first; ``told``: what the member's timeline tells. One statement."""
    rows = Event.objects.filter(household_id=household, case_id=case).order_by("at", "id")
    if told:
        rows = rows.filter(kind__in=TOLD)
    return [
        EventSeen(
            id=row.id,
            kind=EventKind(row.kind),
            at=row.at,
            side=Side(row.side),
            by=row.by,
            by_name=row.by_name,
            words=opened(row.words, event_place(row.id)),
        )
        for row in rows
    ]


def asks_of(*, household: UUID, case: UUID) -> list[AskSeen]:
    """What was asked of the member for one request, the oldest first. One statement."""
    rows = Ask.objects.filter(household_id=household, case_id=case).order_by("asked_at", "id")
    return [ask_seen(row) for row in rows]


def open_asks(*, household: UUID, membership: UUID) -> list[tuple[CaseSeen, AskSeen]]:
    """What waits for a member, with its request, the oldest first. One statement."""
    rows = (
        Ask.objects.select_related("case")
        .filter(household_id=household, state=AskState.OPEN)
        .filter(case__household_id=household, case__membership_id=membership)
        .filter(case__status=CaseStatus.AWAITING_REPLY)
        .order_by("asked_at", "id")
    )
    return [(seen(row.case), ask_seen(row)) for row in rows[:50]]


def notes_of(*, household: UUID, case: UUID) -> list[NoteSeen]:
    """The house's own notes on a request, the oldest first. One statement."""
    rows = Note.objects.filter(household_id=household, case_id=case).order_by("at", "id")
    return [
        NoteSeen(
            id=row.id,
            at=row.at,
            by=row.by,
            by_name=row.by_name,
            words=opened(row.words, note_place(row.id)),
        )
        for row in rows
    ]


def decisions_of(*, household: UUID, case: UUID) -> list[DecisionSeen]:
    """Decisions on a request, the newest first, those undone too. One statement."""
    rows = Decision.objects.filter(household_id=household, case_id=case).order_by("-given_at")
    return [decision_seen(row) for row in rows]


def decision_of(*, household: UUID, decision: UUID) -> DecisionSeen | None:
    """One decision. One statement."""
    row = Decision.objects.filter(household_id=household, id=decision).first()
    return decision_seen(row) if row else None


def pending(*, before: datetime) -> list[tuple[UUID, UUID]]:
    """Decisions that can no longer be undone and took no effect yet: household and id.

    Needs the batch role.
    """
    rows = Decision.objects.filter(state=DecisionState.PENDING, effective_at__lte=before)
    return list(rows.order_by("effective_at").values_list("household_id", "id")[:500])


def delays() -> dict[tuple[str, bool], DelaySeen]:
    """Measured delays by kind, and whether something had to be asked. One statement."""
    return {
        (row.kind, row.asked): DelaySeen(row.cases, row.median_seconds, row.ninetieth_seconds)
        for row in Delay.objects.all()
    }


@dataclass(frozen=True)
class PublishedSeen:
    """How many requests were decided over ninety days, and for how many something was asked twice."""

    decided: int
    asked_twice: int


def published() -> PublishedSeen | None:
    """The figure the house shows of itself, none before it was measured. One statement."""
    row = Published.objects.first()
    return PublishedSeen(row.decided, row.asked_twice) if row else None


def has_opinion(*, household: UUID, case: UUID) -> bool:
    """Whether the member said what the answer was worth. One statement."""
    return Opinion.objects.filter(household_id=household, id=case).exists()


def _content(row: Content) -> ContentSeen:
    return ContentSeen(
        title=opened(row.title, content_place("title", row.id)),
        answers=json.loads(opened(row.answers, content_place("answers", row.id)) or "{}"),
        words=opened(row.words, content_place("words", row.id)),
    )


def _titles(household: UUID, cases: list[UUID]) -> dict[UUID, str]:
    rows: QuerySet[Content, Any] = Content.objects.filter(household_id=household, id__in=cases)
    return {
        row_id: opened(bytes(title), content_place("title", row_id))
        for row_id, title in rows.values_list("id", "title")
    }
