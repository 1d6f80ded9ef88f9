"""Papers of a request that the desk makes: a letter that was scanned, what came with an e-mail."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.doors.desk import behalf
from havre.doors.desk.behalf import ASKS, HealthClosed
from havre.doors.desk.message_files import by_staff
from havre.doors.desk.page import Viewer, desk_page
from havre.doors.ui import uploading
from havre.doors.ui.uploading import UploadPlace, takes_files
from havre.foundation.db import Role, acting

_asks = desk_page(ASKS, role=None)


def _sending(
    request: HttpRequest, viewer: Viewer, membership: UUID, subject: UUID
) -> HttpResponseBase:
    return uploading.send(request, _place(viewer, membership, subject))


uploads = takes_files(require_POST(_asks(_sending)), signed_in=by_staff)


@require_http_methods(["HEAD", "PATCH", "POST"])
@_asks
def upload(
    request: HttpRequest,
    viewer: Viewer,
    membership: UUID,
    subject: UUID,
    id: UUID,  # noqa: A002
) -> HttpResponseBase:
    return uploading.one(request, _place(viewer, membership, subject), id)


@require_safe
@_asks
def file(
    request: HttpRequest,  # noqa: ARG001  # every view takes it
    viewer: Viewer,
    membership: UUID,
    subject: UUID,
    id: UUID,  # noqa: A002
) -> HttpResponseBase:
    return uploading.handed_out(_place(viewer, membership, subject), id)


@require_safe
@_asks
def picture(
    request: HttpRequest,  # noqa: ARG001  # every view takes it
    viewer: Viewer,
    membership: UUID,
    subject: UUID,
    id: UUID,  # noqa: A002
) -> HttpResponseBase:
    return uploading.handed_out(_place(viewer, membership, subject), id, picture=True)


def _place(viewer: Viewer, membership: UUID, draft: UUID) -> UploadPlace:
    """Where the papers of a draft are sent; not found once it was sent, or where it is closed."""
    with acting(actor=viewer.actor(), role=Role.DESK):
        at = behalf.at_of(viewer, membership)
        try:
            with behalf.inside_draft(viewer, at, draft) as health:
                found = behalf.draft_at(at, draft)
                if found is not None:
                    return behalf.writing_at(viewer, at, found, health=health).place()
        except HealthClosed:
            pass
    raise Http404
