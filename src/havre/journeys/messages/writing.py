"""A member writes, the team answers. Each is one transaction: the message, the queue, the mail."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from havre.commons.cases.queries import CaseSeen
from havre.commons.documents import actions as documents
from havre.commons.documents import queries as documents_seen
from havre.commons.documents.actions import Sender
from havre.commons.documents.words import Compartment
from havre.commons.messaging import actions as messaging
from havre.commons.messaging import queries as messages
from havre.commons.messaging.actions import NoSuchConversation, Posted
from havre.commons.messaging.queries import ConversationSeen
from havre.commons.messaging.words import Office, Scope, Side, Topic, Writer
from havre.domains.contracts import queries as contracts
from havre.domains.contracts.words import Standing
from havre.domains.people import queries as people
from havre.domains.products import queries as products
from havre.foundation.db import Actor, Role, acting
from havre.foundation.ids import new_id
from havre.journeys.messages import mails
from havre.journeys.messages.hours import is_open, office, team_hours


@dataclass(frozen=True)
class Member:
    """Who writes: an account, and whose it is."""

    household: UUID
    membership: UUID
    account: UUID
    actor: Actor


@dataclass(frozen=True)
class Agent:
    """Who answers; ``role`` is what the database knows them as."""

    id: UUID
    first_name: str
    role: Role
    actor: Actor


@dataclass(frozen=True)
class Text:
    """What was written. ``key`` is drawn with the form: the same is kept once.

    The files that its writer sent to the conversation meanwhile leave with it; where there are some,
    words may be missing.
    """

    body: str
    key: UUID


def begin(
    member: Member,
    text: Text,
    *,
    topic: Topic,
    subject: str,
    language: str,
    today: date,
    now: datetime,
) -> Posted:
    """Begin a conversation with its first message. Sent twice, it is one.

    Refuses as ``messaging.actions`` do: ``NothingWritten``, ``TooLong``.
    """
    with _as(member):
        conversation = messaging.start(
            household=member.household,
            membership=member.membership,
            topic=topic,
            subject=subject,
            key=text.key,
            scope=_scope(member.household, language=language, today=today),
            now=now,
        )
        posted = _post(member, conversation, text, today=today, now=now)
        messaging.forget_draft(household=member.household, conversation=None, author=member.account)
    return posted


def thread_of_request(
    member: Member,
    *,
    case: UUID,
    compartment: Compartment,
    language: str,
    today: date,
    now: datetime,
) -> UUID:
    """The conversation about a request, begun if nobody did: its messages, files and drafts go there.

    ``compartment`` is the request's. The caller knows that the request is the member's.
    """
    with _as(member):
        return messaging.start(
            household=member.household,
            membership=member.membership,
            topic=Topic.REQUEST,
            subject="",
            key=new_id(),
            scope=_scope(member.household, language=language, today=today),
            now=now,
            case=case,
            compartment=compartment,
        )


def write(member: Member, text: Text, *, conversation: UUID, today: date, now: datetime) -> Posted:
    """Add the member's message. Refuses likewise, and ``NoSuchConversation``."""
    with _as(member):
        return _post(member, conversation, text, today=today, now=now)


def answer(
    agent: Agent,
    text: Text,
    *,
    household: UUID,
    conversation: UUID,
    today: date,
    now: datetime,
) -> Posted:
    """Add the team's answer. Where it stays unread, or came to a message left while nobody reads, a
    mail says that it is there."""
    with acting(actor=agent.actor, role=agent.role, household=household):
        before = _seen(household, conversation)
        hours = team_hours(today=today)
        posted = _posted(
            text,
            writer=Writer(Side.STAFF, agent.id, agent.first_name),
            household=household,
            conversation=conversation,
            office=office(hours),
            now=now,
        )
        if posted.new:
            left_alone = before.waiting_since and not is_open(hours, at=before.waiting_since)
            member = people.person_of(household=household, membership=before.membership)
            if member:
                mails.answer_waits(
                    before, member, number=posted.number, at_once=bool(left_alone), now=now
                )
    return posted


def answer_of_request(
    agent: Agent, text: Text, *, case: CaseSeen, today: date, now: datetime
) -> Posted:
    """Add the team's message to the thread of a request, begun with it where nobody wrote yet.

    The caller knows that the request is open to ``agent``. Refuses ``NothingWritten`` and ``TooLong``.
    """
    with acting(actor=agent.actor, role=agent.role, household=case.household):
        conversation = messaging.start(
            household=case.household,
            membership=case.membership,
            topic=Topic.REQUEST,
            subject="",
            key=text.key,
            scope=Scope(case.language, case.product or None, case.employer, case.intermediary),
            now=now,
            case=case.id,
            compartment=case.compartment,
        )
        return answer(
            agent,
            text,
            household=case.household,
            conversation=conversation,
            today=today,
            now=now,
        )


def add_files(sender: Sender, posted: Posted, *, now: datetime) -> None:
    """Files that a plain form brought with a message: they go under it, once however often they come."""
    with sender.acting():
        _attach(sender.household, posted, by=sender.id, now=now)


def waiting_piece(writer: UUID) -> str:
    """Under what the files of somebody wait in a conversation, until their message leaves."""
    return str(writer)


def _post(member: Member, conversation: UUID, text: Text, *, today: date, now: datetime) -> Posted:
    return _posted(
        text,
        writer=Writer(Side.MEMBER, member.account),
        household=member.household,
        conversation=conversation,
        office=office(team_hours(today=today)),
        now=now,
        membership=member.membership,
    )


def _posted(
    text: Text,
    *,
    writer: Writer,
    household: UUID,
    conversation: UUID,
    office: Office,
    now: datetime,
    membership: UUID | None = None,
) -> Posted:
    """The message, and under it the files that wait for it."""
    attached = documents_seen.attachable(
        household=household, subject=conversation, piece=waiting_piece(writer.id)
    )
    posted = messaging.post(
        household=household,
        conversation=conversation,
        membership=membership,
        writer=writer,
        body=text.body,
        key=text.key,
        now=now,
        office=office,
        attached=attached,
    )
    if attached:
        _attach(household, posted, by=writer.id, now=now)
    return posted


def _attach(household: UUID, posted: Posted, *, by: UUID, now: datetime) -> None:
    documents.attach(
        household=household,
        subject=posted.conversation,
        waiting=waiting_piece(by),
        to=str(posted.key),
        now=now,
    )


def _as(member: Member) -> AbstractContextManager[None]:
    return acting(actor=member.actor, role=Role.MEMBER, household=member.household)


def _seen(household: UUID, conversation: UUID) -> ConversationSeen:
    found = messages.conversation_of(household=household, conversation=conversation)
    if found is None:
        raise NoSuchConversation
    return found


def _scope(household: UUID, *, language: str, today: date) -> Scope:
    """Under which contract the desk sorts it: one in force, else any. Two statements."""
    held = contracts.contracts_of(household=household)
    now_held = (one for one in held if one.standing(on=today) is Standing.IN_FORCE)
    contract = next(now_held, None) or next(iter(held), None)
    if contract is None:
        return Scope(language)
    formulas = products.formulas(ids=[contract.formula])
    formula = formulas.get(contract.formula) if contract.formula else None
    return Scope(
        language,
        product=formula.product_code if formula else None,
        employer=contract.employer,
        intermediary=contract.intermediary,
    )
