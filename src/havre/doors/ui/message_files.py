"""Files of messages, the same at every door: those that wait to leave, and those under each message.

They are sent to the conversation and wait under whoever sent them; the message takes them along. What
the other side has not sent yet is nowhere.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from havre.commons.documents.actions import Sender
from havre.commons.documents.queries import UploadSeen
from havre.commons.messaging.queries import ConversationSeen, MessageSeen
from havre.doors.ui.uploading import UploadPlace
from havre.doors.ui.uploads import Piece, UploadList, UploadShown, upload_list, upload_shown
from havre.journeys.messages.writing import waiting_piece


def place_in(
    conversation: ConversationSeen,
    uploads: Sequence[UploadSeen],
    *,
    sender: Sender,
    door: str,
    back: str,
    now: datetime,
    names: Mapping[str, UUID] | None = None,
) -> UploadPlace:
    """Where this writer sends files, and reads those of the messages. ``names`` are what the door's
    addresses take beside the conversation."""
    sent = frozenset(one.piece for one in uploads if one.kept)
    return UploadPlace(
        door=door,
        sender=sender,
        subject=conversation.id,
        papers=dict.fromkeys((*sent, waiting_piece(sender.id)), conversation.compartment),
        back=back,
        now=now,
        filed=sent,
        names=names or {},
    )


def waiting(place: UploadPlace, uploads: Sequence[UploadSeen]) -> UploadList:
    """The list where files are added, with those that leave with the next message."""
    return upload_list(
        place, [Piece(waiting_piece(place.sender.id), _("Files for your message"))], uploads
    )


def under(
    place: UploadPlace, messages: Sequence[MessageSeen], uploads: Sequence[UploadSeen]
) -> dict[int, list[UploadShown]]:
    """By the number of each message, what came with it."""
    return {
        message.number: [
            upload_shown(place, one)
            for one in uploads
            if one.kept and one.piece == str(message.client_key)
        ]
        for message in messages
    }
