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
    DESK = "DESK"


class DifferenceState(StrEnum):
    WAITING = "WAITING"
    FEED_TAKEN = "FEED_TAKEN"
    KEPT = "KEPT"
