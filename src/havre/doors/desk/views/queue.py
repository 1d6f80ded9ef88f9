"""The queue: everything that waits, taken, given, put off, or the next of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from havre.commons.staff import queries as staff_seen
from havre.commons.staff.words import Permission
from havre.commons.worklist import actions, queries
from havre.commons.worklist.actions import TakenMeanwhile
from havre.commons.worklist.queries import Facets, ItemSeen
from havre.commons.worklist.words import Source
from havre.domains.people import queries as people
from havre.domains.people.queries import NameSeen
from havre.doors.desk import queue_words as words
from havre.doors.desk import watching
from havre.doors.desk.item_pages import page_of
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.desk.queue_words import Said
from havre.doors.desk.queueing import Asked, View, Who, asked, counted, id_in, ids_in, near, wanted
from havre.doors.desk.taking import taken
from havre.doors.desk.undoing import undo_of
from havre.doors.ui import formats
from havre.doors.ui.numbers import counted as counted_in
from havre.doors.ui.shell import NavItem
from havre.journeys.requests.registry import all_kinds

RUBRIC = "queue"
ON_A_PAGE = 25
SNOOZES = (1, 2, 5, 10)
"""For how many days a thing can be put off."""
_ALWAYS = (View.TO_DO, View.AWAITING, View.COMPLAINTS, View.RIGHTS, View.SECOND, View.MINE)
_READ = Permission.REQUESTS_READ


@dataclass(frozen=True)
class Row:
    """A thing as its line shows it."""

    item: ItemSeen
    url: str
    title: str
    member: str
    country: str
    state: Said
    papers: str
    age: str
    holder: str


Choices = list[tuple[str, str]]


@require_safe
@desk_page(_READ)
def queue(request: HttpRequest, viewer: Viewer) -> Made:
    return shown(request, viewer)


def shown(request: HttpRequest, viewer: Viewer) -> Made:
    """A page of the queue: a constant number of statements, however long it is."""
    watched = watching.of_queue(viewer)
    query = asked(request.GET)
    looked = near(viewer)
    counters = queries.counters(looked, by=viewer.id, now=viewer.now)
    found = queries.queue(
        wanted(query, viewer),
        by=viewer.id,
        now=viewer.now,
        size=ON_A_PAGE,
        after=query.after,
        before=query.before,
    )
    facets = queries.facets(looked, by=viewer.id, now=viewer.now)
    team = staff_seen.names_at_work(permission=_READ)
    left = query.on_tab(query.view)
    values = {
        "rows": rows_of(found.items, query, viewer, team),
        "asked": query,
        "tabs": [_tab(view, query, counted(view, counters)) for view in _tabs(query, counters)],
        "heading": words.tab(query.view),
        "said": _said(request.GET),
        "moment": formats.moment(viewer.now, settings.HAVRE.OPERATOR_TIME_ZONE),
        "late": _late(counters.late),
        "later_url": _at(replace(left, after=found.later)) if found.later else "",
        "sooner_url": _at(replace(left, before=found.sooner)) if found.sooner else "",
        "choices": _choices(facets, team),
        "team": team,
        "snoozes": SNOOZES,
        "may_assign": viewer.may(Permission.QUEUES_ASSIGN),
        "watched": watched,
        "undo": undo_of(request, viewer),
    }
    return Page("desk/queue.jinja", values, rubric=RUBRIC)


@require_POST
@desk_page(_READ)
def take_next(request: HttpRequest, viewer: Viewer) -> Made:
    """The most urgent of what the page showed; two who ask at once get two things."""
    query = asked(request.GET)
    if query.view in {View.AWAITING, View.SNOOZED}:
        query = query.on_tab(View.TO_DO)
    item = actions.take_next(wanted=wanted(query, viewer), by=viewer.id, now=viewer.now)
    if item is None:
        return redirect(_at(query.on_tab(query.view), done="nothing"))
    taken(viewer, item)
    return redirect(page_of(item, query))


@require_POST
@desk_page(_READ)
def take_one(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """Take what is nobody's, and go to it."""
    query = asked(request.GET)
    items = queries.items(ids=[id])
    if not items or not queries.is_within(items[0], near(viewer), by=viewer.id):
        return redirect(_at(query, done="gone"))
    try:
        actions.take(item=id, by=viewer.id, now=viewer.now)
    except TakenMeanwhile:
        return redirect(_at(query, done="gone"))
    taken(viewer, items[0])
    return redirect(page_of(items[0], query))


@require_POST
@desk_page(_READ)
def act(request: HttpRequest, viewer: Viewer) -> Made:
    """Several things at once: taken, given, freed, put off, brought back. Never decided."""
    query, form = asked(request.GET), request.POST
    chosen = ids_in(form.getlist("item")[:200])
    done = _done(form, chosen, viewer)
    return _back(query, done)


