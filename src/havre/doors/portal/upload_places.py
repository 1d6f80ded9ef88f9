"""What members may send files for. Each kind of subject has a finder, which knows whose it is."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404

from havre.doors.portal.message_places import of_conversation
from havre.doors.portal.page import Viewer
from havre.doors.portal.request_places import of_draft, of_request
from havre.doors.ui.uploading import UploadPlace

Finder = Callable[[Viewer, UUID], UploadPlace | None]

FINDERS: tuple[Finder, ...] = (of_draft, of_request, of_conversation)
"""Asked in turn, inside the guard of the reader's household; one that knows the subject gives its place."""


def place_of(viewer: Viewer, subject: UUID) -> UploadPlace:
    """Where files for this subject are sent; not found where it is nobody's the reader may act for."""
    for find in FINDERS:
        if place := find(viewer, subject):
            return place
    raise Http404
