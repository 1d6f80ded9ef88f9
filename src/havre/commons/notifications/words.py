from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class MailState(StrEnum):
    QUEUED = "QUEUED"
    SENT = "SENT"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"
    BOUNCED = "BOUNCED"
    """It came back, or its address refused one before for good."""


@dataclass(frozen=True)
class MailToWrite:
    """What the writer of a kind of mail gets: ids in ``about``, opened facts in ``facts``."""

    id: UUID
    language: str
    about: Mapping[str, str]
    facts: Mapping[str, str]
    now: datetime
    by_post: bool = False
    """It is a letter, which somebody prints: to a member without an e-mail address."""


@dataclass(frozen=True)
class Shown:
    """A value that stands on a line of its own, to be copied: a number, a code."""

    label: str
    value: str


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Leave:
    """How a reader does without mails of a kind: ``stop`` acts by one POST, without a session
    (RFC 8058); ``choose`` is a page of theirs."""

    stop: Link
    choose: Link


@dataclass(frozen=True)
class MailText:
    """A mail's words, in one language. Blocks are paragraphs, values to copy, or links, in order.

    ``leave`` is for every mail that one may do without.
    """

    subject: str
    blocks: tuple[str | Shown | Link, ...] = field(default=())
    leave: Leave | None = None


class NoLongerTrue(Exception):
    """Raised by a writer: what the mail would say has ceased to be so. It is not sent."""


Writer = Callable[[MailToWrite], MailText]
