"""Writing a request: page by page, read again, sent."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.commons.cases.actions import DraftGone, FiledOtherwise
from havre.doors.portal.page import Made, Page, Viewer, member_page
from havre.doors.portal.requesting import (
    CONTESTS,
    RUBRIC,
    OwnWriting,
    by,
    find_case,
    own_writing,
)
from havre.doors.ui import request_writing as pages
from havre.doors.ui.addresses import url
from havre.doors.ui.request_writing import Shown
from havre.foundation.db import Channel

_TEMPLATES = {
    "step": "portal/requests/step.jinja",
    "check": "portal/requests/check.jinja",
    "elsewhere": "portal/requests/elsewhere.jinja",
}


@require_safe
@member_page
def resume(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """Where it was left; a draft that was sent leads to its request."""
    writing = _writing(viewer, id)
    return pages.resumed(writing) if isinstance(writing, OwnWriting) else writing


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def step(request: HttpRequest, viewer: Viewer, id: UUID, step: str) -> Made:  # noqa: A002
    """One page of the form; each of its buttons keeps what is written there."""
    writing = _writing(viewer, id)
    if not isinstance(writing, OwnWriting):
        return writing
    return _drawn(pages.page_of(request, writing, step))


@require_safe
@member_page
def check(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """All that will be sent, to be read again."""
    writing = _writing(viewer, id)
    return _drawn(pages.check(writing)) if isinstance(writing, OwnWriting) else writing


@require_POST
@member_page
def send(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """Put it on file: once, however often it is sent, as it was read."""
    writing = _writing(viewer, id)
    if not isinstance(writing, OwnWriting):
        return writing
    contested = writing.answers.get(CONTESTS)
    try:
        shown = pages.send(
            request,
            writing,
            channel=Channel.ONLINE,
            by=by(viewer),
            contests=UUID(contested) if contested else None,
        )
    except FiledOtherwise:
        values = {"case_url": url("portal:request", id=id), "back_url": url("portal:requests")}
        return Page("portal/requests/filed_otherwise.jinja", values, rubric=RUBRIC, status=409)
    except DraftGone:
        raise Http404 from None
    return _drawn(shown) if shown else redirect("portal:request-receipt", id=id)


def _drawn(shown: Shown | HttpResponseBase) -> Made:
    if isinstance(shown, HttpResponseBase):
        return shown
    return Page(_TEMPLATES[shown.name], shown.values, rubric=RUBRIC, status=shown.status)


def _writing(viewer: Viewer, draft: UUID) -> OwnWriting | HttpResponseBase:
    """The reader's draft; the way to the request that it became; else not found."""
    found = own_writing(viewer, draft)
    if found is None:
        if find_case(viewer, draft) is None:
            raise Http404
        return redirect("portal:request-receipt", id=draft)
    return found
