"""What is read of requests, as others see it."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from havre.commons.cases.models import (
    Ask,
    Case,
    Decision,
    Draft,
    ask_place,
    draft_place,
    said_place,
)
from havre.commons.cases.rules import number_of
from havre.commons.cases.words import (
    OPEN,
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


@dataclass(frozen=True, kw_only=True)
class DraftSeen:
    id: UUID
    household: UUID
    membership: UUID
    kind: str
    channel: Channel
    written_by: str
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
    employer: UUID | None
    intermediary: UUID | None
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


def seen(row: Case) -> CaseSeen:
    """A request as it stands."""
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
        employer=row.employer_id,
        intermediary=row.intermediary_id,
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
    """A decision with its words and details."""
    said = json.loads(opened(bytes(row.said), said_place(row.id)))
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


def draft_seen(row: Draft) -> DraftSeen:
    """A draft with what is written."""
    return DraftSeen(
        id=row.id,
        household=row.household_id,
        membership=row.membership_id,
        kind=row.kind,
        channel=Channel(row.channel),
        written_by=row.written_by,
        step=row.step,
        answers=json.loads(opened(row.answers, draft_place(row.id)) or "{}"),
        version=row.version,
        begun_at=row.begun_at,
        saved_at=row.saved_at,
    )


def ask_seen(row: Ask) -> AskSeen:
    """What was asked, and its answer."""
    return AskSeen(
        id=row.id,
        piece=row.piece,
        reason=AskReason(row.reason),
        words=opened(row.words, ask_place("words", row.id)),
        state=AskState(row.state),
        asked_at=row.asked_at,
        asker_name=row.asker_name,
        answered_at=row.answered_at,
        answer=opened(row.answer, ask_place("answer", row.id)),
    )


def opened(value: bytes | None, place: Place) -> str:
    """A sealed text, "" where there is none."""
    return vault().open(bytes(value), place=place) if value else ""
