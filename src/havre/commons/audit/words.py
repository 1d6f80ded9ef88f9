from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Datum(StrEnum):
    """A datum whose reading is recorded."""

    NIR = "NIR"


class OpeningPurpose(StrEnum):
    """Why somebody of the desk opened what a file holds about health."""

    REQUEST = "REQUEST"
    QUESTION = "QUESTION"
    COMPLAINT = "COMPLAINT"
    DATA_REQUEST = "DATA_REQUEST"
    SUPERVISION = "SUPERVISION"


class LoadingOutcome(StrEnum):
    """What became of a feed that somebody has to look at."""

    REFUSED = "REFUSED"  # nothing of it was kept
    REMARKS = "REMARKS"  # loaded, with warnings


@dataclass(frozen=True)
class LoadingSeen:
    """A feed that was refused, or loaded with remarks: which command and files, and what it was told."""

    id: UUID
    command: str
    files: tuple[str, ...]
    outcome: LoadingOutcome
    at: datetime
    remarks: int
    told: tuple[str, ...]


@dataclass(frozen=True)
class Opened:
    """An opening of what a household's file holds about health: by whom, for what, until when."""

    id: UUID
    staff: UUID
    staff_name: str
    purpose: OpeningPurpose
    case: UUID | None
    at: datetime
    until: datetime
    words: str = ""
