"""Everything that changes messages. Each needs a transaction in the household's guard."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from havre.commons.documents.words import Compartment
from havre.commons.messaging import queries, rules
from havre.commons.messaging.models import (
    AnswerTime,
    Conversation,
    Draft,
    Message,
    body_place,
    draft_place,
    subject_place,
)
from havre.commons.messaging.queries import ConversationSeen
from havre.commons.messaging.words import (
    LONGEST_MESSAGE,
    LONGEST_SUBJECT,
    Office,
    Scope,
    Side,
    State,
    Topic,
    Typed,
    Writer,
)
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Item, Source
from havre.foundation.crypto import vault
from havre.foundation.db import live
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal

# The permission of whoever may read what waits, as the desk names it.
_NEEDS = {
    Compartment.GENERAL: "messages.answer",
    Compartment.HEALTH: "health.open",
    Compartment.MEDICAL: "medical.read",
}
_MARKS = {
    Side.MEMBER: ("member_seen", "unread_by_member"),
    Side.STAFF: ("staff_seen", "unread_by_staff"),
}


class NothingWritten(Refusal):
    """A message says something, or brings a file."""


class TooLong(Refusal):
    """A message has ``LONGEST_MESSAGE`` characters at most, a subject ``LONGEST_SUBJECT``."""


class NoSuchConversation(Refusal):
    """The household has no such conversation, or it is not the member's."""


@dataclass(frozen=True)
class Posted:
    """``new`` is false for what had been sent before: nothing changed. ``key`` is the message's own:
    its files go by it."""

    conversation: UUID
    id: UUID
    number: int
    key: UUID
    new: bool


def start(
    *,
    household: UUID,
    membership: UUID,
    topic: Topic,
    subject: str,
    key: UUID,
    scope: Scope,
    now: datetime,
    case: UUID | None = None,
    compartment: Compartment | None = None,
) -> UUID:
    """Begin a conversation, without a message yet; the id of it.

    The same ``key`` (drawn with the form), or the same ``case``, gives the one that is there. Refuses
    ``TooLong``.
    """
    line = rules.tidied(subject).replace("\n", " ")
    if len(line) > LONGEST_SUBJECT:
        raise TooLong
    row_id = new_id()
    made = Conversation(
        id=row_id,
        household_id=household,
        membership_id=membership,
        case_id=case,
        client_key=key,
        topic=topic,
        subject=vault().seal(line, place=subject_place(row_id)) if line else None,
        compartment=compartment or rules.compartment_of(topic),
        opened_at=now,
        last_at=now,
        last_from=Side.MEMBER,
        **_columns(scope),
    )
    Conversation.objects.bulk_create([made], ignore_conflicts=True)
    return _begun(made)


def post(
    *,
    household: UUID,
    conversation: UUID,
    writer: Writer,
    body: str,
    key: UUID,
    now: datetime,
    office: Office,
    membership: UUID | None = None,
    attached: bool = False,
) -> Posted:
    """Add a message, and open the conversation again if it was closed. A member's waits for the team until
    it is answered. The same ``key`` is kept once; another text under a key that a browser gave back, or
    files that wait to leave with it (``attached``), are another message.

    Writing is reading: the writer's side has seen what was there. Refuses ``NothingWritten``, ``TooLong``
    and, where ``membership`` is not that of the conversation, ``NoSuchConversation``.
    """
    text = _checked(body)
    row = _locked(household, conversation, membership)
    sent = _sent(row, key)
    if sent and (attached or (text and queries.opened(sent).body != text)):
        key = uuid5(key, f"{row.messages} files" if attached else text)
        sent = _sent(row, key)
    if sent:
        return Posted(row.id, sent.id, sent.number, key, new=False)
    if not text and not attached:
        raise NothingWritten
    made = _message(row, writer, text, key=key, now=now)
    _forget_draft(household, conversation, writer.id)
    _moved(row, writer.side, now=now, office=office)
    if writer.side is Side.MEMBER:
        _wait(row, office)
    else:
        worklist.take_away(source=Source.MESSAGE, source_id=row.id)
    _announce(row)
    return Posted(row.id, made.id, made.number, key, new=True)


def mark_read(conversation: ConversationSeen, *, side: Side, up_to: int) -> bool:
    """This side has seen all messages, of which the last is this number. Whether that is news.

    Where another has come meanwhile nothing is marked: whoever sees that one says so.
    """
    seen, unread = _MARKS[side]
    rows = Conversation.objects.filter(
        household_id=conversation.household,
        id=conversation.id,
        messages=up_to,
        **{f"{seen}__lt": up_to},
    )
    if not rows.update(**{seen: up_to, unread: 0}):
        return False
    live.announce(
        queries.topic_of(conversation.id), queries.topic_of_member(conversation.membership)
    )
    return True


def close(*, household: UUID, conversation: UUID) -> None:
    """Nothing more is expected of anybody. Whoever writes opens it again."""
    _set_state(household, conversation, State.CLOSED)


def reopen(*, household: UUID, conversation: UUID) -> None:
    _set_state(household, conversation, State.OPEN)


