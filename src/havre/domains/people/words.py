from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FamilyLink(StrEnum):
    """What a person is to the holder of the household."""

    HOLDER = "HOLDER"
    SPOUSE = "SPOUSE"
    PARTNER = "PARTNER"
    CHILD = "CHILD"
    PARENT = "PARENT"
    OTHER = "OTHER"

    @property
    def answers_for_minors(self) -> bool:
        """Whether what concerns the household's minors is told to them: its holder and the other
        half of the couple, not a grown child, a brother or a sister."""
        return self in {FamilyLink.HOLDER, FamilyLink.SPOUSE, FamilyLink.PARTNER}


class Origin(StrEnum):
    """Where a value came from."""

    FEED = "FEED"
    ONLINE = "ONLINE"
    PHONE = "PHONE"
    EMPLOYER = "EMPLOYER"
    INSURER = "INSURER"
    DESK = "DESK"


DIFFERENCES_NEED = "members.change"
"""The permission of whoever decides what a feed contradicts."""


class DifferenceState(StrEnum):
    WAITING = "WAITING"
    FEED_TAKEN = "FEED_TAKEN"
    KEPT = "KEPT"


class DepartureKind(StrEnum):
    """Why a member is one no more."""

    DEATH = "DEATH"
    END = "END"


class DepartureState(StrEnum):
    """A death waits for a second person; the end of relations does not."""

    WAITING = "WAITING"
    EFFECTIVE = "EFFECTIVE"
    REFUSED = "REFUSED"
    UNDONE = "UNDONE"


DEPARTURE = "departure"
"""What waits when a death was said: the second person."""


class Contact(StrEnum):
    """What a member changes alone; the value is the name under which its origin is kept."""

    ADDRESS = "address"
    EMAIL = "email"
    PHONE = "phone"
    LANGUAGE = "language"
    EXPATRIATION_COUNTRY = "expatriation_country"


@dataclass(frozen=True)
class OriginSeen:
    """Where a value came from, when, and whether the member or the desk confirmed it.

    ``at`` is none where the moment was not kept.
    """

    by: Origin
    at: datetime | None
    confirmed: bool


def origin_seen(mark: Mapping[str, object]) -> OriginSeen:
    """The origin that a mark of ``Person.origin`` or ``Membership.origin`` tells."""
    at = mark.get("at")
    return OriginSeen(
        by=Origin(str(mark["by"])),
        at=datetime.fromisoformat(str(at)) if at else None,
        confirmed=bool(mark.get("confirmed")),
    )
