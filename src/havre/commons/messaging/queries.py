"""Everything that reads messages. Each asks for one household, and the guard lets no other through."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import islice
from uuid import UUID

from django.db.models import (
    Aggregate,
    BooleanField,
    Count,
    ExpressionWrapper,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
)

from havre.commons.documents.words import Compartment
from havre.commons.messaging import rules
from havre.commons.messaging.models import (
    AnswerTime,
    Conversation,
    Draft,
    Message,
    body_place,
    draft_place,
    subject_place,
)
from havre.commons.messaging.words import Scope, Side, State, Topic, Typed
from havre.commons.staff.words import Scope as Within
from havre.foundation import disclosure
from havre.foundation.crypto import vault
from havre.foundation.db import live

LOOKED_THROUGH = 2000
"""How many messages one search opens; the next one goes on behind them."""
MEASURED_OVER = timedelta(days=90)
FEWEST_ANSWERS = 20
"""With fewer than so many answers nothing is said of how long they take."""
_REMEMBERED_SECONDS = 600
EVERYTHING = Within()


@dataclass(frozen=True)
class ConversationSeen:
    """A conversation; ``subject`` is what the member called it. ``messages`` counts them."""

    id: UUID
    household: UUID
    membership: UUID
    case: UUID | None
    topic: Topic
    subject: str | None
    compartment: Compartment
    state: State
    scope: Scope
    opened_at: datetime
    last_at: datetime
    last_from: Side
    waiting_since: datetime | None
    messages: int
    member_seen: int
    staff_seen: int
    unread_by_member: int
    unread_by_staff: int


@dataclass(frozen=True)
class MessageSeen:
    """A message, opened. ``name`` is a staff member's first name, else ""."""

    id: UUID
    conversation: UUID
    number: int
    author: Side
    author_id: UUID
    name: str
    body: str
    client_key: UUID
    at: datetime


@dataclass(frozen=True)
class After:
    """Where a list of conversations goes on: behind this one."""

    last_at: datetime
    id: UUID


@dataclass(frozen=True)
class Found:
    """What a search found, the newest first. ``older`` is where to go on looking, none at the end."""

    messages: tuple[MessageSeen, ...]
    older: UUID | None


@dataclass(frozen=True)
class Answering:
    """How long answers take, in minutes of opening hours: half of them, and nine in ten."""

    median: int
    ninetieth: int
    answers: int


class Percentile(Aggregate):
    """``percentile_cont``: the value below which that fraction of rows lies."""

    template = "percentile_cont(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def conversations(
    *,
    household: UUID,
    membership: UUID,
    after: After | None,
    most: int,
    within: Within = EVERYTHING,
) -> list[ConversationSeen]:
    """The member's conversations, the one that last moved first; those ``within`` somebody's scope.

    The thread of a request is there once somebody wrote in it. One statement.
    """
    rows = _of(household, membership, within).filter(Q(messages__gt=0) | Q(case_id=None))
    if after is not None:
        later = Q(last_at=after.last_at, id__lt=after.id)
        rows = rows.filter(Q(last_at__lt=after.last_at) | later)
    return [seen(row) for row in rows.order_by("-last_at", "-id")[:most]]


def conversation_of(
    *, household: UUID, conversation: UUID, membership: UUID | None = None
) -> ConversationSeen | None:
    """A conversation of the household, and of the member where one is named. One statement."""
    rows = Conversation.objects.filter(household_id=household, id=conversation)
    if membership is not None:
        rows = rows.filter(membership_id=membership)
    row = rows.first()
    return seen(row) if row else None


def conversation_in_hand(
    *, household: UUID, conversation: UUID, author: UUID, membership: UUID | None = None
) -> tuple[ConversationSeen, str] | None:
    """The same, with what ``author`` typed there and did not send, "" for nothing. One statement."""
    rows = Conversation.objects.filter(household_id=household, id=conversation)
    if membership is not None:
        rows = rows.filter(membership_id=membership)
    return _in_hand(rows, household, author)


