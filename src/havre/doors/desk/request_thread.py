"""What was written about a request, on its own page: its messages, and what is being typed."""

from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from havre.commons.cases.queries import CaseSeen
from havre.commons.documents import queries as documents
from havre.commons.documents.words import Compartment
from havre.commons.messaging import actions
from havre.commons.messaging import queries as messages
from havre.commons.messaging.queries import ConversationSeen, MessageSeen
from havre.commons.messaging.words import LONGEST_MESSAGE, Side, Typed
from havre.doors.desk.conversations import in_scope
from havre.doors.desk.message_files import files_in
from havre.doors.desk.page import Viewer
from havre.doors.ui import message_files
from havre.doors.ui.addresses import url
from havre.doors.ui.uploads import UploadList, UploadShown
from havre.foundation.ids import new_id

LATEST = 20


@dataclass(frozen=True, kw_only=True)
class Thread:
    """The last messages with what came with each, what this person typed there and the files that wait to
    leave with it, and where the whole is, "" where nobody wrote."""

    messages: tuple[MessageSeen, ...] = ()
    came_with: dict[int, list[UploadShown]] = field(default_factory=dict)
    typed: str = ""
    files: UploadList | None = None
    problem: str = ""
    key: UUID = field(default_factory=new_id)
    whole_url: str = ""
    longest: int = LONGEST_MESSAGE


def thread_of(viewer: Viewer, case: CaseSeen, *, read: bool) -> Thread:
    """Needs the guard of the request, its content open. ``read``: the messages are seen by now. Four
    statements, one where nobody wrote."""
    found = _conversation(viewer, case)
    if found is None:
        return Thread()
    last = messages.messages_of(
        household=case.household, conversation=found.id, before=None, most=LATEST
    )
    if read and last and found.staff_seen < last[-1].number and not settings.HAVRE.READ_ONLY:
        actions.mark_read(found, side=Side.STAFF, up_to=last[-1].number)
    sent = documents.uploads_of(household=case.household, subject=found.id)
    place = files_in(viewer, found, sent, health=case.compartment is not Compartment.GENERAL)
    return Thread(
        messages=tuple(last),
        came_with=message_files.under(place, last, sent),
        typed=messages.draft_of(
            household=case.household, conversation=found.id, author=viewer.id
        ).body,
        files=message_files.waiting(place, sent),
        whole_url=url("desk:message", household=case.household, id=found.id),
    )


def keep_typed(viewer: Viewer, case: CaseSeen, body: str) -> None:
    """Keep what is typed and not sent. Before the first message there is no place for it but the page.

    Needs the same guard. Refuses ``TooLong``."""
    found = _conversation(viewer, case)
    if found:
        actions.save_draft(
            household=case.household,
            conversation=found.id,
            author=viewer.id,
            typed=Typed(body),
            now=viewer.now,
        )


def _conversation(viewer: Viewer, case: CaseSeen) -> ConversationSeen | None:
    found = messages.conversation_of_case(household=case.household, case=case.id)
    return found if found and in_scope(viewer, found) else None
