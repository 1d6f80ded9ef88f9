"""Files of a conversation at the desk: sent with an answer, or read under a message."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.commons.documents import queries as documents
from havre.commons.staff.words import Permission
from havre.doors.desk.conversations import PURPOSE, health_is_open, own_conversation
from havre.doors.desk.message_files import by_staff, files_in
from havre.doors.desk.page import Viewer, desk_page
from havre.doors.ui import uploading
from havre.doors.ui.uploading import UploadPlace, takes_files

_answers = desk_page(Permission.MESSAGES_ANSWER, role=None)


def _sending(
    request: HttpRequest, viewer: Viewer, household: UUID, subject: UUID
) -> HttpResponseBase:
    return uploading.send(request, _place(viewer, household, subject))


uploads = takes_files(require_POST(_answers(_sending)), signed_in=by_staff)


@require_http_methods(["HEAD", "PATCH", "POST"])
@_answers
def upload(
    request: HttpRequest,
    viewer: Viewer,
    household: UUID,
    subject: UUID,
    id: UUID,  # noqa: A002
) -> HttpResponseBase:
    return uploading.one(request, _place(viewer, household, subject), id)


@require_safe
@_answers
def file(
    request: HttpRequest,  # noqa: ARG001  # every view takes it
    viewer: Viewer,
    household: UUID,
    subject: UUID,
    id: UUID,  # noqa: A002
) -> HttpResponseBase:
    return uploading.handed_out(_place(viewer, household, subject), id)


@require_safe
@_answers
def picture(
    request: HttpRequest,  # noqa: ARG001  # every view takes it
    viewer: Viewer,
    household: UUID,
    subject: UUID,
    id: UUID,  # noqa: A002
) -> HttpResponseBase:
    return uploading.handed_out(_place(viewer, household, subject), id, picture=True)


def _place(viewer: Viewer, household: UUID, conversation: UUID) -> UploadPlace:
    health = health_is_open(viewer, household)
    with viewer.inside(household, health=health, purpose=PURPOSE):
        found = own_conversation(viewer, household, conversation)
        if found is None:
            raise Http404
        sent = documents.uploads_of(household=household, subject=conversation)
    return files_in(viewer, found, sent, health=health)
