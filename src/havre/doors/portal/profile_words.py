"""What the choices of a member are called on the profile, and how they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.privacy import queries as privacy
from havre.commons.privacy.words import Choice, ContactChannel, Notice, Topic, Via
from havre.doors.ui import formats

_LATEST = 20


@dataclass(frozen=True)
class Box:
    """One box to tick: a topic by a channel. ``since`` tells of the choice that stands."""

    value: str
    label: str
    ticked: bool
    since: str


def notice_words(notice: Notice) -> str:
    return {
        Notice.REIMBURSEMENT_PAID: _("A reimbursement was paid"),
        Notice.MESSAGE_WAITING: _("An answer to your message waits"),
    }[notice]


def channel_words(channel: ContactChannel) -> str:
    return {
        ContactChannel.EMAIL: _("By e-mail"),
        ContactChannel.PHONE: _("By phone"),
        ContactChannel.POST: _("By post"),
    }[channel]


def consent_rows(choices: Sequence[Choice], *, language: str) -> list[tuple[str, list[Box]]]:
    """Each topic with its boxes, unticked unless the latest choice agrees."""
    current = privacy.in_force(choices)
    return [
        (
            topic.label(language),
            [_box(topic, channel, current.get((topic.id, channel))) for channel in ContactChannel],
        )
        for topic in privacy.topics()
    ]


def history(choices: Sequence[Choice], *, language: str) -> list[str]:
    """The latest choices in sentences: what, how, when, and under which text."""
    labels = {topic.id: topic.label(language) for topic in privacy.topics()}
    return [_told(choice, labels.get(choice.topic, choice.topic)) for choice in choices[:_LATEST]]


def _box(topic: Topic, channel: ContactChannel, choice: Choice | None) -> Box:
    since = ""
    if choice and choice.given:
        since = _("since %(day)s") % {"day": _moment(choice)}
    ticked = choice is not None and choice.given
    return Box(f"{topic.id}:{channel}", channel_words(channel), ticked, since)


def _told(choice: Choice, topic: str) -> str:
    said = (
        _("Agreed: %(topic)s, %(channel)s")
        if choice.given
        else _("Withdrawn: %(topic)s, %(channel)s")
    )
    what = said % {"topic": topic, "channel": channel_words(choice.channel).lower()}
    how = {
        Via.ONLINE: _("online"),
        Via.PHONE: _("by phone"),
        Via.MAIL_LINK: _("by the link of a mail"),
    }[choice.via]
    return _("%(what)s. %(how)s, on %(day)s, text %(version)s") % {
        "what": what,
        "how": how.capitalize(),
        "day": _moment(choice),
        "version": choice.text_version,
    }


def _moment(choice: Choice) -> str:
    return formats.day(choice.at.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)).date())
