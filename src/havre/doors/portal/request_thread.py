"""What is written about a request: its thread, on its own page."""

from typing import Any
from uuid import UUID

from django.conf import settings

from havre.commons.messaging import actions
from havre.commons.messaging import queries as messages
from havre.commons.messaging.words import Side
from havre.doors.portal import message_words
from havre.doors.portal.message_forms import MessageForm
from havre.doors.portal.page import Viewer
from havre.doors.ui.addresses import url
from havre.foundation.ids import new_id
from havre.journeys.messages.hours import team_hours

LATEST = 10


def thread_of(viewer: Viewer, case: UUID) -> dict[str, Any]:
    """The last messages of a request, seen by now, and the form of the next. Two statements, one without."""
    household, zone = viewer.account.household, settings.HAVRE.OPERATOR_TIME_ZONE
    found = messages.conversation_of_case(household=household, case=case)
    form = MessageForm()
    values: dict[str, Any] = {
        "form": form,
        "key": new_id(),
        "thread": [],
        "mark": "",
        "whole_url": "",
    }
    if found is None or found.membership != viewer.account.membership:
        return {**values, "draft_url": ""}
    last = messages.messages_of(
        household=household, conversation=found.id, before=None, most=LATEST
    )
    if last and found.member_seen < last[-1].number and not settings.HAVRE.READ_ONLY:
        actions.mark_read(found, side=Side.MEMBER, up_to=last[-1].number)
    hours = team_hours(today=viewer.today)
    return {
        **values,
        "thread": [message_words.said(one, zone=zone) for one in last],
        "mark": message_words.mark(found, hours, now=viewer.now, zone=zone),
        "whole_url": url("portal:conversation", id=found.id) if found.messages > LATEST else "",
        "draft_url": url("portal:message-draft", id=found.id),
    }
