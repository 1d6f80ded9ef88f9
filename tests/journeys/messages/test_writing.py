"""What follows a message: the queue, the measure, and a mail that repeats nothing of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core import mail as sent_mails

from havre.commons.messaging import actions as messaging
from havre.commons.messaging import queries as messages
from havre.commons.messaging.actions import NoSuchConversation
from havre.commons.messaging.models import AnswerTime, Conversation
from havre.commons.messaging.words import Side, Topic
from havre.commons.notifications import actions as notifications
from havre.commons.notifications.models import OutgoingMail
from havre.commons.notifications.words import MailState
from havre.commons.privacy.actions import want_notices
from havre.commons.worklist.models import WorkItem
from havre.domains.people.models import Membership, Person
from havre.foundation.db import Role, acting
from havre.journeys.messages.writing import Agent, Member, Text, answer, begin, write
from tests.builders import (
    NOW,
    a_company,
    a_contract,
    a_formula,
    a_member,
    an_active_account,
    an_intermediary,
)
from tests.database import acting_as
from tests.doors.portal.published import publish_demo
from tests.messages import AT_THE_DESK, ONLINE, STAFF

pytestmark = pytest.mark.django_db
KIND = "notices.message_waiting"
NADIA = Agent(STAFF, "Nadia", Role.DESK, AT_THE_DESK)
EVENING = NOW + timedelta(hours=10)  # a Monday, ten at night in Paris
LATER = timedelta(minutes=15)


@dataclass(frozen=True)
class Home:
    person: Person
    membership: Membership
    member: Member
    conversation: UUID


def a_home(**changes: object) -> Home:
    person, membership = a_member(
        person={"first_name": "Claire"},
        **{"adherent_number": "HV 1", "email": "claire@example.org", "language": "en"} | changes,
    )
    account = an_active_account(membership=membership)
    member = Member(person.household_id, membership.id, account.id, ONLINE)
    return Home(person, membership, member, begun(member, "CANARY of care"))


@pytest.fixture
def home() -> Home:
    return a_home()


def begun(member: Member, text: str, *, now: datetime = NOW, **changes: object) -> UUID:
    return begin(
        member,
        Text(text, uuid4()),
        topic=Topic.CONTRACT,
        subject="CANARY of care",
        language="en",
        today=now.date(),
        now=now,
        **changes,  # type: ignore[arg-type]
    ).conversation


def answers(home: Home, *, now: datetime = NOW, key: UUID | None = None) -> None:
    with acting_as(Role.DESK_WEB):
        answer(
            NADIA,
            Text("CANARY of an answer", key or uuid4()),
            household=home.person.household_id,
            conversation=home.conversation,
            today=now.date(),
            now=now,
        )


def reads(home: Home) -> None:
    household = home.person.household_id
    with acting(actor=ONLINE, role=Role.MEMBER, household=household):
        seen = messages.conversation_of(household=household, conversation=home.conversation)
        assert seen
        assert messaging.mark_read(seen, side=Side.MEMBER, up_to=seen.messages)


def outbox() -> list[OutgoingMail]:
    with acting_as(Role.WORKER):
        return list(OutgoingMail.objects.filter(kind=KIND).order_by("id"))


def leaves(row: OutgoingMail, *, now: datetime = NOW + LATER) -> MailState | None:
    with acting_as(Role.WORKER):
        return notifications.send(mail_id=row.id, now=now)


def test_an_answer_that_stays_unread_is_told_of_by_mail(home: Home) -> None:  # S5, S14
    answers(home)
    (row,) = outbox()
    assert row.not_before == NOW + timedelta(minutes=settings.HAVRE.MESSAGE_MAIL_MINUTES)
    assert leaves(row) is MailState.SENT
    (mail,) = sent_mails.outbox
    assert mail.to == ["claire@example.org"]
    assert mail.subject == "An answer waits for you"
    assert f"/en/messages/{home.conversation}" in mail.body
    assert "CANARY" not in str(mail.message())
    assert "mails/stop?t=" in mail.extra_headers["List-Unsubscribe"]


def test_an_answer_that_was_read_meanwhile_is_not(home: Home) -> None:
    answers(home)
    reads(home)
    assert leaves(outbox()[0]) is MailState.EXPIRED
    assert sent_mails.outbox == []


def test_several_answers_in_a_row_are_one_mail(home: Home) -> None:
    for minutes in range(3):
        answers(home, now=NOW + timedelta(minutes=minutes))
    states = [leaves(row, now=NOW + timedelta(hours=1)) for row in outbox()]
    assert states == [MailState.SENT, MailState.EXPIRED, MailState.EXPIRED]


def test_the_same_answer_sent_twice_is_one_message_and_one_mail(home: Home) -> None:
    key = uuid4()
    for _ in range(2):
        answers(home, key=key)
    assert len(outbox()) == 1


def test_whoever_wants_no_such_mail_gets_none(home: Home) -> None:
    household = home.person.household_id
    with acting(actor=ONLINE, role=Role.MEMBER, household=household):
        want_notices(household=household, person=home.person.id, wanted=(), now=NOW)
    answers(home)
    assert leaves(outbox()[0]) is MailState.EXPIRED


def test_without_an_address_there_is_no_mail() -> None:
    answers(a_home(email=None))
    assert outbox() == []


def test_what_was_left_outside_hours_is_answered_by_mail_at_once() -> None:
    publish_demo()
    home = a_home()
    late = begun(home.member, "In the night", now=EVENING)
    morning = EVENING + timedelta(hours=11)
    with acting_as(Role.DESK_WEB):
        answer(
            NADIA,
            Text("Good morning", uuid4()),
            household=home.person.household_id,
            conversation=late,
            today=morning.date(),
            now=morning,
        )
    (row,) = outbox()
    assert row.not_before == morning


def test_it_is_measured_and_expected_in_opening_hours() -> None:
    publish_demo()
    home = a_home()
    late = begun(home.member, "In the night", now=EVENING)
    with acting_as(Role.OWNER):
        item = WorkItem.objects.get(source_id=late)
    assert item.due_at == datetime.fromisoformat("2026-06-16T10:00+00:00")  # noon, four hours on
    with acting_as(Role.DESK_WEB):
        answer(
            NADIA,
            Text("Good morning", uuid4()),
            household=home.person.household_id,
            conversation=late,
            today=EVENING.date(),
            now=datetime.fromisoformat("2026-06-16T06:25+00:00"),  # 8:25 in Paris
        )
    with acting_as(Role.OWNER):
        assert AnswerTime.objects.get().minutes == 25


def test_it_is_sorted_under_the_contract_in_force() -> None:
    person, membership = a_member(adherent_number="HV 1")
    account = an_active_account(membership=membership)
    employer, broker = a_company("Cordages"), an_intermediary("Cabinet")
    a_contract(household=person.household_id, last_day=NOW.date() - timedelta(days=1))
    a_contract(
        household=person.household_id,
        formula_id=a_formula().id,
        employer_id=employer.id,
        intermediary_id=broker.id,
    )
    begun(Member(person.household_id, membership.id, account.id, ONLINE), "Hello")
    with acting_as(Role.OWNER):
        made, item = Conversation.objects.get(), WorkItem.objects.get()
    for row in (made, item):
        assert (row.product, row.employer_id, row.intermediary_id) == (
            "ESCALE",
            employer.id,
            broker.id,
        )


def test_another_member_cannot_write_in_it(home: Home) -> None:
    spouse, membership = a_member(
        household=home.person.household_id, adherent_number="HV 2", link="SPOUSE"
    )
    account = an_active_account(membership=membership)
    other = Member(spouse.household_id, membership.id, account.id, ONLINE)
    with pytest.raises(NoSuchConversation):
        write(
            other,
            Text("Me too", uuid4()),
            conversation=home.conversation,
            today=NOW.date(),
            now=NOW,
        )
