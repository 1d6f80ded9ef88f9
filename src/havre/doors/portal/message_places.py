"""Where files of messages are sent: to a conversation of the reader's own."""

from collections.abc import Sequence
from uuid import UUID

from havre.commons.documents import queries as documents
from havre.commons.documents.actions import Sender
from havre.commons.documents.queries import UploadSeen
from havre.commons.messaging import queries as messages
from havre.commons.messaging.queries import ConversationSeen
from havre.doors.portal.page import Viewer
from havre.doors.ui import message_files
from havre.doors.ui.addresses import url
from havre.doors.ui.uploading import UploadPlace
from havre.foundation.db import Role


def of_conversation(viewer: Viewer, subject: UUID) -> UploadPlace | None:
    """Two statements, one where it is none of theirs."""
    account = viewer.account
    found = messages.conversation_of(
        household=account.household, conversation=subject, membership=account.membership
    )
    if found is None:
        return None
    uploads = documents.uploads_of(household=account.household, subject=subject)
    return files_in(viewer, found, uploads)


def files_in(
    viewer: Viewer, conversation: ConversationSeen, uploads: Sequence[UploadSeen]
) -> UploadPlace:
    """The place of this conversation, of which the uploads are known. The thread of a request is on the
    request's page."""
    back = url("portal:conversation", id=conversation.id)
    if conversation.case:
        back = f"{url('portal:request', id=conversation.case)}#thread"
    return message_files.place_in(
        conversation,
        uploads,
        sender=sender_of(viewer),
        door="portal",
        back=back,
        now=viewer.now,
    )


def sender_of(viewer: Viewer) -> Sender:
    account = viewer.account
    return Sender(account.id, viewer.actor, Role.MEMBER, account.household)
