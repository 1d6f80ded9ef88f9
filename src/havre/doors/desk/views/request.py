"""A request on one page: what it says, its papers, what validation would change, who asks."""

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from havre.commons.cases import queries as cases
from havre.commons.cases.words import AskState
from havre.commons.documents import queries as documents
from havre.commons.staff import queries as staff_seen
from havre.commons.staff.words import Permission
from havre.commons.worklist import queries as worklist
from havre.domains.people import queries as people
from havre.doors.desk import request_page as shows
from havre.doors.desk import request_words, watching
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.desk.queue_words import kind_title
from havre.doors.desk.queueing import Asked, asked, near
from havre.doors.desk.request_documents import looked
from havre.doors.desk.request_page import Draft
from havre.doors.desk.request_read import Found, Work, around, found, read
from havre.doors.desk.request_thread import Thread, thread_of
from havre.doors.desk.taking import inside_case
from havre.doors.desk.undoing import undo_of
from havre.doors.desk.views.queue import RUBRIC, rows_of

READ = Permission.REQUESTS_READ


@require_safe
@desk_page(READ)
def request_page(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """The request; what the rules propose stands in the form."""
    return shown(request, viewer, found(viewer, id))


@require_POST
@desk_page(READ)
def preview(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """The same with what was typed: the effect as it would be, or a text at hand put in place."""
    return shown(request, viewer, found(viewer, id), typed=True)


@require_safe
@desk_page(READ)
def news(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """What others did to the request since it was read, for its open page."""
    at, since = found(viewer, id), shows.moment_in(request.GET.get("since", "")) or viewer.now
    watched = watching.of_case(viewer, at.case)
    of = {"household": at.case.household, "case": id}
    with inside_case(viewer, at.case, in_hand=at.in_hand(viewer)) as opened:
        events = cases.events_of(**of, told=False)
        sent = documents.uploads_of(household=at.case.household, subject=id) if opened else ()
        member = people.person_of(household=at.case.household, membership=at.case.membership)
        may = opened and viewer.may(Permission.MESSAGES_ANSWER)
        thread = thread_of(viewer, at.case, read=False) if may else None
    return Page(
        "desk/request_news.jinja",
        {
            "watched": watched,
            "case": at.case,
            "since": since,
            "suffix": suffix_of(request),
            "member": member.first_name if member else "",
            "events": shows.by_others(events, since, viewer),
            "papers": sum(one.settled and one.moved_at > since for one in sent),
            "thread": thread,
            "told": request_words,
            "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
        },
    )


def shown(
    request: HttpRequest,
    viewer: Viewer,
    at: Found,
    *,
    typed: bool = False,
    refused: str = "",
    problem: str = "",
    status: int = 200,
) -> Made:
    """The whole page. ``refused`` names what stood against a decision, ``problem`` against a message; then
    what was typed stays."""
    query, look = asked(request.GET), looked(request.GET)
    watched = watching.of_case(viewer, at.case)
    work = read(viewer, at)
    here = reverse("desk:request", kwargs={"id": at.case.id}) + query.query()
    with inside_case(viewer, at.case, in_hand=at.in_hand(viewer)):
        draft = _draft(request, work, viewer, typed=typed)
        values = shows.values(work, viewer, draft, look, here=here)
        thread = _thread(request, work, viewer, problem)
    return Page(
        "desk/request.jinja",
        {
            **values,
            **_queue_side(viewer, at, query),
            **_frame(request, viewer, at, query),
            "thread": thread,
            "watched": watched,
            "refused": refused,
            "moved": shows.by_others(work.events, draft.read_at, viewer)
            if draft and refused
            else [],
            "open_asks": [one for one in work.asks if one.state is AskState.OPEN],
        },
        rubric=RUBRIC,
        status=status,
    )


def may_decide(viewer: Viewer, at: Found) -> bool:
    """Whether this person may act on what waits: by permission, compartment, scope, and not twice."""
    return (
        at.item is not None
        and at.case.is_open
        and worklist.is_within(at.item, near(viewer), by=viewer.id)
    )


def suffix_of(request: HttpRequest) -> str:
    """What addresses of the page carry along: the queue one came from, the paper that is looked at."""
    parts = (asked(request.GET).query().removeprefix("?"), looked(request.GET).query())
    said = "&".join(filter(None, parts))
    return f"?{said}" if said else ""


def _thread(request: HttpRequest, work: Work, viewer: Viewer, problem: str) -> Thread | None:
    """What was written, for who answers messages; none for others, and where the content is closed."""
    if work.request is None or not viewer.may(Permission.MESSAGES_ANSWER):
        return None
    thread = thread_of(viewer, work.case, read=request.method == "GET")
    if not problem:
        return thread
    return replace(thread, typed=request.POST.get("body", ""), problem=problem)


def _draft(request: HttpRequest, work: Work, viewer: Viewer, *, typed: bool) -> Draft | None:
    if work.request is None:
        return None
    if not typed:
        return shows.proposed(work, now=viewer.now)
    draft = shows.sent(work, request.POST, now=viewer.now)
    at_hand = {one.id: text for one, text in shows.canned_texts(work, viewer)}
    text = at_hand.get(request.POST.get("canned", "")) if "insert" in request.POST else None
    return replace(draft, words=text) if text else draft


def _frame(request: HttpRequest, viewer: Viewer, at: Found, query: Asked) -> dict[str, object]:
    """What the page says of itself, whether its content is open or not."""
    return {
        "query": query.query(),
        "suffix": suffix_of(request),
        "now": viewer.now,
        "kind_title": kind_title(at.case.kind),
        "open": request.resolver_match.url_name if request.resolver_match else "",
        "may_decide": may_decide(viewer, at),
        "undo": undo_of(request, viewer),
        "noted": shows.noted(request.POST),
    }


def _queue_side(viewer: Viewer, at: Found, query: Asked) -> dict[str, object]:
    """The queue around the request, with the way to the one before it and the one behind."""
    items, here = around(viewer, at, query)
    team = staff_seen.names_at_work(permission=READ)
    rows = rows_of(items, query, viewer, team)
    return {
        "rows": rows,
        "here_at": here,
        "before": rows[here - 1].url if here > 0 else "",
        "behind": rows[here + 1].url if here + 1 < len(rows) else "",
        "holder": rows[here].holder if here >= 0 else "",
    }
