"""Why a line is reimbursed in part, or a claim not at all: words kept in both languages."""

from django.utils import translation
from django.utils.translation import gettext as _

from havre.domains.health.words import Said
from havre.journeys.requests.words import Option, Reason


def partly_options() -> tuple[Option, ...]:
    """What an agent may choose, by code."""
    return tuple(Option(code, words) for code, words in _partly().items())


def partly_said(code: str) -> Said | None:
    """The words of a code, as the statement keeps them; none for an unknown one."""
    said = {}
    for language in ("fr", "en"):
        with translation.override(language):
            said[language] = _partly().get(code, "")
    return Said(said["fr"], said["en"]) if said["fr"] else None


def clause_said(text: str) -> Said | None:
    """A clause as it was typed: its number is the same in both languages."""
    return Said(text.strip()) if text.strip() else None


def rejections() -> tuple[Reason, ...]:
    """Why a whole claim may be rejected."""
    return (
        Reason(
            "not-covered",
            _("Not covered on the day of care"),
            _("Your contract did not cover this care on the day it was given."),
        ),
        Reason(
            "claimed-before",
            _("Claimed before"),
            _("This care was claimed before: the earlier claim stands."),
        ),
        Reason(
            "not-proved",
            _("The papers do not show it"),
            _("The papers you sent do not show this care, or that it was paid."),
        ),
        Reason(
            "not-care",
            _("Not care that the contract reimburses"),
            _("Your contract does not reimburse this kind of care."),
        ),
        Reason(
            "no-agreement",
            _("No agreement beforehand"),
            _("This care needed our agreement beforehand, which was not asked."),
        ),
        Reason(
            "too-old",
            _("More than two years ago"),
            _(
                "This care was given more than two years before the claim, and nothing stopped that "
                "time from running."
            ),
            "Code des assurances, L114-1",
        ),
    )


def _partly() -> dict[str, str]:
    return {
        "not-on-invoice": _("A part of this amount is not on the invoice."),
        "not-prescribed": _("A part of this care was not prescribed."),
        "not-reimbursed": _("A part of this care is not reimbursed by your contract."),
        "usual-cost": _("The price is above what is usual for this care in that country."),
        "beyond-agreement": _("What was agreed to beforehand is less than what was paid."),
        "claimed-before": _("A part of it was claimed before."),
        "other-pays": _("Another insurer pays a part of it."),
    }
