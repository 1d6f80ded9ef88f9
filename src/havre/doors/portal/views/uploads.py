"""Files that members send, and what became of them. The protocol is ``doors.ui.uploading``'s."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.commons.accounts.words import Step
from havre.doors.portal.page import Viewer, inside, step_page
from havre.doors.portal.upload_places import place_of
from havre.doors.ui import uploading
from havre.doors.ui.uploading import UploadPlace, takes_files


@takes_files
@require_POST
@step_page(Step.HOME)
def uploads(request: HttpRequest, viewer: Viewer, subject: UUID) -> HttpResponseBase:
    return uploading.send(request, _place(viewer, subject))


@require_http_methods(["HEAD", "PATCH", "POST"])
@step_page(Step.HOME)
def upload(request: HttpRequest, viewer: Viewer, subject: UUID, id: UUID) -> HttpResponseBase:  # noqa: A002
    return uploading.one(request, _place(viewer, subject), id)


@require_safe
@step_page(Step.HOME)
def file(request: HttpRequest, viewer: Viewer, subject: UUID, id: UUID) -> HttpResponseBase:  # noqa: A002, ARG001
    return uploading.handed_out(_place(viewer, subject), id)


@require_safe
@step_page(Step.HOME)
def picture(request: HttpRequest, viewer: Viewer, subject: UUID, id: UUID) -> HttpResponseBase:  # noqa: A002, ARG001
    return uploading.handed_out(_place(viewer, subject), id, picture=True)


def _place(viewer: Viewer, subject: UUID) -> UploadPlace:
    with inside(viewer):
        return place_of(viewer, subject)