def thread_in_hand(
    *, household: UUID, case: UUID, author: UUID
) -> tuple[ConversationSeen, str] | None:
    """The thread of a request likewise, once somebody began to write. One statement."""
    rows = Conversation.objects.filter(household_id=household, case_id=case)
    return _in_hand(rows, household, author)


def conversation_of_case(*, household: UUID, case: UUID) -> ConversationSeen | None:
    """The thread of a request, once somebody wrote. One statement."""
    row = Conversation.objects.filter(household_id=household, case_id=case).first()
    return seen(row) if row else None


def conversations_by_id(*, household: UUID, ids: Iterable[UUID]) -> dict[UUID, ConversationSeen]:
    """These conversations of the household. One statement."""
    rows = Conversation.objects.filter(household_id=household, id__in=list(ids))
    return {row.id: seen(row) for row in rows}


def messages_of(
    *, household: UUID, conversation: UUID, before: int | None, most: int
) -> list[MessageSeen]:
    """The last messages, or those before a number, in the order in which they are read. One statement."""
    rows = Message.objects.filter(household_id=household, conversation_id=conversation)
    if before is not None:
        rows = rows.filter(number__lt=before)
    return [opened(row) for row in rows.order_by("-number")[:most]][::-1]


def search(
    *,
    household: UUID,
    membership: UUID,
    wanted: str,
    before: UUID | None,
    most: int,
    within: Within = EVERYTHING,
) -> Found:
    """The messages of a member in which each word of ``wanted`` begins a word, ``within`` a scope.

    Bodies are sealed, so they are opened and looked through, ``LOOKED_THROUGH`` at a time, until ``most``
    are found. One statement.
    """
    near = _of(household, membership, within)
    rows = Message.objects.filter(household_id=household, conversation_id__in=near.values("id"))
    if before is not None:
        rows = rows.filter(id__lt=before)
    looked = list(rows.order_by("-id")[:LOOKED_THROUGH])
    matching = (one for one in map(opened, looked) if rules.matches(one.body, wanted))
    found = tuple(islice(matching, most))
    if len(found) == most:
        return Found(found, found[-1].id)
    return Found(found, looked[-1].id if len(looked) == LOOKED_THROUGH else None)


def with_news(*, household: UUID, membership: UUID) -> QuerySet[Conversation]:
    """The member's conversations in which they have not read an answer, for a statement to count."""
    return _of(household, membership).filter(unread_by_member__gt=0)


def first_unread_by_member(*, household: UUID, conversation: UUID) -> int | None:
    """The number of the first answer that the member has not seen, none where they saw all.

    One statement; needs no right on what messages say.
    """
    row = Conversation.objects.filter(household_id=household, id=conversation)
    seen_up_to = row.values("member_seen")[:1]
    numbers = Message.objects.filter(
        household_id=household,
        conversation_id=conversation,
        author=Side.STAFF,
        number__gt=seen_up_to,
    )
    return numbers.order_by("number").values_list("number", flat=True).first()


def draft_of(*, household: UUID, conversation: UUID | None, author: UUID) -> Typed:
    """What somebody typed there and did not send. One statement."""
    row = Draft.objects.filter(
        household_id=household, conversation_id=conversation, author_id=author
    ).first()
    if row is None:
        return Typed()
    subject = row.subject and vault().open(bytes(row.subject), place=draft_place(row.id, "subject"))
    return Typed(
        body=vault().open(bytes(row.body), place=draft_place(row.id)),
        topic=Topic(row.topic) if row.topic else None,
        subject=subject or "",
    )


