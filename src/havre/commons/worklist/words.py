from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Source(StrEnum):
    """Where a thing that waits comes from. With its id it is named once."""

    CASE = "CASE"
    REVIEW = "REVIEW"  # a request to open an account that a person must decide
    REPORT = "REPORT"  # "it was not me"
    MESSAGE = "MESSAGE"
    QUARANTINE = "QUARANTINE"
    MAIL = "MAIL"  # one that came back, or would not leave
    DIFFERENCE = "DIFFERENCE"  # a feed contradicts what was confirmed
    IMPORT = "IMPORT"
    BANK = "BANK"
    LETTER = "LETTER"  # to a member without an e-mail address, to print and to post


class Stage(StrEnum):
    """What a thing waits for, as its queue says it."""

    TO_READ = "TO_READ"
    READ = "READ"
    REPLIED = "REPLIED"  # what was asked of the member came
    SECOND = "SECOND"  # another person must look
    CONFLICT = "CONFLICT"  # a decision could not take effect
    AWAITING = "AWAITING"  # the member's turn


GENERAL = "GENERAL"


@dataclass(frozen=True, kw_only=True)
class Item:
    """A thing that waits for someone of the house. Ids and words: nothing personal, nothing of care.

    ``needs`` is the permission of whoever may take it, ``due_at`` its target, by which queues are sorted:
    none is the house's aim for its source. ``compartment`` is what one must be able to open to read it.
    """

    source: Source
    source_id: UUID
    kind: str
    needs: str
    opened_at: datetime
    due_at: datetime | None = None
    stage: Stage = Stage.TO_READ
    compartment: str = GENERAL
    number: str = ""
    household: UUID | None = None
    membership: UUID | None = None
    language: str = ""
    product: str = ""
    country: str = ""
    employer: UUID | None = None
    intermediary: UUID | None = None
    kept_from: UUID | None = None
    """Of the staff, who may not take it: the first of two pairs of eyes."""
