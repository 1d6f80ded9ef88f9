"""Conversations put there by the actions that make them, for whatever test needs some."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from havre.commons.documents.words import Compartment
from havre.commons.messaging import actions
from havre.commons.messaging.actions import Posted
from havre.commons.messaging.models import Conversation, Message, body_place
from havre.commons.messaging.words import Office, Scope, Side, Topic, Writer
from havre.foundation.crypto import vault
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id
from tests.database import acting_as

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
STAFF = UUID("01900000-0000-7000-8000-00000000ad1a")
NADIA = Writer(Side.STAFF, STAFF, "Nadia")
ONLINE = Actor(name="tests", channel=Channel.ONLINE, purpose="test")
AT_THE_DESK = Actor(name=str(STAFF), channel=Channel.DESK, purpose="test")


ALWAYS = Office(  # an office that never closes, and answers within the hour
    minutes=lambda start, end: int((end - start) / timedelta(minutes=1)),
    answer_by=lambda start: start + timedelta(hours=1),
)


def a_conversation(
    *,
    household: UUID,
    membership: UUID,
    text: str = "Where is my refund?",
    subject: str = "My refund",
    topic: Topic = Topic.CONTRACT,
    now: datetime = NOW,
    case: UUID | None = None,
) -> UUID:
    """Begun by the member, with a first message unless ``text`` is empty."""
    with acting(actor=ONLINE, role=Role.MEMBER, household=household):
        made = actions.start(
            household=household,
            membership=membership,
            topic=topic,
            subject=subject,
            key=new_id(),
            scope=Scope("en"),
            now=now,
            case=case,
        )
    if text:
        written(household, made, text, by=membership, now=now)
    return made


def many_messages(household: UUID, membership: UUID, rows: int) -> UUID:
    """So many conversations, and as many messages in the last of them, whose id it gives."""
    conversations = [
        Conversation(
            id=new_id(),
            household_id=household,
            membership_id=membership,
            client_key=new_id(),
            topic=Topic.CONTRACT,
            compartment=Compartment.GENERAL,
            language="en",
            opened_at=NOW,
            last_at=NOW,
            last_from=Side.MEMBER,
        )
        for _number in range(rows)
    ]
    last = conversations[-1]
    last.messages = last.member_seen = rows
    messages = [
        _message(household, last.id, f"The question number {number}", number)
        for number in range(1, rows + 1)
    ]
    with acting_as(Role.OWNER), acting(actor=ONLINE):
        Conversation.objects.bulk_create(conversations)
        Message.objects.bulk_create(messages)
    return last.id


def _message(household: UUID, conversation: UUID, text: str, number: int) -> Message:
    row_id = new_id()
    return Message(
        id=row_id,
        household_id=household,
        conversation_id=conversation,
        number=number,
        author=Side.MEMBER,
        author_id=STAFF,
        compartment=Compartment.GENERAL,
        body=vault().seal(text, place=body_place(row_id)),
        client_key=new_id(),
        at=NOW,
    )


def written(
    household: UUID,
    conversation: UUID,
    text: str,
    *,
    by: UUID,
    now: datetime = NOW,
    key: UUID | None = None,
) -> Posted:
    """By the member."""
    with acting(actor=ONLINE, role=Role.MEMBER, household=household):
        return actions.post(
            household=household,
            conversation=conversation,
            writer=Writer(Side.MEMBER, by),
            body=text,
            key=key or uuid4(),
            now=now,
            office=ALWAYS,
        )


def answered(
    household: UUID,
    conversation: UUID,
    text: str,
    *,
    now: datetime = NOW,
    key: UUID | None = None,
) -> Posted:
    """By Nadia, at the desk; the health role needs the household's health opened."""
    with (
        acting_as(Role.DESK_WEB),
        acting(actor=AT_THE_DESK, role=Role.DESK, household=household),
    ):
        return actions.post(
            household=household,
            conversation=conversation,
            writer=NADIA,
            body=text,
            key=key or uuid4(),
            now=now,
            office=ALWAYS,
        )
