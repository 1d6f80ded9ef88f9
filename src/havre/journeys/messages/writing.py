"""A member writes, the team answers. Each is one transaction: the message, the queue, the mail."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from havre.commons.documents.words import Compartment
from havre.commons.messaging import actions as messaging
from havre.commons.messaging import queries as messages
from havre.commons.messaging.actions import NoSuchConversation, Posted
from havre.commons.messaging.queries import ConversationSeen
from havre.commons.messaging.words import Scope, Side, Topic, Writer
from havre.domains.contracts import queries as contracts
from havre.domains.contracts.words import Standing
from havre.domains.people import queries as people
from havre.domains.products import queries as products
from havre.foundation.db import Actor, Role, acting
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
    """What was written. ``key`` is drawn with the form: the same is kept once."""

    body: str
    key: UUID
    attached: bool = False


def begin(
    member: Member,
    text: Text,
    *,
    topic: Topic,
    subject: str,
    language: str,
    today: date,
    now: datetime,
) -> UUID:
    """Begin a conversation with its first message; its id. Sent twice, it is one.

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
        _post(member, conversation, text, today=today, now=now)
        messaging.forget_draft(household=member.household, conversation=None, author=member.account)
    return conversation


def write_of_request(
    member: Member,
    text: Text,
    *,
    case: UUID,
    compartment: Compartment,
    language: str,
    today: date,
    now: datetime,
) -> Posted:
    """Add the member's message to the thread of a request, begun with it. Refuses as ``begin`` does.

    ``compartment`` is the request's. The caller knows that the request is the member's.
    """
    with _as(member):
        conversation = messaging.start(
            household=member.household,
            membership=member.membership,
            topic=Topic.REQUEST,
            subject="",
            key=text.key,
            scope=_scope(member.household, language=language, today=today),
            now=now,
            case=case,
            compartment=compartment,
        )
        return _post(member, conversation, text, today=today, now=now)


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
        posted = messaging.post(
            household=household,
            conversation=conversation,
            writer=Writer(Side.STAFF, agent.id, agent.first_name),
            body=text.body,
            key=text.key,
            now=now,
            office=office(hours),
            attached=text.attached,
        )
        if posted.new:
            left_alone = before.waiting_since and not is_open(hours, at=before.waiting_since)
            member = people.person_of(household=household, membership=before.membership)
            if member:
                mails.answer_waits(
                    before, member, number=posted.number, at_once=bool(left_alone), now=now
                )
    return posted


def _post(member: Member, conversation: UUID, text: Text, *, today: date, now: datetime) -> Posted:
    return messaging.post(
        household=member.household,
        conversation=conversation,
        membership=member.membership,
        writer=Writer(Side.MEMBER, member.account),
        body=text.body,
        key=text.key,
        now=now,
        office=office(team_hours(today=today)),
        attached=text.attached,
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
