from enum import StrEnum


class Slug(StrEnum):
    """The texts every house publishes; the value is also the address of the page."""

    TERMS = "terms"
    LEGAL_NOTICE = "legal-notice"
    PRIVACY = "privacy"
    SAFETY_ADVICE = "safety-advice"
    ACCESSIBILITY = "accessibility"
