"""Everything that reads requests. Each asks for one household, but the desk's look-up by number."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
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
    ask_place,
    content_place,
    draft_place,
    event_place,
    note_place,
    said_place,
)
from havre.commons.cases.rules import number_of, serial_in
from havre.commons.cases.words import (
    OPEN,
    TOLD,
    Answers,
    AskReason,
    AskState,
    CaseStatus,
    DecisionState,
    EventKind,
    Outcome,
    Side,
)
from havre.commons.documents.words import Compartment
from havre.foundation.crypto import Place, vault
from havre.foundation.db import Channel

PAGE = 20


@dataclass(frozen=True, kw_only=True)
class DraftSeen:
    id: UUID
    household: UUID
    membership: UUID
    kind: str
    channel: Channel
    step: str
    answers: Answers
    version: int
    begun_at: datetime
    saved_at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseSeen:
    """Where a request stands. What it says is apart: see ``content_of``."""

    id: UUID
    household: UUID
    membership: UUID
    person: UUID
    kind: str
    number: str
    compartment: Compartment
    status: CaseStatus
    channel: Channel
    language: str
    product: str
    country: str
    contests: UUID | None
    filed_by: str
    filed_at: datetime
    due_at: datetime
    acknowledge_by: datetime | None
    legal_by: datetime | None
    acknowledged_at: datetime | None
    read_at: datetime | None
    waiting_since: datetime | None
    waited_seconds: int
    decided_at: datetime | None
    worked_seconds: int | None
    reason: str
    clause: str
    decided_by: str
    decider_name: str
    second_of: str
    version: int

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


@dataclass(frozen=True)
class ContentSeen:
    """What a request says, and what was written with its decision."""

    title: str
    answers: Answers
    words: str


@dataclass(frozen=True, kw_only=True)
class EventSeen:
    id: UUID
    kind: EventKind
    at: datetime
    side: Side
    by: str
    by_name: str
    words: str


@dataclass(frozen=True, kw_only=True)
class AskSeen:
    id: UUID
    piece: str
    reason: AskReason
    words: str
    state: AskState
    asked_at: datetime
    asker_name: str
    answered_at: datetime | None
    answer: str


@dataclass(frozen=True, kw_only=True)
class NoteSeen:
    id: UUID
    at: datetime
    by: str
    by_name: str
    words: str


@dataclass(frozen=True, kw_only=True)
class DecisionSeen:
    id: UUID
    case: UUID
    household: UUID
    outcome: Outcome
    state: DecisionState
    given_at: datetime
    effective_at: datetime
    by: str
    by_name: str
    reason: str
    clause: str
    words: str
    details: Answers
    failure: str

    def is_due(self, now: datetime) -> bool:
        """Whether it can no longer be undone, and took no effect yet."""
        return self.state is DecisionState.PENDING and self.effective_at <= now


@dataclass(frozen=True)
class DelaySeen:
    """Seconds of work in which half, and nine in ten, of so many requests were answered."""

    cases: int
    median_seconds: int
    ninetieth_seconds: int


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
    """What a member is writing, the newest first. One statement."""
    rows = Draft.objects.filter(household_id=household, membership_id=membership)
    return [_draft(row) for row in rows.order_by("-saved_at")[:50]]


def draft_of(*, household: UUID, draft: UUID) -> DraftSeen | None:
    """A draft of the household; another household's is not there. One statement."""
    row = Draft.objects.filter(household_id=household, id=draft).first()
    return _draft(row) if row else None


def case_of(*, household: UUID, case: UUID) -> CaseSeen | None:
    """A request of the household; another household's is not there. One statement."""
    row = Case.objects.filter(household_id=household, id=case).first()
    return seen(row) if row else None


def case_numbered(typed: str) -> CaseSeen | None:
    """The request of this number, of any household: for the desk. One statement."""
    serial = serial_in(typed)
    row = Case.objects.filter(serial=serial).first() if serial is not None else None
    return seen(row) if row else None


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
    return ContentSeen(
        title=_opened(row.title, content_place("title", row.id)),
        answers=json.loads(_opened(row.answers, content_place("answers", row.id)) or "{}"),
        words=_opened(row.words, content_place("words", row.id)),
    )


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
            words=_opened(row.words, event_place(row.id)),
        )
        for row in rows
    ]