def save_draft(
    *, household: UUID, conversation: UUID | None, author: UUID, typed: Typed, now: datetime
) -> None:
    """Keep what somebody is typing; no word typed is nothing kept. Refuses ``TooLong``."""
    if len(typed.body) > LONGEST_MESSAGE or len(typed.subject) > LONGEST_SUBJECT:
        raise TooLong
    if not (typed.body.strip() or typed.subject.strip()):
        _forget_draft(household, conversation, author)
        return
    mine = Draft.objects.filter(
        household_id=household, conversation_id=conversation, author_id=author
    )
    known = mine.values_list("id", flat=True).first()
    row_id = known or new_id()
    columns = {
        "topic": typed.topic,
        "subject": _sealed(typed.subject, row_id, "subject") if typed.subject else None,
        "body": _sealed(typed.body, row_id, "body"),
        "saved_at": now,
    }
    if known:
        mine.update(**columns)
        return
    made = Draft(
        id=row_id,
        household_id=household,
        conversation_id=conversation,
        author_id=author,
        **columns,
    )
    Draft.objects.bulk_create([made], ignore_conflicts=True)


def forget_draft(*, household: UUID, conversation: UUID | None, author: UUID) -> None:
    """What was typed there has been sent, or is wanted no more."""
    _forget_draft(household, conversation, author)


def _sealed(text: str, draft: UUID, column: str) -> bytes:
    return vault().seal(text, place=draft_place(draft, column))


def _begun(made: Conversation) -> UUID:
    """The conversation of this case or key, whoever was first to begin it."""
    rows = Conversation.objects.filter(
        household_id=made.household_id, membership_id=made.membership_id
    )
    known = (
        rows.filter(case_id=made.case_id)
        if made.case_id
        else rows.filter(client_key=made.client_key)
    )
    found = known.values_list("id", flat=True).first()
    if found is None:  # the key is that of somebody else of the household
        raise NoSuchConversation
    return found


def _columns(scope: Scope) -> dict[str, Any]:
    return {
        "language": scope.language,
        "product": scope.product,
        "employer_id": scope.employer,
        "intermediary_id": scope.intermediary,
    }


def _locked(household: UUID, conversation: UUID, membership: UUID | None) -> Conversation:
    rows = Conversation.objects.select_for_update().filter(household_id=household, id=conversation)
    if membership is not None:
        rows = rows.filter(membership_id=membership)
    row = rows.first()
    if row is None:
        raise NoSuchConversation
    return row


def _wait(row: Conversation, office: Office) -> None:
    since = row.waiting_since or row.last_at
    worklist.put(
        Item(
            source=Source.MESSAGE,
            source_id=row.id,
            kind="message",
            needs=_NEEDS[Compartment(row.compartment)],
            opened_at=since,
            due_at=office.answer_by(since),
            household=row.household_id,
            membership=row.membership_id,
            language=row.language,
            product=row.product or "",
            employer=row.employer_id,
            intermediary=row.intermediary_id,
        )
    )


def _checked(body: str) -> str:
    text = rules.tidied(body)
    if len(text) > LONGEST_MESSAGE:
        raise TooLong
    return text


def _sent(row: Conversation, key: UUID) -> Message | None:
    return Message.objects.filter(
        household_id=row.household_id, conversation_id=row.id, client_key=key
    ).first()


def _message(row: Conversation, writer: Writer, text: str, *, key: UUID, now: datetime) -> Message:
    row_id = new_id()
    made = Message(
        id=row_id,
        household_id=row.household_id,
        conversation_id=row.id,
        number=row.messages + 1,
        author=writer.side,
        author_id=writer.id,
        shown_name=writer.name,
        compartment=row.compartment,
        body=vault().seal(text, place=body_place(row_id)),
        client_key=key,
        at=now,
    )
    made.save(force_insert=True)
    return made


def _moved(row: Conversation, side: Side, *, now: datetime, office: Office) -> None:
    row.messages += 1
    row.last_at, row.last_from, row.state = now, side, State.OPEN
    changed = ["messages", "last_at", "last_from", "state", "waiting_since"]
    if side is Side.MEMBER:
        row.waiting_since = row.waiting_since or now
        row.member_seen, row.unread_by_member = row.messages, 0
        row.unread_by_staff += 1
    else:
        if row.waiting_since:
            minutes = office.minutes(row.waiting_since, now)
            AnswerTime.objects.bulk_create([AnswerTime(answered_at=now, minutes=minutes)])
        row.waiting_since = None
        row.staff_seen, row.unread_by_staff = row.messages, 0
        row.unread_by_member += 1
    row.save(
        update_fields=[
            *changed,
            "member_seen" if side is Side.MEMBER else "staff_seen",
            "unread_by_member",
            "unread_by_staff",
        ]
    )


def _set_state(household: UUID, conversation: UUID, state: State) -> None:
    row = _locked(household, conversation, None)
    if row.state != state:
        row.state = state
        row.waiting_since = None if state is State.CLOSED else row.waiting_since
        row.save(update_fields=["state", "waiting_since"])
        if state is State.CLOSED:
            worklist.take_away(source=Source.MESSAGE, source_id=row.id)
        _announce(row)


def _forget_draft(household: UUID, conversation: UUID | None, author: UUID) -> None:
    Draft.objects.filter(
        household_id=household, conversation_id=conversation, author_id=author
    ).delete()


def _announce(row: Conversation) -> None:
    live.announce(queries.topic_of(row.id), queries.topic_of_member(row.membership_id))
