"""What a member types, kept on the way to another device or another day."""

from uuid import UUID

from django.http import Http404, HttpResponse

from havre.commons.messaging import actions, queries
from havre.commons.messaging.actions import TooLong
from havre.commons.messaging.words import Typed
from havre.doors.portal.page import Viewer, inside


def keep_draft(viewer: Viewer, conversation: UUID | None, typed: Typed) -> HttpResponse:
    """Keep it for the reader, in a conversation of theirs or for one to begin; too long is 422."""
    account = viewer.account
    with inside(viewer):
        if conversation and not queries.conversation_of(
            household=account.household, conversation=conversation, membership=account.membership
        ):
            raise Http404
        try:
            actions.save_draft(
                household=account.household,
                conversation=conversation,
                author=account.id,
                typed=typed,
                now=viewer.now,
            )
        except TooLong:
            return HttpResponse(status=422)
    return HttpResponse(status=204)
