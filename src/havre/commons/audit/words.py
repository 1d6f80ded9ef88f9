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
