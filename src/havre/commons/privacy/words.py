from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class ContactChannel(StrEnum):
    """By which way someone agreed to be told."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    POST = "POST"


class Via(StrEnum):
    """How a choice reached us."""

    ONLINE = "ONLINE"
    PHONE = "PHONE"
    MAIL_LINK = "MAIL_LINK"


class Notice(StrEnum):
    """A mail about one's own contract that one may do without. Wanted until said otherwise."""

    REIMBURSEMENT_PAID = "REIMBURSEMENT_PAID"
    MESSAGE_WAITING = "MESSAGE_WAITING"  # an answer that nobody has read

    @property
    def mail_kind(self) -> str:
        """The kind of its mails in the outbox."""
        return f"notices.{self.value.lower()}"


@dataclass(frozen=True)
class Topic:
    """Something that is told with agreement only. Labels are part of what was agreed to."""

    id: str
    label_fr: str
    label_en: str

    def label(self, language: str) -> str:
        return self.label_fr if language == "fr" else self.label_en


@dataclass(frozen=True)
class Wording:
    """The text under which a choice was made: its version, its language and its hash."""

    version: str
    language: str
    sha256: str


@dataclass(frozen=True)
class Choice:
    """One choice as it was recorded."""

    id: UUID
    topic: str
    channel: ContactChannel
    given: bool
    at: datetime
    via: Via
    text_version: str


@dataclass(frozen=True)
class Leaving:
    """What a link at the foot of a mail stops, and for whom: a topic, or a notice."""

    household: UUID
    person: UUID
    topic: str | None = None
    notice: Notice | None = None