def rows_of(
    items: Iterable[ItemSeen], query: Asked, viewer: Viewer, team: Mapping[UUID, str]
) -> list[Row]:
    """Lines with the names of those they are about. One statement."""
    found = list(items)
    names = people.names_of(memberships=[one.membership for one in found if one.membership])
    return [_row(one, query, viewer, team, names) for one in found]


def _row(
    item: ItemSeen,
    query: Asked,
    viewer: Viewer,
    team: Mapping[UUID, str],
    names: Mapping[UUID, NameSeen],
) -> Row:
    member = names.get(item.membership) if item.membership else None
    return Row(
        item=item,
        url=page_of(item, query),
        title=words.title(item),
        member=member.full_name if member else "",
        country=formats.country(item.country) if item.country else "",
        state=words.standing(item, now=viewer.now),
        papers=words.papers(item),
        age=words.age(item, now=viewer.now),
        holder=words.holder(item.assigned_to, me=viewer.id, names=dict(team)),
    )


def _done(form: QueryDict, chosen: list[UUID], viewer: Viewer) -> int:
    """How many things changed. Without the right to assign one acts on what is one's own or free."""
    may_assign = viewer.may(Permission.QUEUES_ASSIGN)
    mine = near(viewer) if may_assign else replace(near(viewer), mine_or_free=viewer.id)
    mine = replace(mine, snoozed=None)
    free = replace(mine, mine_or_free=viewer.id)
    assign = partial(actions.assign, items=chosen, by=viewer.id, now=viewer.now)
    snooze = partial(actions.snooze, items=chosen, wanted=mine, by=viewer.id, now=viewer.now)
    match form.get("do", ""):
        case "take":
            return assign(to=viewer.id, wanted=free)
        case "free":
            return assign(to=None, wanted=mine)
        case "assign" if may_assign:
            to = id_in(form.get("to", ""))
            known = to in staff_seen.names_at_work(permission=_READ)
            return assign(to=to, wanted=mine) if known else 0
        case "snooze":
            until = _morning(form.get("days", ""), viewer)
            return snooze(until=until) if until else 0
        case "wake":
            return snooze(until=None)
    return 0


def _morning(days: str, viewer: Viewer) -> datetime | None:
    """Eight in the morning of the day after so many; none for a number that is not offered."""
    number = counted_in(days)
    if number not in SNOOZES:
        return None
    zone = ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)
    return datetime.combine(viewer.today + timedelta(days=number), time(8), zone)


def _back(query: Asked, done: int) -> HttpResponseBase:
    return redirect(_at(query, done=str(done)))


def _at(query: Asked, *, done: str = "") -> str:
    said = query.query()
    if done:
        said += ("&" if said else "?") + urlencode({"done": done})
    return f"{reverse('desk:queue')}{said}"


def _said(query: QueryDict) -> tuple[str, str]:
    """What an action left behind: kind and words, ("", "") for none."""
    done = query.get("done", "")
    if done == "asked":
        return "ok", _("Asked. The member has a mail that leads to it.")
    if done == "second":
        return "ok", _("Sent. Another person has it in their queue.")
    if done == "nothing":
        return "ok", _("Nothing waits here any more.")
    if done == "gone":
        return "wait", _("Somebody else took it, or it is done. The list is up to date.")
    if done == "0":
        return "wait", _("Nothing changed: choose lines that are yours or free.")
    if number := counted_in(done):
        return "ok", ngettext("%(num)d line changed.", "%(num)d lines changed.", number) % {
            "num": number
        }
    return "", ""


def _late(number: int) -> str:
    if not number:
        return _("Nothing is past its delay.")
    return ngettext("%(num)d is past its delay.", "%(num)d are past their delay.", number) % {
        "num": number
    }


def _tabs(query: Asked, counters: queries.Counters) -> list[View | Source]:
    """Those that are always there, and those that hold something or are looked at."""
    beside = (View.SNOOZED, *(one for one in Source if one is not Source.CASE))
    return [
        *_ALWAYS,
        *(one for one in beside if one is query.view or counted(one, counters)),
    ]


def _tab(view: View | Source, query: Asked, number: int) -> tuple[NavItem, int]:
    here = _at(query.on_tab(view))
    return NavItem(words.tab(view), here, "", current=view is query.view), number


def _choices(facets: Facets, team: Mapping[UUID, str]) -> dict[str, Choices]:
    kinds = sorted((words.kind_title(code), code) for code in all_kinds())
    languages = {"fr": "Français", "en": "English"}
    return {
        "kind": [(code, title) for title, code in kinds],
        "country": sorted(
            ((code, formats.country(code)) for code in facets.countries), key=lambda one: one[1]
        ),
        "language": [(code, languages.get(code, code)) for code in facets.languages],
        "product": [(code, code) for code in facets.products],
        "who": [
            (Who.MINE_OR_FREE.value, _("You or free")),
            (Who.FREE.value, _("Free")),
            *((str(person), name) for person, name in team.items()),
        ],
    }
