"""Requests in words: where they stand, what happened, what comes next and by when."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from havre.commons.cases.queries import CaseSeen, DelaySeen, EventSeen, PublishedSeen
from havre.commons.cases.words import Answers, AskReason, CaseStatus, EventKind, Side
from havre.doors.ui import formats
from havre.doors.ui.request_words import made_for_you, next_and_when, when
from havre.foundation.disclosure import enough
from havre.journeys.requests.words import Family

COMPLAINT: Final = "complaint"
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


def timeline(
    case: CaseSeen, events: Sequence[EventSeen], measured: DelaySeen | None
) -> list[Moment]:
    """What happened, where it stands, what comes next."""
    told = [_happened(one, case) for one in events]
    past = [("done", title, text) for title, text in told]
    if past and case.status is CaseStatus.AWAITING_REPLY:
        past[-1] = ("now", *past[-1][1:])
    return [*past, *(("next", *one) for one in next_and_when(case, measured))]


def _happened(event: EventSeen, case: CaseSeen) -> tuple[str, str]:
    title = {
        EventKind.FILED: made_for_you(case.channel) or _("Received"),
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
