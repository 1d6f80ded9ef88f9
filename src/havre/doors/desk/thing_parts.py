"""What a thing that waits is made of on its page."""

from dataclasses import dataclass, field

from havre.foundation.refusals import Refusal


class NotOffered(Refusal):
    """Such a thing cannot be done about it, or not without what it asks for."""


class TooOld(Refusal):
    """The mail would say what is true no more."""


@dataclass(frozen=True)
class Choice:
    """Something that can be done. ``proof``: how identity was proved has to be said; ``reason``: why."""

    code: str
    label: str
    main: bool = False
    proof: bool = False
    reason: bool = False


@dataclass(frozen=True)
class Given:
    """What was said with a choice."""

    proof: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Thing:
    """What waits, in lines, what can be done about it, what was told of it, and where else to look."""

    words: str
    lines: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...] = field(default=())
    told: tuple[str, ...] = field(default=())
    links: tuple[tuple[str, str], ...] = field(default=())