def answering(*, now: datetime) -> Answering | None:
    """How long answers took over ninety days; none where there were too few to promise anything.

    Remembered ten minutes. One statement, or none.
    """
    return _answering(int(now.timestamp()) // _REMEMBERED_SECONDS)


def answered(*, before: datetime, start: datetime, end: datetime) -> dict[bool, Answering]:
    """How long answers of the whole house took, from ``start`` (true) and in the period before it.

    None where they were fewer than five. One statement.
    """
    current = ExpressionWrapper(Q(answered_at__gte=start), output_field=BooleanField())
    rows = (
        AnswerTime.objects.filter(answered_at__gte=before, answered_at__lt=end)
        .annotate(current=current)
        .values("current")
        .annotate(
            median=Percentile("minutes", fraction=0.5),
            ninetieth=Percentile("minutes", fraction=0.9),
            answers=Count("id"),
        )
    )
    return {
        row["current"]: Answering(round(row["median"]), round(row["ninetieth"]), row["answers"])
        for row in rows
        if row["answers"] >= disclosure.FEWEST
    }


@lru_cache(maxsize=2)
def _answering(tenths: int) -> Answering | None:
    until = datetime.fromtimestamp(tenths * _REMEMBERED_SECONDS).astimezone()
    taken = AnswerTime.objects.filter(answered_at__gt=until - MEASURED_OVER).aggregate(
        median=Percentile("minutes", fraction=0.5),
        ninetieth=Percentile("minutes", fraction=0.9),
        answers=Count("id"),
    )
    if taken["answers"] < FEWEST_ANSWERS:
        return None
    return Answering(round(taken["median"]), round(taken["ninetieth"]), taken["answers"])


def forget_answering() -> None:
    """Measure anew."""
    _answering.cache_clear()


def topic_of(conversation: UUID) -> str:
    """Announced with every message and every mark of reading in it (``foundation.db.live``)."""
    return live.topic("conversation", conversation)


def topic_of_member(membership: UUID) -> str:
    """Announced with everything that changes the member's list of conversations."""
    return live.topic("messages of", membership)


def seen(row: Conversation) -> ConversationSeen:
    subject = row.subject and vault().open(bytes(row.subject), place=subject_place(row.id))
    return ConversationSeen(
        id=row.id,
        household=row.household_id,
        membership=row.membership_id,
        case=row.case_id,
        topic=Topic(row.topic),
        subject=subject or None,
        compartment=Compartment(row.compartment),
        state=State(row.state),
        scope=Scope(row.language, row.product, row.employer_id, row.intermediary_id),
        opened_at=row.opened_at,
        last_at=row.last_at,
        last_from=Side(row.last_from),
        waiting_since=row.waiting_since,
        messages=row.messages,
        member_seen=row.member_seen,
        staff_seen=row.staff_seen,
        unread_by_member=row.unread_by_member,
        unread_by_staff=row.unread_by_staff,
    )


def opened(row: Message) -> MessageSeen:
    return MessageSeen(
        id=row.id,
        conversation=row.conversation_id,
        number=row.number,
        author=Side(row.author),
        author_id=row.author_id,
        name=row.shown_name,
        body=vault().open(bytes(row.body), place=body_place(row.id)),
        client_key=row.client_key,
        at=row.at,
    )


def _in_hand(
    rows: QuerySet[Conversation], household: UUID, author: UUID
) -> tuple[ConversationSeen, str] | None:
    typed = Draft.objects.filter(
        household_id=household, conversation_id=OuterRef("id"), author_id=author
    )
    row = rows.annotate(draft_id=typed.values("id"), draft_body=typed.values("body")).first()
    if row is None:
        return None
    body = row.draft_body and vault().open(bytes(row.draft_body), place=draft_place(row.draft_id))
    return seen(row), body or ""


def _of(household: UUID, membership: UUID, within: Within = EVERYTHING) -> QuerySet[Conversation]:
    rows = Conversation.objects.filter(household_id=household, membership_id=membership)
    if within.products:
        rows = rows.filter(product__in=within.products)
    if within.employers:
        rows = rows.filter(employer_id__in=within.employers)
    if within.intermediaries:
        rows = rows.filter(intermediary_id__in=within.intermediaries)
    return rows
