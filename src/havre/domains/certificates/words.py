from enum import StrEnum


class Standing(StrEnum):
    """What a certificate is worth on a day."""

    VALID = "VALID"
    TO_COME = "TO_COME"
    PERIOD_OVER = "PERIOD_OVER"
    COVER_ENDED = "COVER_ENDED"
    REVOKED = "REVOKED"
