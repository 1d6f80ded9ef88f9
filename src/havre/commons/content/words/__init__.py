from enum import StrEnum

from havre.commons.content.words.kinds import Bilingual, Key, Kind, Line, Problem, Prose

__all__ = ["Bilingual", "Key", "Kind", "Line", "Problem", "Prose", "Slug"]


class Slug(StrEnum):
    """The texts every house publishes; the value is also the address of the page."""

    TERMS = "terms"
    LEGAL_NOTICE = "legal-notice"
    PRIVACY = "privacy"
    SAFETY_ADVICE = "safety-advice"
    ACCESSIBILITY = "accessibility"
    COMMERCIAL_CONSENT = "commercial-consent"
