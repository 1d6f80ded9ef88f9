"""Finding members: what is typed never stands in an address, nor in what is kept of requests."""

from dataclasses import replace

from django.http import HttpRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from havre.commons.staff.words import Permission
from havre.doors.desk import looking, member_words
from havre.doors.desk.looking import LONGEST, Looking
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.ui.addresses import url
from havre.journeys.member_file import finding
from havre.journeys.member_file.finding import Sought

RUBRIC = "members"


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.MEMBERS_FIND)
def members(request: HttpRequest, viewer: Viewer) -> Made:
    """The search box, and who was found. One who is found alone is opened at once."""
    if request.method == "POST":
        typed = request.POST.get("q", "").strip()[:LONGEST]
        return redirect(_page_of(Looking(typed), viewer) if typed else url("desk:members"))
    asked = looking.opened(request.GET.get("of", ""), by=viewer.id)
    if asked is None:
        return Page("desk/members.jinja", {"asked": None, "rows": (), "near_url": ""}, RUBRIC)
    sought = finding.find(typed=asked.typed, scope=viewer.scope, near=asked.near, after=asked.after)
    people = sought.found.people
    if len(people) == 1 and asked.after is None and not sought.near:
        return redirect("desk:member", membership=people[0].id)
    values = {
        "asked": asked,
        "rows": [member_words.found(one, today=viewer.today) for one in people],
        "near": sought.near,
        **_ways_on(asked, sought, viewer),
    }
    return Page("desk/members.jinja", values, RUBRIC)


def _ways_on(asked: Looking, sought: Sought, viewer: Viewer) -> dict[str, str]:
    later = sought.found.later
    near = sought.by_name and not sought.near
    return {
        "later": _page_of(replace(asked, after=later, near=sought.near), viewer) if later else "",
        "near_url": _page_of(Looking(asked.typed, near=True), viewer) if near else "",
    }


def _page_of(asked: Looking, viewer: Viewer) -> str:
    return f"{url('desk:members')}?of={looking.sealed(asked, by=viewer.id)}"
