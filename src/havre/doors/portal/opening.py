"""Opening hours in words: the week, and whether somebody answers now, in the house's clock and one's own."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_day_names
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from havre.commons.content import queries as content
from havre.commons.content.words.contacts import Hours, Opening, Standing
from havre.doors.portal.page import Viewer
from havre.doors.ui import formats

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class OpenNow:
    """``text`` says until or from when; ``elsewhere`` the same in the reader's clock, where it is another
    and known. ``moment`` is for the script of a reader whose clock only the device knows."""

    is_open: bool
    label: str
    text: str
    elsewhere: str
    moment: datetime | None


def zone_of(request: HttpRequest, viewer: Viewer | None) -> str:
    """The reader's time zone: as the device told at this sign-in, or at the one before; else ""."""
    if viewer is None:
        return ""
    before = viewer.account.previous_sign_in
    return str(request.session.get("zone") or (before.zone if before else "") or "")


def week(hours: Hours) -> list[str]:
    """``Du lundi au vendredi, de 8 h à 18 h``, one line an opening."""
    return [
        _("%(days)s, %(opens)s to %(closes)s")
        % {
            "days": _capital(_days(opening)),
            "opens": _hour(opening.opens),
            "closes": _hour(opening.closes),
        }
        for opening in hours.week
    ]


def open_now(hours: Hours, *, at: datetime, reader_zone: str) -> OpenNow:
    """Whether somebody answers at this moment; ``reader_zone`` is "" when it is not known."""
    found = content.standing(hours, at=at)
    moment = found.closes if found.is_open else found.opens
    return OpenNow(
        is_open=found.is_open,
        label=_("Open now") if found.is_open else _("Closed now"),
        text=_told(found, moment, hours.zone),
        elsewhere=_elsewhere(moment, hours.zone, reader_zone),
        moment=moment,
    )


def _told(found: Standing, moment: datetime | None, zone: str) -> str:
    why = f"{found.holiday.said_in(formats.locale().language)}. " if found.holiday else ""
    if moment is None:
        return why
    if found.is_open:
        time = formats.clock(moment.astimezone(ZoneInfo(zone)))
        return _("Until %(time)s, %(zone)s.") % {"time": time, "zone": formats.zone_time(zone)}
    return why + _("Opens on %(moment)s.") % {"moment": formats.moment(moment, zone)}


def _elsewhere(moment: datetime | None, zone: str, reader_zone: str) -> str:
    if moment is None or not reader_zone:
        return ""
    here, there = moment.astimezone(ZoneInfo(reader_zone)), moment.astimezone(ZoneInfo(zone))
    if here.utcoffset() == there.utcoffset():
        return ""
    return _("For you: %(moment)s.") % {"moment": formats.moment(moment, reader_zone)}


def _days(opening: Opening) -> str:
    """``du lundi au vendredi`` where they follow one another, else each."""
    names = get_day_names("wide", locale=formats.locale())
    places = sorted(_WEEK.index(day) for day in opening.days)
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        return pgettext("days", "%(first)s to %(last)s") % {
            "first": names[places[0]],
            "last": names[places[-1]],
        }
    return ", ".join(names[place] for place in places)


def _hour(clock: str) -> str:
    """``8 h``, ``8 h 30``, ``08:00``."""
    hour, minute = (int(part) for part in clock.split(":"))
    if formats.locale().language != "fr":
        return clock
    return f"{hour}{formats.NO_BREAK}h" + (f"{formats.NO_BREAK}{minute:02}" if minute else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
