"""What a reader finds where the space, or a rubric, is closed; and where nothing can be saved."""

from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from havre.doors.portal.closures import Closure, closures, names
from havre.doors.portal.page import Page, answer, now, today, viewer_of
from havre.doors.ui import formats
from havre.doors.ui.addresses import url

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_GATE = "sign-in"
# What only looks at what it is sent: a password, a code, a birth date.
_NEEDS_NO_SAVING = frozenset({"sign-out", "sign-in", "confirm", "check"})


def shut(request: HttpRequest) -> HttpResponseBase | None:
    """The page in place of one that is closed now; none where the way is free."""
    place = _place(request)
    moment = now()
    closure = _closure_at(request.path_info, place, moment)
    if closure is None and place == _GATE and request.method not in _SAFE:
        closure = _of_all(moment)  # nobody signs in to a space that is closed
    if closure is not None:
        return _closed(request, closure, place, moment)
    if settings.HAVRE.READ_ONLY and request.method not in _SAFE and place not in _NEEDS_NO_SAVING:
        return _cannot_save(request, place)
    return None


def announced(moment: datetime) -> list[tuple[Closure, str, bool]]:
    """Closures of now and of the days to come, the soonest first: when, in words, and whether now."""
    told = [one for one in _known(moment) if one.stands_at(moment) or one.is_coming(moment)]
    return [
        (one, when(one), one.stands_at(moment)) for one in sorted(told, key=lambda one: one.since)
    ]


def is_shut(moment: datetime) -> bool:
    """Whether the whole space is closed."""
    return _of_all(moment) is not None


def when(closure: Closure) -> str:
    """``dimanche 29 novembre de 2 h à 4 h, heure de Paris``, in the reader's language."""
    zone = settings.HAVRE.OPERATOR_TIME_ZONE
    said = {
        "day": formats.week_day(closure.since.date()),
        "from": formats.clock(closure.since),
        "zone": formats.zone_time(zone),
    }
    if closure.until is None:
        return _("since %(day)s, %(from)s (%(zone)s)") % said
    said["until"] = formats.clock(closure.until)
    if closure.until.date() == closure.since.date():
        return _("%(day)s, from %(from)s to %(until)s (%(zone)s)") % said
    said["last"] = formats.week_day(closure.until.date())
    return _("from %(day)s, %(from)s, to %(last)s, %(until)s (%(zone)s)") % said


def message(closure: Closure) -> str:
    return closure.message.said_in(translation.get_language() or "fr")


def _known(moment: datetime) -> tuple[Closure, ...]:
    """None where the database does not answer: the gate then still shows whom to call."""
    try:
        return closures(today=today(moment), zone=settings.HAVRE.OPERATOR_TIME_ZONE)
    except DatabaseError:
        return ()


def _of_all(moment: datetime) -> Closure | None:
    whole = (one for one in _known(moment) if one.stands_at(moment) and not one.rubrics)
    return next(whole, None)


def _closure_at(address: str, place: str, moment: datetime) -> Closure | None:
    standing = [one for one in _known(moment) if one.stands_at(moment)]
    if not standing:  # nearly always
        return None
    rubrics = [name for name in names() if _is_of(address, name)]
    return next((one for one in standing if one.shuts(place, rubrics)), None)


def _is_of(address: str, rubric: str) -> bool:
    """Whether the address is the rubric's, or below it; below home there is everything."""
    own = url(f"portal:{rubric}")
    return address == own or (rubric != "home" and address.startswith(f"{own}/"))


def _place(request: HttpRequest) -> str:
    """The first word of the address behind its language."""
    return request.path_info.removeprefix(f"/{translation.get_language()}/").partition("/")[0]


def _closed(
    request: HttpRequest, closure: Closure, place: str, moment: datetime
) -> HttpResponseBase:
    page = closed_page(closure, rubric=place or "home", saved=request.method in _SAFE)
    response = answer(request, page, viewer=viewer_of(request))
    if closure.until is not None:
        response.headers["Retry-After"] = str(int((closure.until - moment).total_seconds()) + 1)
    return response


def closed_page(closure: Closure, *, rubric: str, saved: bool) -> Page:
    """What stands in place of a page. ``saved``: nothing was sent that is lost."""
    values = {
        "when": when(closure),
        "message": message(closure),
        "whole": not closure.rubrics,
        "saved": saved,
    }
    return Page("portal/closed.jinja", values, rubric=rubric, status=503)


def _cannot_save(request: HttpRequest, place: str) -> HttpResponseBase:
    page = Page("portal/read_only.jinja", rubric=place or "home", status=503)
    return answer(request, page, viewer=viewer_of(request))
