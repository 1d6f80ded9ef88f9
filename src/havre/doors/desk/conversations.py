"""A conversation at the desk: whether it opens to whoever works at it, and where its history is."""

from uuid import UUID

from havre.commons.audit import queries as audited
from havre.commons.messaging import queries as messages
from havre.commons.messaging.queries import ConversationSeen
from havre.commons.staff.words import Permission
from havre.commons.worklist import queries as worklist
from havre.commons.worklist.words import Source
from havre.doors.desk.page import Viewer

PURPOSE = "answer a message"


def health_is_open(viewer: Viewer, household: UUID) -> bool:
    """Whether this person opened the health of the household, and may."""
    if not viewer.may(Permission.HEALTH_OPEN):
        return False
    with viewer.inside(household):
        return audited.is_open(household=household, staff=viewer.id, now=viewer.now)


def own_conversation(
    viewer: Viewer, household: UUID, conversation: UUID
) -> ConversationSeen | None:
    """The conversation, where this person's scope covers it."""
    found = messages.conversation_of(household=household, conversation=conversation)
    return found if found and in_scope(viewer, found) else None


def in_hand(
    viewer: Viewer, household: UUID, conversation: UUID
) -> tuple[ConversationSeen, str] | None:
    """The same, with what this person typed there and did not send."""
    found = messages.conversation_in_hand(
        household=household, conversation=conversation, author=viewer.id
    )
    return found if found and in_scope(viewer, found[0]) else None


def in_scope(viewer: Viewer, conversation: ConversationSeen) -> bool:
    scope = conversation.scope
    return viewer.scope.covers(
        product=scope.product, employer=scope.employer, intermediary=scope.intermediary
    )


def can_be_opened(viewer: Viewer, household: UUID, conversation: UUID) -> bool:
    """Whether it waits behind the health of the household, for somebody who may open that."""
    item = worklist.item_of(source=Source.MESSAGE, source_id=conversation)
    return bool(
        item
        and item.household == household
        and viewer.may(Permission.HEALTH_OPEN)
        and viewer.scope.covers(
            product=item.product or None, employer=item.employer, intermediary=item.intermediary
        )
    )
