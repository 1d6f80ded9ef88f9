"""Conversations and messages as the desk lists them."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.commons.messaging.queries import ConversationSeen, MessageSeen
from havre.commons.messaging.words import Side, State
from havre.doors.desk import member_words
from havre.doors.ui import formats
from havre.doors.ui.addresses import url
from havre.doors.ui.snippets import snippet

_AROUND = 25


@dataclass(frozen=True)
class Line:
    """A conversation, or a message that a search found. ``tag`` is words and a kind, or none."""

    url: str
    title: str
    about: str
    tag: tuple[str, str] | None = None


def title(conversation: ConversationSeen) -> str:
    """What the member called it, else what it is about."""
    return conversation.subject or member_words.topic(conversation.topic)


def line(one: ConversationSeen) -> Line:
    count = ngettext("%(num)d message", "%(num)d messages", one.messages) % {"num": one.messages}
    return Line(
        url=url("desk:message", household=one.household, id=one.id),
        title=title(one),
        about=_("%(count)s, the last one on %(moment)s")
        % {"count": count, "moment": formats.moment(one.last_at, _zone())},
        tag=_tag(one),
    )


def found(one: MessageSeen, household: UUID, wanted: str) -> Line:
    """A message in which something was looked for, in the midst of its conversation."""
    address = url("desk:message", household=household, id=one.conversation)
    who = one.name if one.author is Side.STAFF else _("The member")
    return Line(
        url=f"{address}?before={one.number + _AROUND}#m-{one.number}",
        title=snippet(one.body, wanted),
        about=f"{who}, {formats.moment(one.at, _zone())}",
    )


def _tag(one: ConversationSeen) -> tuple[str, str] | None:
    if one.waiting_since is not None:
        return _("Waits for an answer"), "wait"
    return (_("Closed"), "") if one.state is State.CLOSED else None


def _zone() -> str:
    return settings.HAVRE.OPERATOR_TIME_ZONE
