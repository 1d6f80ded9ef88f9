"""Where a value came from and when, in plain words."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from havre.domains.people.words import Origin, OriginSeen
from havre.doors.ui import formats


def origin_words(origin: OriginSeen | None) -> str:
    """``En ligne, le 12 novembre 2026``; plain about what was not kept."""
    if origin is None:
        return _("Where it came from was not kept")
    said = {
        Origin.FEED: _("From the insurer’s files"),
        Origin.INSURER: _("From the insurer"),
        Origin.EMPLOYER: _("From the employer"),
        Origin.ONLINE: _("Online, in this space"),
        Origin.PHONE: _("By phone"),
        Origin.DESK: _("From our team"),
    }[origin.by]
    if origin.at is None:
        return said
    day = origin.at.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)).date()
    return _("%(origin)s, on %(day)s") % {"origin": said, "day": formats.day(day)}
