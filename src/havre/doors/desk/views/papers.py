"""The papers of a request: a page of one as a picture, and the file itself."""

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from havre.commons.documents import queries as documents
from havre.commons.documents.queries import DocumentDamaged, DocumentSeen, UploadSeen
from havre.doors.desk.page import Made, Viewer, desk_page
from havre.doors.desk.request_read import found
from havre.doors.desk.taking import inside_case
from havre.doors.desk.views.request import READ
from havre.doors.ui.numbers import counted
from havre.foundation.cleaning import Unfit, picture_of
from havre.foundation.db import Role, acting

PDF = "application/pdf"
_ENDINGS = {PDF: "pdf", "image/jpeg": "jpg", "image/png": "png"}


@require_safe
@desk_page(READ, role=None)  # a page is drawn after the database is left
def picture(request: HttpRequest, viewer: Viewer, id: UUID, paper: UUID) -> Made:  # noqa: A002  # of the address
    """A page of a paper as a picture: drawn by us, or the picture that we wrote anew."""
    sent, document = _sent(viewer, id, paper)
    page = counted(request.GET.get("page", "1"), at_most=9999) or 0
    if sent.preview is None or not 1 <= page <= (sent.pages or 1):
        raise Http404
    if document.media_type != PDF:
        return _as_it_is(document, "inline")
    try:
        drawn = picture_of(b"".join(_content(document)), page=page)
    except Unfit:
        raise Http404 from None
    return _kept_by_nobody(HttpResponse(drawn, content_type="image/jpeg"), "inline")


@require_safe
@desk_page(READ, role=None)
def file(request: HttpRequest, viewer: Viewer, id: UUID, paper: UUID) -> Made:  # noqa: A002, ARG001
    """The paper itself, to be kept and never shown in place."""
    sent, document = _sent(viewer, id, paper)
    name = f"{sent.file_name.rpartition('.')[0] or sent.file_name}.{_ENDINGS[document.media_type]}"
    return _as_it_is(document, content_disposition_header(True, name) or "attachment")


def _sent(viewer: Viewer, case: UUID, paper: UUID) -> tuple[UploadSeen, DocumentSeen]:
    """A paper of this request that is open to who looks; else it is missing."""
    with acting(actor=viewer.actor(), role=Role.DESK):
        at = found(viewer, case)
        household = at.case.household
        with inside_case(viewer, at.case, in_hand=at.in_hand(viewer)):
            sent = documents.upload_of(household=household, upload=paper)
            if sent is None or sent.subject != case or sent.document is None:
                raise Http404
            document = documents.document_of(household=household, document=sent.document)
    if document is None:
        raise Http404
    return sent, document


def _content(document: DocumentSeen) -> Iterator[bytes]:
    try:
        return documents.content_of(document)
    except DocumentDamaged:
        raise Http404 from None


def _as_it_is(document: DocumentSeen, disposition: str) -> HttpResponseBase:
    response = StreamingHttpResponse(_content(document), content_type=document.media_type)
    response.headers["Content-Length"] = str(document.size)
    return _kept_by_nobody(response, disposition)


def _kept_by_nobody(response: HttpResponseBase, disposition: str) -> HttpResponseBase:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Disposition"] = disposition
    response._csp_update = {"sandbox": True}  # type: ignore[attr-defined]  # as its decorator does
    return response
