"""What conversations, their topics and their delays are called, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.commons.content import queries as content
from havre.commons.content.words.contacts import Hours
from havre.commons.messaging.queries import Answering, ConversationSeen, MessageSeen
from havre.commons.messaging.words import Side, State, Topic
from havre.doors.portal import opening
from havre.doors.portal.opening import OpenNow
from havre.doors.ui import formats
from havre.doors.ui.uploads import UploadShown

_IN_HOURS_FROM = 90


@dataclass(frozen=True)
class Said:
    """A message as the thread shows it."""

    id: str
    number: int
    mine: bool
    who: str
    at: str
    body: str
    files: list[UploadShown] = field(default_factory=list)


@dataclass(frozen=True)
class Team:
    """When somebody reads: the week, whether now, and how long answers took ("" where too few did)."""

    week: list[str]
    zone: str
    now: OpenNow | None
    promise: str


def topic_name(topic: Topic) -> str:
    return {
        Topic.CONTRACT: _("My contract"),
        Topic.REIMBURSEMENT: _("A reimbursement"),
        Topic.CARE: _("Care, a hospital stay, a prior agreement"),
        Topic.CONTRIBUTIONS: _("Contributions and payments"),
        Topic.ACCOUNT: _("My account and my details"),
        Topic.OTHER: _("Something else"),
        Topic.REQUEST: _("My request"),
    }[topic]


def title(conversation: ConversationSeen) -> str:
    """What the member called it, else what it is about."""
    return conversation.subject or topic_name(conversation.topic)


def tags(conversation: ConversationSeen) -> list[tuple[str, str]]:
    """Words and the kind of a tag; nothing where nothing waits."""
    if news := conversation.unread_by_member:
        return [
            (ngettext("%(num)d new answer", "%(num)d new answers", news) % {"num": news}, "lamp")
        ]
    if conversation.state is State.CLOSED:
        return [(_("Closed"), "")]
    return []


def said(message: MessageSeen, *, zone: str, files: Sequence[UploadShown] = ()) -> Said:
    mine = message.author is Side.MEMBER
    return Said(
        id=f"m-{message.number}",
        number=message.number,
        mine=mine,
        who=_("You") if mine else staff_name(message.name),
        at=said_at(message.at, zone),
        body=message.body,
        files=list(files),
    )


def staff_name(name: str) -> str:
    return _("%(name)s, from the team") % {"name": name} if name else _("The team")


def said_at(moment: datetime, zone: str) -> str:
    """``vendredi 13 novembre 2026 à 10 h 05``, in the reader's clock."""
    local = moment.astimezone(ZoneInfo(zone))
    return _("%(day)s at %(time)s") % {
        "day": formats.week_day(local.date()),
        "time": formats.clock(local),
    }


def mark(conversation: ConversationSeen, hours: Hours | None, *, now: datetime, zone: str) -> str:
    """What became of the member's last message, until somebody answers; "" where nothing waits."""
    if conversation.waiting_since is None or conversation.last_from is not Side.MEMBER:
        return ""
    if conversation.staff_seen >= conversation.messages:
        return _("Read by the team.")
    standing = content.standing(hours, at=now) if hours else None
    if standing is None or standing.is_open or standing.opens is None:
        return _("Sent. Not read yet.")
    when = formats.moment(standing.opens, zone)
    return _(
        "Sent. Nobody reads now: it will be read from %(moment)s. An e-mail will tell you of the answer."
    ) % {"moment": when}


def team(hours: Hours | None, taken: Answering | None, *, now: datetime, zone: str) -> Team:
    return Team(
        week=opening.week(hours) if hours else [],
        zone=formats.zone_time(hours.zone) if hours else "",
        now=opening.open_now(hours, at=now, reader_zone=zone) if hours else None,
        promise=_promise(taken) if taken else "",
    )


def _promise(taken: Answering) -> str:
    return _(
        "Half of messages are answered within %(median)s of opening hours, nine in ten within %(most)s."
    ) % {"median": _lasting(taken.median), "most": _lasting(taken.ninetieth)}


def _lasting(minutes: int) -> str:
    """Rounded up: ``5 minutes``, ``3 hours``."""
    if minutes <= _IN_HOURS_FROM:
        rounded = max(5, -(-minutes // 5) * 5)
        return ngettext("%(num)d minute", "%(num)d minutes", rounded) % {"num": rounded}
    hours = -(-minutes // 60)
    return ngettext("%(num)d hour", "%(num)d hours", hours) % {"num": hours}
