"""All that a page shows of a request, in few statements."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, F, OuterRef, QuerySet, Subquery, Value

from havre.commons.cases.models import (
    Ask,
    Case,
    Content,
    Draft,
    Event,
    Opinion,
    ask_place,
    content_place,
    event_place,
)
from havre.commons.cases.queries.seen import (
    AskSeen,
    CaseSeen,
    ContentSeen,
    EventSeen,
    opened,
    seen,
)
from havre.commons.cases.words import TOLD, AskReason, AskState, CaseStatus, EventKind, Side
from havre.commons.documents import queries as documents
from havre.commons.documents.queries import UploadSeen
from havre.commons.messaging import queries as messages
from havre.foundation.db import Channel
from havre.foundation.db.fields import SealedField

_EVENT, _ASK, _DRAFT, _ANSWER = "event", "ask", "draft", "answer"


@dataclass(frozen=True)
class Whole:
    """A request, what it says and what was sent for it, in the order it was begun, and whether its
    member said what the answer was worth."""

    case: CaseSeen
    content: ContentSeen
    files: tuple[UploadSeen, ...]
    has_opinion: bool


@dataclass(frozen=True)
class Story:
    """What the member is told of a request and what is asked of them, the oldest first."""

    events: tuple[EventSeen, ...]
    asks: tuple[AskSeen, ...]


@dataclass(frozen=True)
class Waiting:
    """What waits for a member: how many requests for an answer of theirs and how many drafts to be sent;
    the conversations that have an answer they did not read."""

    requests: int
    drafts: int
    answers: tuple[UUID, ...]


def whole_of(*, household: UUID, case: UUID) -> Whole | None:
    """None where it is another household's, or for whom its compartment is closed. One statement."""
    content = Content.objects.filter(household_id=household, id=OuterRef("id"))
    given = Opinion.objects.filter(household_id=household, id=OuterRef("id"))
    said = {
        name: Subquery(content.values(name), output_field=SealedField())
        for name in ("title", "answers", "words")
    }
    rows: QuerySet[Any] = Case.objects.filter(household_id=household, id=case)
    row = rows.annotate(
        **said, given=Exists(given), files=documents.sent_for(OuterRef("id"))
    ).first()
    if row is None or row.title is None:
        return None
    return Whole(
        seen(row),
        ContentSeen(
            title=opened(row.title, content_place("title", row.id)),
            answers=json.loads(opened(row.answers, content_place("answers", row.id)) or "{}"),
            words=opened(row.words, content_place("words", row.id)),
        ),
        documents.uploads_in(row.files),
        row.given,
    )


def story_of(*, household: UUID, case: UUID) -> Story:
    """One statement."""
    nothing = {
        "answered": Value(None, output_field=DateTimeField()),
        "answer": Value(None, output_field=SealedField()),
    }
    told = Event.objects.filter(household_id=household, case_id=case, kind__in=TOLD).values_list(
        *("id", "kind", "at", "side", "by", "by_name", "words"),
        nothing["answered"],
        nothing["answer"],
        Value(_EVENT),
    )
    asked = Ask.objects.filter(household_id=household, case_id=case).values_list(
        *("id", "reason", "asked_at", "state", "piece", "asker_name", "words"),
        *("answered_at", "answer"),
        Value(_ASK),
    )
    rows = sorted(told.union(asked, all=True), key=lambda row: (row[2], row[0]))
    return Story(
        tuple(_event(row) for row in rows if row[-1] == _EVENT),
        tuple(_ask(row) for row in rows if row[-1] == _ASK),
    )


def waiting(*, household: UUID, membership: UUID) -> Waiting:
    """What a first page says of it, messages with the rest. One statement."""
    asked = Case.objects.filter(
        household_id=household, membership_id=membership, status=CaseStatus.AWAITING_REPLY
    )
    drafts = Draft.objects.filter(
        household_id=household, membership_id=membership, version__gt=0, channel=Channel.ONLINE
    )
    answered = messages.with_news(household=household, membership=membership)
    rows = asked.values_list(F("id"), Value(_ASK)).union(
        drafts.values_list(F("id"), Value(_DRAFT)),
        answered.values_list(F("id"), Value(_ANSWER)),
        all=True,
    )
    found: dict[str, list[UUID]] = {_ASK: [], _DRAFT: [], _ANSWER: []}
    for row, kind in rows:
        found[kind].append(row)
    return Waiting(len(found[_ASK]), len(found[_DRAFT]), tuple(found[_ANSWER]))


def _event(row: Any) -> EventSeen:
    return EventSeen(
        id=row[0],
        kind=EventKind(row[1]),
        at=row[2],
        side=Side(row[3]),
        by=row[4],
        by_name=row[5],
        words=opened(row[6], event_place(row[0])),
    )


def _ask(row: Any) -> AskSeen:
    return AskSeen(
        id=row[0],
        reason=AskReason(row[1]),
        asked_at=row[2],
        state=AskState(row[3]),
        piece=row[4],
        asker_name=row[5],
        words=opened(row[6], ask_place("words", row[0])),
        answered_at=row[7],
        answer=opened(row[8], ask_place("answer", row[0])),
    )
