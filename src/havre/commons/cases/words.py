from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from havre.commons.documents.words import Compartment
from havre.foundation.db import Channel

Answers = dict[str, Any]
"""What a form holds: by field, JSON values; a group of lines is a list of such dicts."""


class CaseStatus(StrEnum):
    """Where a request stands."""

    IN_PROGRESS = "IN_PROGRESS"
    AWAITING_REPLY = "AWAITING_REPLY"
    VALIDATED = "VALIDATED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"  # by who made it


OPEN = frozenset({CaseStatus.IN_PROGRESS, CaseStatus.AWAITING_REPLY})


class EventKind(StrEnum):
    """What happened to a request."""

    FILED = "FILED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    READ = "READ"
    ASKED = "ASKED"
    REMINDED = "REMINDED"
    ANSWERED = "ANSWERED"
    CORRECTED = "CORRECTED"
    SECOND_ASKED = "SECOND_ASKED"
    SECOND_RETURNED = "SECOND_RETURNED"
    DECIDING = "DECIDING"
    UNDONE = "UNDONE"
    NOT_APPLIED = "NOT_APPLIED"
    VALIDATED = "VALIDATED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"
    CONTESTED = "CONTESTED"


TOLD = frozenset(EventKind) - {
    EventKind.DECIDING,
    EventKind.UNDONE,
    EventKind.NOT_APPLIED,
    EventKind.SECOND_RETURNED,
}
"""What the member's timeline tells; the rest is the house's own."""


class Side(StrEnum):
    MEMBER = "MEMBER"
    STAFF = "STAFF"
    HOUSE = "HOUSE"  # by itself


class AskReason(StrEnum):
    """Why something is asked of the member."""

    MISSING = "MISSING"
    INCORRECT = "INCORRECT"
    INCOMPLETE = "INCOMPLETE"
    OUTDATED = "OUTDATED"


class AskState(StrEnum):
    OPEN = "OPEN"
    ANSWERED = "ANSWERED"
    NOT_HAD = "NOT_HAD"  # "I do not have it", with a word of the member's
    WITHDRAWN = "WITHDRAWN"


class Outcome(StrEnum):
    VALIDATED = "VALIDATED"
    REJECTED = "REJECTED"


class Team(StrEnum):
    """Who answers a request: those whom its compartment is open to; for rights over data, the officer."""

    GENERAL = "GENERAL"
    HEALTH = "HEALTH"
    MEDICAL = "MEDICAL"
    RIGHTS = "RIGHTS"


RIGHTS_PREFIX = "P"
"""How the number of a request about a right over one's data begins."""


class DecisionState(StrEnum):
    PROPOSED = "PROPOSED"  # by the first of two persons: nothing comes of it by itself
    PENDING = "PENDING"  # can be undone
    DONE = "DONE"
    UNDONE = "UNDONE"
    FAILED = "FAILED"  # the effect could not be: the request waits again, and says why


@dataclass(frozen=True, kw_only=True)
class By:
    """Who acts on a request. ``name`` is what the member reads: an agent's first name."""

    id: str
    side: Side
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Something to ask of the member: a paper by its code, or a question. ``words`` go to the member."""

    piece: str
    reason: AskReason
    words: str


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """A decision as an agent gives it. ``details`` are the kind's own, amounts for instance.

    ``reason`` is a code of the kind's, ``clause`` where the contract says so, ``words`` to the member.
    """

    outcome: Outcome
    by: By
    words: str = ""
    reason: str = ""
    clause: str = ""
    details: Answers


@dataclass(frozen=True, kw_only=True)
class Belongs:
    """Of whom a request is, and what of it queues and figures may know."""

    household: UUID
    membership: UUID
    person: UUID
    language: str
    product: str = ""
    country: str = ""
    employer: UUID | None = None
    intermediary: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """When a request is due: its target, and what the law says where it does."""

    due_at: datetime
    acknowledge_by: datetime | None = None
    legal_by: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Filing:
    """A draft as it is sent. ``papers`` name the files that go with it; ``needs`` is the permission of
    whoever decides it; ``title`` and ``answers`` are what it says.
    """

    draft: UUID
    belongs: Belongs
    kind: str
    prefix: str
    title: str
    answers: Answers
    papers: tuple[str, ...]
    compartment: Compartment
    clocks: Clocks
    needs: str
    channel: Channel
    by: By
    contests: UUID | None = None
