from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

LONGEST_MESSAGE = 10_000
"""Characters of one message."""
LONGEST_SUBJECT = 120


class Topic(StrEnum):
    """What a conversation is about, chosen by whoever begins it."""

    CONTRACT = "CONTRACT"
    REIMBURSEMENT = "REIMBURSEMENT"
    CARE = "CARE"
    CONTRIBUTIONS = "CONTRIBUTIONS"
    ACCOUNT = "ACCOUNT"
    OTHER = "OTHER"
    REQUEST = "REQUEST"  # the thread of a request, which has a subject of its own


class State(StrEnum):
    OPEN = "OPEN"
    CLOSED = "CLOSED"  # whoever writes opens it again


class Side(StrEnum):
    """Who wrote, or read."""

    MEMBER = "MEMBER"
    STAFF = "STAFF"


@dataclass(frozen=True)
class Typed:
    """What somebody typed and did not send. A first message has a topic and a subject, once said."""

    body: str = ""
    topic: Topic | None = None
    subject: str = ""


@dataclass(frozen=True)
class Writer:
    """Who writes: an account or a staff member, by ``id``. ``name`` is what readers see of staff: a
    first name; a member's own is not kept."""

    side: Side
    id: UUID
    name: str = ""


@dataclass(frozen=True)
class Scope:
    """What the desk sorts by: the language of the conversation, and under which contract it stands."""

    language: str
    product: str | None = None
    employer: UUID | None = None
    intermediary: UUID | None = None


@dataclass(frozen=True)
class Office:
    """When the team reads: ``minutes`` of opening hours between two moments, and the moment by which
    what was left at another should be answered."""

    minutes: Callable[[datetime, datetime], int]
    answer_by: Callable[[datetime], datetime]
