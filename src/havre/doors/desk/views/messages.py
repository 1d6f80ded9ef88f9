"""Messages at the desk: those that wait, and the history of one member."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from havre.commons.messaging import queries as seen
from havre.commons.staff.words import Permission
from havre.commons.worklist import queries as worklist
from havre.commons.worklist.queries import After, Wanted
from havre.commons.worklist.queries import Scope as Queue
from havre.commons.worklist.words import Source
from havre.domains.people import queries as people
from havre.doors.desk import looking, message_words
from havre.doors.desk.conversations import health_is_open
from havre.doors.desk.looking import LONGEST, Looking
from havre.doors.desk.member_file import household_of
from havre.doors.desk.page import Made, Page, Viewer, desk_page, viewer_of
from havre.doors.ui import live as ui_live
from havre.doors.ui.addresses import url
from havre.doors.ui.cursors import place_at, word
from havre.foundation.db import Role, acting

RUBRIC = "messages"
ON_A_PAGE = 25


@require_safe
@desk_page(Permission.MESSAGES_ANSWER)
def messages(request: HttpRequest, viewer: Viewer) -> Made:
    """What waits for an answer, the most urgent first."""
    found = worklist.queue(
        Wanted(
            permissions=frozenset(map(str, viewer.staff.permissions)),
            scope=_queue(viewer),
            sources=frozenset({Source.MESSAGE}),
        ),
        by=viewer.id,
        now=viewer.now,
        size=ON_A_PAGE,
        after=_after(request.GET.get("after", "")),
    )
    later = f"?after={found.later.moment.isoformat()} {found.later.id}" if found.later else ""
    values = {
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
        "items": found.items,
        "now": viewer.now,
        "later": later.replace("+", "%2B"),
    }
    return Page("desk/messages.jinja", values, rubric=RUBRIC)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.MESSAGES_ANSWER, role=None)
def member_messages(request: HttpRequest, viewer: Viewer, membership: UUID) -> Made:
    """All that a member and the team wrote, as far as it is open here. What is looked for stands in no
    address."""
    here = url("desk:member-messages", membership=membership)
    with acting(actor=viewer.actor(), role=Role.DESK):
        household = household_of(viewer, membership)
    if request.method == "POST":
        typed = request.POST.get("q", "").strip()[:LONGEST]
        way = f"{here}?of={looking.sealed(Looking(typed), by=viewer.id)}"
        return redirect(way if typed else here)
    of, place = request.GET.get("of", ""), request.GET.get("after", "")
    sought = looking.opened(of, by=viewer.id)
    health = health_is_open(viewer, household)
    with viewer.inside(household, health=health, purpose="look through messages"):
        member = people.person_of(household=household, membership=membership)
        if member is None:
            raise Http404
        if sought:
            lines, older = _found(viewer, household, membership, sought.typed, place)
        else:
            lines, older = _conversations(viewer, household, membership, place)
    values = {
        "here": here,
        "member": member,
        "membership": membership,
        "typed": sought.typed if sought else "",
        "lines": lines,
        "older_url": f"{here}?{f'of={of}&' if sought else ''}after={older}" if older else "",
        "health": health,
        "may_open": viewer.may(Permission.HEALTH_OPEN),
    }
    return Page("desk/member_messages.jinja", values, rubric=RUBRIC)


@require_safe
def live(request: HttpRequest) -> HttpResponseBase:
    """The question of an open page of the desk: has anything changed?"""
    viewer = viewer_of(request)
    if viewer is None or not viewer.staff.has_factor:
        return JsonResponse({}, status=403)
    return ui_live.answered(request, reader=viewer.id)


def _conversations(
    viewer: Viewer, household: UUID, membership: UUID, place: str
) -> tuple[list[message_words.Line], str]:
    found = seen.conversations(
        household=household,
        membership=membership,
        after=place_at(place, seen.After),
        most=ON_A_PAGE + 1,
        within=viewer.scope,
    )
    shown = found[:ON_A_PAGE]
    older = word((shown[-1].last_at, shown[-1].id)) if len(found) > ON_A_PAGE else ""
    return [message_words.line(one) for one in shown], older


def _found(
    viewer: Viewer, household: UUID, membership: UUID, typed: str, place: str
) -> tuple[list[message_words.Line], str]:
    found = seen.search(
        household=household,
        membership=membership,
        wanted=typed,
        before=_id(place),
        most=ON_A_PAGE,
        within=viewer.scope,
    )
    lines = [message_words.found(one, household, typed) for one in found.messages]
    return lines, str(found.older or "")


def _queue(viewer: Viewer) -> Queue:
    mine = viewer.scope
    return Queue(
        products=mine.products or None,
        employers=mine.employers or None,
        intermediaries=mine.intermediaries or None,
    )


def _after(text: str) -> After | None:
    moment, _gap, row = text.rpartition(" ")
    try:
        at = datetime.fromisoformat(moment)
        return After(at, UUID(row)) if at.tzinfo else None
    except ValueError:
        return None


def _id(text: str) -> UUID | None:
    """Where a search goes on; none for what is no id: it starts again."""
    try:
        return UUID(text)
    except ValueError:
        return None
