"""What certificates, their states and the reasons to refuse one are called, in the reader's language."""

from django.utils.translation import gettext as _

from havre.domains.certificates.queries import Worth
from havre.domains.certificates.words import Standing
from havre.doors.ui import formats
from havre.foundation.dates import Period
from havre.journeys.certificates.catalogue import Catalogue
from havre.journeys.certificates.rules import CertificateRefused
from havre.journeys.certificates.words import Ask, Reason


def kind_name(known: Catalogue, code: str, language: str) -> str:
    """What a kind is called; one that is offered no more has the name of them all."""
    kind = known.kind(code)
    return kind.said_in(language).name if kind else _("Insurance certificate")


def days(period: Period) -> str:
    """``on 15 June 2026``, or from one day to another."""
    if period.start is None or period.end is None:
        raise ValueError("what is certified begins and ends")
    if period.start == period.end:
        return _("On %(day)s") % {"day": formats.day(period.start)}
    return _("From %(start)s to %(end)s") % {
        "start": formats.day(period.start),
        "end": formats.day(period.end),
    }


def state(worth: Worth, period: Period) -> tuple[str, str]:
    """Words and the kind of a tag."""
    last = {"day": formats.day(worth.last_day)}
    match worth.standing:
        case Standing.REVOKED:
            return _("Revoked"), "no"
        case Standing.TO_COME:
            return _("Valid from %(day)s") % {"day": _first(period)}, "wait"
        case Standing.PERIOD_OVER:
            return _("Over since %(day)s") % last, ""
        case Standing.COVER_ENDED:
            return _("Lapsed: the cover ended on %(day)s") % last, "wait"
        case Standing.VALID:
            return _("Valid until %(day)s") % last, "ok"


def _first(period: Period) -> str:
    return formats.day(period.start) if period.start else ""


def refusal(refused: CertificateRefused, reason: Reason) -> tuple[str, str]:
    """Why there is no certificate, and what to do."""
    return _reason(refused, reason), _remedy(refused, reason)


def _reason(refused: CertificateRefused, reason: Reason) -> str:
    start = formats.day(refused.cover_start) if refused.cover_start else ""
    end = formats.day(refused.cover_end) if refused.cover_end else ""
    return {
        Reason.INSURER_DETAILS_MISSING: _("Our own address or telephone number is missing."),
        Reason.NAME_MISSING: _("A name is missing in the file."),
        Reason.BIRTH_DATE_MISSING: _("The date of birth is missing in the file."),
        Reason.CONTRACT_NUMBER_MISSING: _("The number of the contract is missing in the file."),
        Reason.TERRITORY_MISSING: _("The zone where the contract covers is missing in the file."),
        Reason.COVER_START_MISSING: _("The first day of the cover is missing in the file."),
        Reason.COVER_NOT_STARTED: _("The cover starts on %(day)s only.") % {"day": start},
        Reason.COVER_ENDED: _("The cover ended on %(day)s.") % {"day": end},
        Reason.TOO_FAR_AHEAD: _("Nobody can certify a cover more than a year ahead."),
        Reason.STATES_NOT_COVERED: _("The contract is not known to cover every Schengen state."),
        Reason.REPATRIATION_MISSING: _("The contract has no repatriation option on these days."),
        Reason.CEILING_TOO_LOW: _(
            "The contract is not known to pay the least amount that this certificate must state."
        ),
        Reason.FONTS_MISSING: _("A name is written in letters that we cannot print: %(letters)s")
        % {"letters": " ".join(refused.unprintable)},
    }[reason]


def _remedy(refused: CertificateRefused, reason: Reason) -> str:
    if reason is Reason.TOO_FAR_AHEAD:
        return _("Choose an earlier day.")
    if reason.ask is Ask.CHOOSE_ANOTHER_DAY:
        return _another_day(refused)
    return {
        Ask.CHOOSE_ANOTHER_KIND: _(
            "Choose the certificate for a stay abroad, which says what the contract does cover, or"
            " call us to add what is missing."
        ),
        Ask.GIVE_BIRTH_DATE: _("Call us with the date of birth: we add it with you."),
        Ask.GIVE_NAME: _("Call us with the full name: we add it with you."),
        Ask.GIVE_NAME_IN_LATIN_LETTERS: _(
            "Call us with the name in Latin letters, as in the passport."
        ),
        Ask.HAVE_CONTRACT_COMPLETED: _("Call us: we have the contract completed."),
        Ask.HAVE_SERVICE_DETAILS_COMPLETED: _("It is for us to complete it. Call us."),
    }[reason.ask]


def _another_day(refused: CertificateRefused) -> str:
    if refused.cover_start is None:
        return _("Choose an earlier day.")
    start = formats.day(refused.cover_start)
    if refused.cover_end is None:
        return _("Choose %(day)s or a later day.") % {"day": start}
    return _("Choose a day from %(start)s to %(end)s.") % {
        "start": start,
        "end": formats.day(refused.cover_end),
    }
