"""Where the files of a conversation are at the desk, and who sends some."""

from collections.abc import Sequence

from django.http import HttpRequest

from havre.commons.documents.actions import Sender
from havre.commons.documents.queries import UploadSeen
from havre.commons.messaging.queries import ConversationSeen
from havre.doors.desk.conversations import PURPOSE
from havre.doors.desk.page import STAFF, Viewer
from havre.doors.ui import message_files
from havre.doors.ui.addresses import url
from havre.doors.ui.uploading import UploadPlace
from havre.foundation.db import Role


def by_staff(request: HttpRequest) -> bool:
    return STAFF in request.session


def files_in(
    viewer: Viewer, conversation: ConversationSeen, uploads: Sequence[UploadSeen], *, health: bool
) -> UploadPlace:
    """The place of this conversation, of which the uploads are known."""
    household = conversation.household
    return message_files.place_in(
        conversation,
        uploads,
        sender=Sender(
            viewer.id,
            viewer.actor(purpose=PURPOSE),
            viewer.health_role if health else Role.DESK,
            household,
        ),
        door="desk",
        back=url("desk:message", household=household, id=conversation.id),
        now=viewer.now,
        names={"household": household},
    )
