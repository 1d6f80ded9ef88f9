"""What is written about a request: its thread, on its own page."""

from typing import Any
from uuid import UUID

from django.conf import settings

from havre.commons.cases.queries import CaseSeen
from havre.commons.documents import queries as documents
from havre.commons.messaging import actions
from havre.commons.messaging import queries as messages
from havre.commons.messaging.queries import ConversationSeen
from havre.commons.messaging.words import Side
from havre.doors.portal import message_words
from havre.doors.portal.message_forms import ThreadForm
from havre.doors.portal.message_places import files_in
from havre.doors.portal.message_sending import member_of, plain_files
from havre.doors.portal.page import Viewer
from havre.doors.ui import message_files
from havre.doors.ui.addresses import url
from havre.foundation.ids import new_id
from havre.journeys.messages.hours import team_hours
from havre.journeys.messages.writing import thread_of_request

LATEST = 10


def begun(viewer: Viewer, case: CaseSeen) -> UUID:
    """Where the reader writes about a request of theirs. Call it outside any guard."""
    return thread_of_request(
        member_of(viewer),
        case=case.id,
        compartment=case.compartment,
        language=viewer.language,
        today=viewer.today,
        now=viewer.now,
    )


def in_hand(viewer: Viewer, case: UUID) -> tuple[ConversationSeen | None, str]:
    """The thread, once somebody began to write, and what the reader typed there. One statement."""
    account = viewer.account
    found = messages.thread_in_hand(household=account.household, case=case, author=account.id)
    if found is None or found[0].membership != account.membership:
        return None, ""
    return found


def topics_of(conversation: ConversationSeen | None) -> list[str]:
    """What moves with the files of a thread; its messages move with the reader's list of them."""
    return [documents.topic_of(conversation.id)] if conversation else []


def thread_of(
    viewer: Viewer,
    case: UUID,
    conversation: ConversationSeen | None,
    typed: str,
) -> dict[str, Any]:
    """The last messages, seen by now, and the form of the next with its files. Two statements."""
    values: dict[str, Any] = {
        "form": ThreadForm(initial={"body": typed}),
        "key": new_id(),
        "thread": [],
        "mark": "",
        "whole_url": "",
        "draft_url": url("portal:request-message-draft", id=case),
        "thread_files": None,
        "plain_files": plain_files(),
    }
    if conversation is None:
        return values
    last = messages.messages_of(
        household=conversation.household, conversation=conversation.id, before=None, most=LATEST
    )
    if last and conversation.member_seen < last[-1].number and not settings.HAVRE.READ_ONLY:
        actions.mark_read(conversation, side=Side.MEMBER, up_to=last[-1].number)
    hours, zone = team_hours(today=viewer.today), settings.HAVRE.OPERATOR_TIME_ZONE
    uploads = documents.uploads_of(household=conversation.household, subject=conversation.id)
    place = files_in(viewer, conversation, uploads)
    files = message_files.under(place, last, uploads)
    whole = url("portal:conversation", id=conversation.id)
    return {
        **values,
        "thread": [message_words.said(one, zone=zone, files=files[one.number]) for one in last],
        "thread_files": message_files.waiting(place, uploads),
        "mark": message_words.mark(conversation, hours, now=viewer.now, zone=zone),
        "whole_url": whole if conversation.messages > LATEST else "",
    }