def asks_of(*, household: UUID, case: UUID) -> list[AskSeen]:
    """What was asked of the member for one request, the oldest first. One statement."""
    rows = Ask.objects.filter(household_id=household, case_id=case).order_by("asked_at", "id")
    return [_ask(row) for row in rows]


def open_asks(*, household: UUID, membership: UUID) -> list[tuple[CaseSeen, AskSeen]]:
    """What waits for a member, with its request, the oldest first. One statement."""
    rows = (
        Ask.objects.select_related("case")
        .filter(household_id=household, state=AskState.OPEN)
        .filter(case__household_id=household, case__membership_id=membership)
        .filter(case__status=CaseStatus.AWAITING_REPLY)
        .order_by("asked_at", "id")
    )
    return [(seen(row.case), _ask(row)) for row in rows[:50]]


def notes_of(*, household: UUID, case: UUID) -> list[NoteSeen]:
    """The house's own notes on a request, the oldest first. One statement."""
    rows = Note.objects.filter(household_id=household, case_id=case).order_by("at", "id")
    return [
        NoteSeen(
            id=row.id,
            at=row.at,
            by=row.by,
            by_name=row.by_name,
            words=_opened(row.words, note_place(row.id)),
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


def has_opinion(*, household: UUID, case: UUID) -> bool:
    """Whether the member said what the answer was worth. One statement."""
    return Opinion.objects.filter(household_id=household, id=case).exists()


def seen(row: Case) -> CaseSeen:
    """A row as others see it. For this app alone."""
    return CaseSeen(
        id=row.id,
        household=row.household_id,
        membership=row.membership_id,
        person=row.person_id,
        kind=row.kind,
        number=number_of(row.prefix, row.year, row.serial),
        compartment=Compartment(row.compartment),
        status=CaseStatus(row.status),
        channel=Channel(row.channel),
        language=row.language,
        product=row.product,
        country=row.country,
        contests=row.contests_id,
        filed_by=row.filed_by,
        filed_at=row.filed_at,
        due_at=row.due_at,
        acknowledge_by=row.acknowledge_by,
        legal_by=row.legal_by,
        acknowledged_at=row.acknowledged_at,
        read_at=row.read_at,
        waiting_since=row.waiting_since,
        waited_seconds=row.waited_seconds,
        decided_at=row.decided_at,
        worked_seconds=row.worked_seconds,
        reason=row.reason,
        clause=row.clause,
        decided_by=row.decided_by,
        decider_name=row.decider_name,
        second_of=row.second_of,
        version=row.version,
    )


def decision_seen(row: Decision) -> DecisionSeen:
    """A row as others see it. For this app alone."""
    said = json.loads(_opened(row.said, said_place(row.id)))
    return DecisionSeen(
        id=row.id,
        case=row.case_id,
        household=row.household_id,
        outcome=Outcome(row.outcome),
        state=DecisionState(row.state),
        given_at=row.given_at,
        effective_at=row.effective_at,
        by=row.by,
        by_name=row.by_name,
        reason=row.reason,
        clause=row.clause,
        words=said["words"],
        details=said["details"],
        failure=row.failure,
    )


def _draft(row: Draft) -> DraftSeen:
    return DraftSeen(
        id=row.id,
        household=row.household_id,
        membership=row.membership_id,
        kind=row.kind,
        channel=Channel(row.channel),
        step=row.step,
        answers=json.loads(_opened(row.answers, draft_place(row.id)) or "{}"),
        version=row.version,
        begun_at=row.begun_at,
        saved_at=row.saved_at,
    )


def _ask(row: Ask) -> AskSeen:
    return AskSeen(
        id=row.id,
        piece=row.piece,
        reason=AskReason(row.reason),
        words=_opened(row.words, ask_place("words", row.id)),
        state=AskState(row.state),
        asked_at=row.asked_at,
        asker_name=row.asker_name,
        answered_at=row.answered_at,
        answer=_opened(row.answer, ask_place("answer", row.id)),
    )


def _titles(household: UUID, cases: list[UUID]) -> dict[UUID, str]:
    rows: QuerySet[Content, Any] = Content.objects.filter(household_id=household, id__in=cases)
    return {
        row_id: _opened(title, content_place("title", row_id))
        for row_id, title in rows.values_list("id", "title")
    }


def _opened(value: bytes | None, place: Place) -> str:
    return vault().open(bytes(value), place=place) if value else ""
