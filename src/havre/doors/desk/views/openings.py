"""Who opened the health of which file, and what for: for those who look after who looks."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.views.decorators.http import require_safe

from havre.commons.audit import queries as audit
from havre.commons.audit.queries import OpeningOfHouse
from havre.commons.staff import queries as staff
from havre.commons.staff.words import Permission
from havre.doors.desk import request_words
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.ui.cursors import place_at, word

SHOWN = 50


@require_safe
@desk_page(Permission.AUDIT_READ)
def openings(request: HttpRequest, viewer: Viewer) -> Made:
    """The newest first, or those that are open now. Nobody's name but the staff's."""
    live = request.GET.get("live") == "1"
    found = audit.openings(
        limit=SHOWN + 1,
        after=place_at(request.GET.get("after", ""), audit.After),
        live_at=viewer.now if live else None,
    )
    rows = found[:SHOWN]
    values = {
        "rows": rows,
        "names": staff.names_of(staff=list({one.opening.staff for one in rows})),
        "said": request_words,
        "live": live,
        "later": _later(found, live=live),
        "now": viewer.now,
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
    }
    return Page("desk/openings.jinja", values, rubric="openings")


def _later(found: Sequence[OpeningOfHouse], *, live: bool) -> str:
    if len(found) <= SHOWN:
        return ""
    last = found[SHOWN - 1].opening
    return f"?{urlencode({'after': word((last.at, last.id)), **({'live': '1'} if live else {})})}"
