"""A request on one page: what it says, its papers, what validation would change, who asks."""

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from havre.commons.cases import queries as cases
from havre.commons.cases.words import AskState
from havre.commons.documents import queries as documents
from havre.commons.documents.queries import DocumentDamaged
from havre.commons.staff import queries as staff_seen
from havre.commons.staff.words import Permission
from havre.commons.worklist import queries as worklist
from havre.doors.desk import request_page as shows
from havre.doors.desk import request_words, watching
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.desk.queue_words import kind_title
from havre.doors.desk.queueing import Asked, asked, near
from havre.doors.desk.request_page import Draft
from havre.doors.desk.request_read import Found, Work, around, found, read
from havre.doors.desk.taking import inside_case
from havre.doors.desk.undoing import undo_of
from havre.doors.desk.views.queue import RUBRIC, rows_of

READ = Permission.REQUESTS_READ
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


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
    watched = watching.of_case(viewer, id)
    at, since = found(viewer, id), shows.moment_in(request.GET.get("since", "")) or viewer.now
    with inside_case(viewer, at.case, in_hand=at.in_hand(viewer)):
        events = cases.events_of(household=at.case.household, case=id, told=False)
    return Page(
        "desk/request_news.jinja",
        {
            "watched": watched,
            "here": request.get_full_path(),
            "page": reverse("desk:request", kwargs={"id": id}) + asked(request.GET).query(),
            "events": shows.by_others(events, since, viewer),
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
    status: int = 200,
) -> Made:
    """The whole page. ``refused`` names what stood against a decision; then what was typed stays."""
    query = asked(request.GET)
    watched = watching.of_case(viewer, at.case.id)
    work = read(viewer, at)
    with inside_case(viewer, at.case, in_hand=at.in_hand(viewer)):
        draft = _draft(request, work, viewer, typed=typed)
        values = shows.values(work, viewer, draft, request.GET.get("paper", ""))
    return Page(
        "desk/request.jinja",
        {
            **values,
            **_queue_side(viewer, at, query),
            "query": query.query(),
            "watched": watched,
            "now": viewer.now,
            "kind_title": kind_title(at.case.kind),
            "open": request.resolver_match.url_name if request.resolver_match else "",
            "refused": refused,
            "moved": shows.by_others(work.events, draft.read_at, viewer)
            if draft and refused
            else [],
            "may_decide": may_decide(viewer, at),
            "undo": undo_of(request, viewer),
            "noted": shows.noted(request.POST),
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


@require_safe
@desk_page(READ)
def picture(request: HttpRequest, viewer: Viewer, id: UUID, paper: UUID) -> Made:  # noqa: A002, ARG001
    """The picture that we drew of a paper."""
    return _handed_out(viewer, id, paper, picture=True)


@require_safe
@desk_page(READ)
def file(request: HttpRequest, viewer: Viewer, id: UUID, paper: UUID) -> Made:  # noqa: A002, ARG001
    """The paper itself, to be kept and never shown in place."""
    return _handed_out(viewer, id, paper, picture=False)


def _draft(request: HttpRequest, work: Work, viewer: Viewer, *, typed: bool) -> Draft | None:
    if work.request is None:
        return None
    if not typed:
        return shows.proposed(work, now=viewer.now)
    draft = shows.sent(work, request.POST, now=viewer.now)
    at_hand = {one.id: text for one, text in shows.canned_texts(work, viewer)}
    text = at_hand.get(request.POST.get("canned", "")) if "insert" in request.POST else None
    return replace(draft, words=text) if text else draft


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


def _handed_out(viewer: Viewer, case: UUID, paper: UUID, *, picture: bool) -> Made:
    at = found(viewer, case)
    household = at.case.household
    with inside_case(viewer, at.case, in_hand=at.in_hand(viewer)):
        sent = documents.upload_of(household=household, upload=paper)
        if sent is None or sent.subject != case:
            raise Http404
        wanted = sent.preview if picture else sent.document
        document = wanted and documents.document_of(household=household, document=wanted)
    if not document:
        raise Http404
    try:
        parts = documents.content_of(document)
    except DocumentDamaged:
        raise Http404 from None
    name = f"{sent.file_name.rpartition('.')[0] or sent.file_name}.{_ENDINGS[document.media_type]}"
    response = StreamingHttpResponse(parts, content_type=document.media_type)
    response.headers["Content-Length"] = str(document.size)
    response.headers["Cache-Control"] = "no-store"
    response._csp_update = {"sandbox": True}  # type: ignore[attr-defined]  # as its decorator does
    response.headers["Content-Disposition"] = (
        "inline" if picture else content_disposition_header(True, name) or "attachment"
    )
    return response
