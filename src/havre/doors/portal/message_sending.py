"""A message with what a plain form brought along."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from havre.commons.messaging.actions import NothingWritten, Posted
from havre.doors.portal.message_places import of_conversation
from havre.doors.portal.page import Viewer, inside
from havre.doors.ui import uploading
from havre.doors.ui.uploading import UploadPlace
from havre.doors.ui.uploads import ACCEPTED
from havre.journeys.messages.writing import Member, Text, add_files, waiting_piece, write


def member_of(viewer: Viewer) -> Member:
    account = viewer.account
    return Member(account.household, account.membership, account.id, viewer.actor)


def send(request: HttpRequest, viewer: Viewer, text: Text, *, conversation: UUID) -> Posted:
    """Add the message, its files under it; files alone are a message too. Sent twice, it is one.

    Refuses ``NothingWritten``, ``NoSuchConversation``.
    """

    def post() -> Posted:
        return write(
            member_of(viewer),
            text,
            conversation=conversation,
            today=viewer.today,
            now=viewer.now,
        )

    try:
        posted = post()
    except NothingWritten:
        if not _received(request, viewer, conversation):
            raise
        return post()
    put_under(request, viewer, posted)
    return posted


def put_under(request: HttpRequest, viewer: Viewer, posted: Posted) -> None:
    """The files of the form, under a message that was just written."""
    if place := _received(request, viewer, posted.conversation):
        add_files(place.sender, posted, now=viewer.now)


def plain_files() -> dict[str, object]:
    """What the field for files of a plain form says."""
    return {"accepted": ACCEPTED, "most_mb": settings.HAVRE.UPLOAD_MAX_MB}


def _received(request: HttpRequest, viewer: Viewer, conversation: UUID) -> UploadPlace | None:
    """Where the files of the form wait now, none where it brought none."""
    if not request.FILES:
        return None
    with inside(viewer):
        place = of_conversation(viewer, conversation)
    if place is not None:
        uploading.receive(request, place, waiting_piece(place.sender.id))
    return place
