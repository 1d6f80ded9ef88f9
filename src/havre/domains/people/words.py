from enum import StrEnum


class FamilyLink(StrEnum):
    """What a person is to the holder of the household."""

    HOLDER = "HOLDER"
    SPOUSE = "SPOUSE"
    PARTNER = "PARTNER"
    CHILD = "CHILD"
    PARENT = "PARENT"
    OTHER = "OTHER"


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
