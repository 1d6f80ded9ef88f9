"""What happens to a request, and why something is asked, in the words of the desk."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from havre.commons.audit.words import OpeningPurpose
from havre.commons.cases.queries import CaseSeen, EventSeen
from havre.commons.cases.words import AskReason, AskState, CaseStatus, EventKind, Side
from havre.foundation.db import Channel
from havre.journeys.requests.deciding import BROKEN, AnsweredMeanwhile
from havre.journeys.requests.words import Family

_EVENTS = {
    EventKind.FILED: gettext_noop("Sent"),
    EventKind.ACKNOWLEDGED: gettext_noop("Receipt acknowledged"),
    EventKind.READ: gettext_noop("Read"),
    EventKind.ASKED: gettext_noop("Something was asked of the member"),
    EventKind.REMINDED: gettext_noop("The member was reminded"),
    EventKind.ANSWERED: gettext_noop("The member answered"),
    EventKind.CORRECTED: gettext_noop("The request was corrected"),
    EventKind.SECOND_ASKED: gettext_noop("Sent to a second person"),
    EventKind.SECOND_RETURNED: gettext_noop("Sent back by the second person"),
    EventKind.DECIDING: gettext_noop("A decision was given"),
    EventKind.UNDONE: gettext_noop("The decision was undone"),
    EventKind.NOT_APPLIED: gettext_noop("The decision could not take effect"),
    EventKind.VALIDATED: gettext_noop("Validated"),
    EventKind.REJECTED: gettext_noop("Rejected"),
    EventKind.WITHDRAWN: gettext_noop("Withdrawn by the member"),
    EventKind.CONTESTED: gettext_noop("Contested by the member"),
}
_STATUSES = {
    CaseStatus.IN_PROGRESS: (gettext_noop("In progress"), ""),
    CaseStatus.AWAITING_REPLY: (gettext_noop("Awaits the member"), "wait"),
    CaseStatus.VALIDATED: (gettext_noop("Validated"), "ok"),
    CaseStatus.REJECTED: (gettext_noop("Rejected"), "no"),
    CaseStatus.WITHDRAWN: (gettext_noop("Withdrawn"), ""),
}
_REASONS = {
    AskReason.MISSING: gettext_noop("Missing"),
    AskReason.INCORRECT: gettext_noop("Incorrect"),
    AskReason.INCOMPLETE: gettext_noop("Incomplete"),
    AskReason.OUTDATED: gettext_noop("Outdated"),
}
_ASKED_BY_ITSELF = {
    AskReason.MISSING: gettext_noop(
        "We do not have it. Send it here, or say that you do not have it."
    ),
    AskReason.INCORRECT: gettext_noop("What we received is another paper. Send the right one."),
    AskReason.INCOMPLETE: gettext_noop("A page or a line is missing. Send all of it."),
    AskReason.OUTDATED: gettext_noop("What we received is too old. Send a recent one."),
}
_ASKS = {
    AskState.OPEN: (gettext_noop("Awaited"), "wait"),
    AskState.ANSWERED: (gettext_noop("Answered"), "ok"),
    AskState.NOT_HAD: (gettext_noop("The member does not have it"), "wait"),
    AskState.WITHDRAWN: (gettext_noop("No longer needed"), ""),
}
_CHANNELS = {
    Channel.ONLINE: gettext_noop("online"),
    Channel.PHONE: gettext_noop("by telephone"),
    Channel.POST: gettext_noop("by post"),
    Channel.MAIL: gettext_noop("by e-mail"),
    Channel.DESK: gettext_noop("at the desk"),
}
_PURPOSES = {
    OpeningPurpose.QUESTION: gettext_noop("Answer a question of the member"),
    OpeningPurpose.COMPLAINT: gettext_noop("Handle a complaint"),
    OpeningPurpose.DATA_REQUEST: gettext_noop("Handle a request about data"),
    OpeningPurpose.SUPERVISION: gettext_noop("Check how a request was handled"),
    OpeningPurpose.REQUEST: gettext_noop("Decide a request"),
}


def not_applied(why: str) -> str:
    """Why the last decision took no effect, and what to do. ``why`` is what the decision says of it."""
    if why == BROKEN:
        return _(
            "The last decision took no effect: a fault of ours, after several attempts. Nothing changed and"
            " the member was told nothing. Decide again; where it comes back once more, tell those who run"
            " Havre the number of the request."
        )
    if why == AnsweredMeanwhile.__name__:
        return _(
            "The last decision took no effect: the member answered after it was given. Nothing changed."
            " Read the answer, then decide."
        )
    return _(
        "The last decision could not take effect: what it would change had moved. Look at it again."
    )


def event(one: EventSeen) -> str:
    return _(_EVENTS[one.kind])


def who(one: EventSeen) -> str:
    """By whom: a first name of the staff, the member, or nobody."""
    if one.side is Side.STAFF:
        return one.by_name
    return _("the member") if one.side is Side.MEMBER else _("by itself")


def status(case: CaseSeen) -> tuple[str, str]:
    """Words and the kind of a tag."""
    words, kind = _STATUSES[case.status]
    return _(words), kind


def ask_reasons() -> list[tuple[str, str]]:
    """For a list: code and words."""
    return [(one.value, _(words)) for one, words in _REASONS.items()]


def ask_reason(reason: AskReason) -> str:
    return _(_REASONS[reason])


def asked_by_itself(reason: AskReason) -> str:
    """What is written to the member where the agent wrote nothing more."""
    return _(_ASKED_BY_ITSELF[reason])


def ask_state(state: AskState) -> tuple[str, str]:
    """Words and the kind of a sign."""
    words, kind = _ASKS[state]
    return _(words), kind


def channel(way: Channel) -> str:
    """By which way a request came."""
    found = _CHANNELS.get(way)
    return _(found) if found else way.lower()


def family(one: Family) -> str:
    """A shelf of what can be asked for."""
    return {
        Family.CONTRACTS: _("Contract and care"),
        Family.INFORMATION: _("Information on file"),
        Family.ACTIVITY: _("Work and country"),
        Family.OTHER: _("Anything else"),
    }[one]


def purposes() -> list[tuple[str, str]]:
    """Those that somebody may give to open health; a request in hand gives its own."""
    return [
        (one.value, _(words))
        for one, words in _PURPOSES.items()
        if one is not OpeningPurpose.REQUEST
    ]


def purpose(one: OpeningPurpose) -> str:
    return _(_PURPOSES[one])
