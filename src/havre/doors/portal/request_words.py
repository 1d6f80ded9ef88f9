"""Requests in words: where they stand, what happened, what comes next and by when."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.commons.cases.queries import CaseSeen, DelaySeen, EventSeen, PublishedSeen
from havre.commons.cases.words import Answers, AskReason, CaseStatus, EventKind, Side
from havre.doors.ui import formats
from havre.foundation.disclosure import enough
from havre.journeys.requests.words import Family

COMPLAINT: Final = "complaint"
_DAY = 24 * 3600
_TOLD_FROM = 20
Moment = tuple[str, str, str]
"""Of a timeline: done, now or next; what; when and by whom."""


def family(one: Family) -> str:
    return {
        Family.CONTRACTS: _("My contract and my care"),
        Family.INFORMATION: _("My information"),
        Family.ACTIVITY: _("My work and where I live"),
        Family.OTHER: _("Anything else"),
    }[one]


def status(one: CaseStatus) -> tuple[str, str]:
    """In words, and the kind of its tag."""
    return {
        CaseStatus.IN_PROGRESS: (_("In progress"), "wait"),
        CaseStatus.AWAITING_REPLY: (_("Awaiting your reply"), "lamp"),
        CaseStatus.VALIDATED: (_("Validated"), "ok"),
        CaseStatus.REJECTED: (_("Rejected"), "no"),
        CaseStatus.WITHDRAWN: (_("Withdrawn"), ""),
    }[one]


def reason(one: AskReason) -> str:
    """Why something is asked."""
    return {
        AskReason.MISSING: _("Missing"),
        AskReason.INCORRECT: _("To correct"),
        AskReason.INCOMPLETE: _("Incomplete"),
        AskReason.OUTDATED: _("Out of date"),
    }[one]


def contesting(case: CaseSeen) -> Answers:
    """What a complaint about the answer to a request begins with."""
    return {"subject": "decision", "reference": case.number}


def working_days(seconds: int) -> str:
    """Seconds of working days, rounded up: nobody waits half a day less."""
    days = max(1, -(-seconds // _DAY))
    return ngettext("%(num)d working day", "%(num)d working days", days) % {"num": days}


def delay(one: DelaySeen | None) -> tuple[str, str] | None:
    """In which time half, and nine in ten, were answered; none where it is not measured."""
    if one is None:
        return None
    return working_days(one.median_seconds), working_days(one.ninetieth_seconds)


def asked_twice(one: PublishedSeen | None) -> str:
    """How often the house asks for the same thing twice: the figure it shows of itself."""
    if one is None or one.decided < _TOLD_FROM:
        return _(
            "Too few requests were decided over the last 90 days to tell how often we ask twice for"
            " something."
        )
    number = enough(one.asked_twice)
    if number is None:
        return _(
            "Over the last 90 days we decided %(all)s requests; for fewer than 5 of them we asked twice"
            " for something."
        ) % {"all": formats.figure(Decimal(one.decided))}
    return _(
        "Over the last 90 days we decided %(all)s requests; for %(twice)s of them (%(part)s) we asked twice"
        " for something. We publish this figure so that it falls."
    ) % {
        "all": formats.figure(Decimal(one.decided)),
        "twice": formats.figure(Decimal(number)) if number else "0",
        "part": formats.percent(number / one.decided),
    }


def next_and_when(case: CaseSeen, measured: DelaySeen | None) -> list[tuple[str, str]]:
    """What happens next and by when: what was measured, what the law says, and no promise beyond."""
    if not case.is_open:
        return []
    found: list[tuple[str, str]] = []
    if case.acknowledge_by and not case.acknowledged_at:
        words = _("At the latest on %(day)s") % {"day": _day(case.acknowledge_by)}
        found.append((_("We acknowledge it"), words))
    if case.status is CaseStatus.AWAITING_REPLY:
        found.append((_("Your answer"), _("Then we take it up again, in its place in the queue.")))
    elif case.read_at is None:
        found.append((_("A person reads it"), ""))
    found.append((_("Decision"), _decision(case, measured)))
    return found


def timeline(
    case: CaseSeen, events: Sequence[EventSeen], measured: DelaySeen | None
) -> list[Moment]:
    """What happened, where it stands, what comes next."""
    told = [_happened(one) for one in events]
    past = [("done", title, text) for title, text in told]
    if past and case.status is CaseStatus.AWAITING_REPLY:
        past[-1] = ("now", *past[-1][1:])
    return [*past, *(("next", *one) for one in next_and_when(case, measured))]


def _decision(case: CaseSeen, measured: DelaySeen | None) -> str:
    said = []
    if measured is not None:
        said.append(
            _("Half of such requests are decided within %(half)s, nine in ten within %(most)s.")
            % {
                "half": working_days(measured.median_seconds),
                "most": working_days(measured.ninetieth_seconds),
            }
        )
    if case.legal_by:
        said.append(_("At the latest on %(day)s, by law.") % {"day": _day(case.legal_by)})
    return " ".join(said)


def _happened(event: EventSeen) -> tuple[str, str]:
    title = {
        EventKind.FILED: _("Received"),
        EventKind.ACKNOWLEDGED: _("Acknowledged"),
        EventKind.READ: _("Read by a person"),
        EventKind.ASKED: _("We asked you for something"),
        EventKind.REMINDED: _("We reminded you"),
        EventKind.ANSWERED: _("You answered")
        if event.side is Side.MEMBER
        else _("Your answer was noted"),
        EventKind.CORRECTED: _("Corrected"),
        EventKind.SECOND_ASKED: _("A second person looks at it"),
        EventKind.VALIDATED: _("Validated"),
        EventKind.REJECTED: _("Rejected"),
        EventKind.WITHDRAWN: _("Withdrawn"),
        EventKind.CONTESTED: _("Contested"),
    }.get(event.kind, "")
    by = event.by_name if event.side is Side.STAFF else ""
    moment = when(event.at)
    return title, _("%(when)s, by %(name)s") % {"when": moment, "name": by} if by else moment


def when(moment: datetime) -> str:
    """``10 novembre 2026, 21 h 16``, at the house's place."""
    local = moment.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE))
    return f"{formats.day(local.date())}, {formats.clock(local)}"


def _day(moment: datetime) -> str:
    local = moment.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE))
    return formats.day(local.date())


def chapters(steps: Sequence[str]) -> Iterator[str]:
    """Names of the pages of a form, the last of which reads it all again."""
    yield from steps
    yield _("Check")
