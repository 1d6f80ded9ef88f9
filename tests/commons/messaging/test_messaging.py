"""Messages: kept once, in their order, opened for those they are for."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from havre.commons.messaging import actions, queries
from havre.commons.messaging.actions import NoSuchConversation, NothingWritten, TooLong
from havre.commons.messaging.models import AnswerTime, Conversation, Draft, Message
from havre.commons.messaging.queries import After, ConversationSeen
from havre.commons.messaging.words import (
    LONGEST_MESSAGE,
    LONGEST_SUBJECT,
    Scope,
    Side,
    State,
    Topic,
    Typed,
    Writer,
)
from havre.commons.worklist import queries as worklist
from havre.commons.worklist.models import WorkItem
from havre.commons.worklist.queries import ItemSeen
from havre.commons.worklist.words import Source
from havre.foundation.db import Role, acting
from havre.foundation.db.live import topic
from tests.builders import a_member
from tests.database import acting_as
from tests.messages import (
    ALWAYS,
    AT_THE_DESK,
    NADIA,
    NOW,
    ONLINE,
    a_conversation,
    answered,
    written,
)

pytestmark = pytest.mark.django_db
Home = tuple[UUID, UUID]


@pytest.fixture
def home() -> Home:
    """A household, and the membership of its holder."""
    person, membership = a_member(adherent_number="HV 1")
    return person.household_id, membership.id


@pytest.fixture(autouse=True)
def _measured_anew() -> Iterator[None]:
    queries.forget_answering()
    yield
    queries.forget_answering()


def seen(home: Home, conversation: UUID) -> ConversationSeen:
    with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
        found = queries.conversation_of(household=home[0], conversation=conversation)
    assert found
    return found


def bodies(home: Home, conversation: UUID, **page: int | None) -> list[str]:
    with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
        found = queries.messages_of(
            household=home[0],
            conversation=conversation,
            before=page.get("before"),
            most=page.get("most") or 50,
        )
    return [one.body for one in found]


def test_a_conversation_goes_on_from_one_side_to_the_other(home: Home) -> None:  # S5, S14
    made = a_conversation(household=home[0], membership=home[1], text="Where is it?")
    assert seen(home, made).waiting_since == NOW
    answered(home[0], made, "On its way.", now=NOW + timedelta(minutes=4))
    after = seen(home, made)
    assert bodies(home, made) == ["Where is it?", "On its way."]
    assert (after.messages, after.last_from, after.waiting_since) == (2, Side.STAFF, None)
    assert (after.unread_by_member, after.unread_by_staff) == (1, 0)
    assert after.subject == "My refund"


def test_sent_twice_is_kept_once(home: Home) -> None:
    made = a_conversation(household=home[0], membership=home[1], text="")
    key = uuid4()
    first = written(home[0], made, "One", by=home[1], key=key)
    again = written(home[0], made, "One", by=home[1], key=key)
    assert (first.new, again.new) == (True, False)
    assert first.id == again.id
    assert bodies(home, made) == ["One"]
    assert seen(home, made).messages == 1


def test_another_text_under_a_key_that_a_browser_gave_back_is_not_lost(home: Home) -> None:
    made = a_conversation(household=home[0], membership=home[1], text="")
    key = uuid4()
    for text in ("One", "Two", "Two", "One"):
        written(home[0], made, text, by=home[1], key=key)
    assert bodies(home, made) == ["One", "Two"]


def test_begun_twice_is_one_conversation(home: Home) -> None:
    key = uuid4()

    def begin() -> UUID:
        with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
            return actions.start(
                household=home[0],
                membership=home[1],
                topic=Topic.OTHER,
                subject="",
                key=key,
                scope=Scope("fr"),
                now=NOW,
            )

    assert begin() == begin()


def test_a_request_has_one_thread(home: Home) -> None:
    case = uuid4()
    first = a_conversation(household=home[0], membership=home[1], case=case, topic=Topic.REQUEST)
    again = a_conversation(household=home[0], membership=home[1], case=case, topic=Topic.REQUEST)
    assert first == again
    with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
        found = queries.conversation_of_case(household=home[0], case=case)
    assert found
    assert found.id == first


def test_what_was_read_is_marked_as_far_as_it_was_read(home: Home) -> None:
    made = a_conversation(household=home[0], membership=home[1])
    for text in ("One", "Two"):
        answered(home[0], made, text)
    with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
        before = queries.with_news(household=home[0], membership=home[1]).get().unread_by_member
        first = queries.first_unread_by_member(household=home[0], conversation=made)
        conversation = queries.conversation_of(household=home[0], conversation=made)
        assert conversation
        marks = [
            actions.mark_read(conversation, side=Side.MEMBER, up_to=up_to)
            for up_to in (2, 3, 3, 99)  # a page that missed the last one; then twice; then nonsense
        ]
        none = queries.first_unread_by_member(household=home[0], conversation=made)
    assert (before, first, none) == (2, 2, None)
    assert marks == [False, True, False, False]
    assert seen(home, made).member_seen == 3
    assert seen(home, made).unread_by_member == 0


def test_a_closed_conversation_opens_again_when_someone_writes(home: Home) -> None:
    made = a_conversation(household=home[0], membership=home[1])
    with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
        actions.close(household=home[0], conversation=made)
    assert seen(home, made).state is State.CLOSED
    assert seen(home, made).waiting_since is None
    written(home[0], made, "One more thing", by=home[1])
    assert seen(home, made).state is State.OPEN


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", NothingWritten), (" \n\t ", NothingWritten), ("x" * (LONGEST_MESSAGE + 1), TooLong)],
)
def test_what_is_no_message_is_refused_by_name(
    home: Home, text: str, refusal: type[Exception]
) -> None:
    made = a_conversation(household=home[0], membership=home[1], text="")
    with pytest.raises(refusal):
        written(home[0], made, text, by=home[1])
    assert bodies(home, made) == []


def test_a_subject_is_one_short_line(home: Home) -> None:
    made = a_conversation(household=home[0], membership=home[1], subject=" My\r\nrefund ")
    assert seen(home, made).subject == "My refund"
    with pytest.raises(TooLong):
        a_conversation(household=home[0], membership=home[1], subject="x" * (LONGEST_SUBJECT + 1))


def test_a_message_is_tidied_and_its_paragraphs_stay(home: Home) -> None:
    made = a_conversation(
        household=home[0], membership=home[1], text="  One  \r\n\r\n\r\n\r\nTwo\rThree\n"
    )
    assert bodies(home, made) == ["One\n\nTwo\nThree"]


def test_another_household_and_another_member_find_nothing(home: Home) -> None:
    made = a_conversation(household=home[0], membership=home[1])
    stranger, other = a_member(adherent_number="HV 2")
    with pytest.raises(NoSuchConversation):
        written(stranger.household_id, made, "Me too", by=other.id)
    _spouse, theirs = a_member(household=home[0], adherent_number="HV 3", link="SPOUSE")
    with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
        assert (
            queries.conversation_of(household=home[0], conversation=made, membership=theirs.id)
            is None
        )
        found = queries.search(
            household=home[0], membership=theirs.id, wanted="refund", before=None, most=9
        )
        with pytest.raises(NoSuchConversation):
            actions.post(
                household=home[0],
                conversation=made,
                writer=Writer(Side.MEMBER, theirs.id),
                body="Me too",
                key=uuid4(),
                now=NOW,
                office=ALWAYS,
                membership=theirs.id,
            )
    assert found.messages == ()


def test_nobody_writes_under_the_other_sides_name(home: Home) -> None:
    made = a_conversation(household=home[0], membership=home[1])

    def forge(role: Role, writer: Writer, user: Role) -> None:
        with (
            acting_as(user),
            acting(actor=AT_THE_DESK, role=role, household=home[0]),
            transaction.atomic(),
        ):
            actions.post(
                household=home[0],
                conversation=made,
                writer=writer,
                body="x",
                key=uuid4(),
                now=NOW,
                office=ALWAYS,
            )

    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        forge(Role.MEMBER, NADIA, Role.WEB)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        forge(Role.DESK, Writer(Side.MEMBER, home[1]), Role.DESK_WEB)


def test_the_desk_reads_of_care_only_where_it_may(home: Home) -> None:  # S10
    general = a_conversation(household=home[0], membership=home[1])
    of_care = a_conversation(household=home[0], membership=home[1], topic=Topic.CARE)
    with (
        acting_as(Role.DESK_WEB),
        acting(actor=AT_THE_DESK, role=Role.DESK, household=home[0]),
    ):
        assert set(Conversation.objects.values_list("id", flat=True)) == {general}
        assert set(Message.objects.values_list("conversation_id", flat=True)) == {general}
    with (
        acting_as(Role.DESK_WEB),
        acting(actor=AT_THE_DESK, role=Role.DESK_HEALTH, household=home[0]),
    ):
        assert not Conversation.objects.exists()  # nobody opened the health of this household
    assert seen(home, of_care).topic is Topic.CARE


def test_the_database_holds_nothing_readable(home: Home) -> None:
    a_conversation(household=home[0], membership=home[1], text="CANARY of care")
    with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
        actions.save_draft(
            household=home[0],
            conversation=None,
            author=home[1],
            typed=Typed("CANARY", Topic.CARE, "CANARY"),
            now=NOW,
        )
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        for table in ("messaging_conversation", "messaging_message", "messaging_draft"):
            cursor.execute(f"SELECT count(*) FROM {table} AS t WHERE t::text LIKE '%CANARY%'")
            assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM audit_change WHERE after ? 'body'")
        assert cursor.fetchone() == (0,)


def test_a_list_goes_on_behind_the_last_one(home: Home) -> None:
    made = [
        a_conversation(
            household=home[0], membership=home[1], text="", now=NOW + timedelta(minutes=n // 2)
        )
        for n in range(5)
    ]
    with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
        found: list[UUID] = []
        after = None
        while some := queries.conversations(
            household=home[0], membership=home[1], after=after, most=2
        ):
            found += [one.id for one in some]
            after = After(some[-1].last_at, some[-1].id)
    assert found == made[::-1]


def test_a_long_history_is_read_backwards(home: Home) -> None:
    made = a_conversation(household=home[0], membership=home[1], text="")
    for number in range(1, 6):
        written(home[0], made, str(number), by=home[1])
    assert bodies(home, made, most=2) == ["4", "5"]
    assert bodies(home, made, most=2, before=4) == ["2", "3"]


def test_a_search_forgives_accents_and_looks_through_a_long_history(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = a_conversation(
        household=home[0], membership=home[1], text="Les séances de kinésithérapie"
    )
    answered(home[0], made, "Il manque l’ordonnance")
    monkeypatch.setattr(queries, "LOOKED_THROUGH", 1)

    def search(wanted: str, before: UUID | None = None) -> queries.Found:
        with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
            return queries.search(
                household=home[0], membership=home[1], wanted=wanted, before=before, most=9
            )

    first = search("KINE seance")
    assert first.messages == ()
    assert first.older
    second = search("KINE seance", first.older)
    assert [one.body for one in second.messages] == ["Les séances de kinésithérapie"]
    assert search("ordonnance").messages[0].name == "Nadia"
    assert search("rdonnance").messages == ()


def test_a_search_that_finds_much_is_read_by_pages(home: Home) -> None:
    made = a_conversation(household=home[0], membership=home[1], text="")
    for number in range(5):
        written(home[0], made, f"Refund {number}", by=home[1])
    found: list[str] = []
    older: UUID | None = None
    for _page in range(3):
        with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
            page = queries.search(
                household=home[0], membership=home[1], wanted="refund", before=older, most=2
            )
        found += [one.body for one in page.messages]
        older = page.older
    assert found == [f"Refund {number}" for number in (4, 3, 2, 1, 0)]
    assert older is None


def test_what_was_typed_is_kept_until_it_is_sent(home: Home) -> None:
    made = a_conversation(household=home[0], membership=home[1], text="")

    def draft(conversation: UUID | None = None) -> str:
        with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
            return queries.draft_of(
                household=home[0], conversation=conversation, author=home[1]
            ).body

    def save(body: str, conversation: UUID | None) -> None:
        with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
            actions.save_draft(
                household=home[0],
                conversation=conversation,
                author=home[1],
                typed=Typed(body),
                now=NOW,
            )

    for text in ("Hel", "Hello"):
        save(text, made)
        save(f"{text} new", None)
    assert (draft(made), draft()) == ("Hello", "Hello new")
    with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
        assert Draft.objects.count() == 2
    written(home[0], made, "Hello", by=home[1])
    assert (draft(made), draft()) == ("", "Hello new")
    save("  ", None)
    assert draft() == ""


def test_no_promise_is_made_of_too_few_answers(home: Home) -> None:
    with acting_as(Role.OWNER):
        AnswerTime.objects.bulk_create(
            AnswerTime(answered_at=NOW - timedelta(days=91), minutes=1) for _ in range(50)
        )
        AnswerTime.objects.bulk_create(
            AnswerTime(answered_at=NOW - timedelta(days=1), minutes=n)
            for n in range(1, queries.FEWEST_ANSWERS)
        )

    def measured() -> queries.Answering | None:
        queries.forget_answering()
        with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
            return queries.answering(now=NOW)

    assert measured() is None
    made = a_conversation(household=home[0], membership=home[1], now=NOW - timedelta(hours=1))
    answered(home[0], made, "Late", now=NOW - timedelta(minutes=40))  # 20 minutes
    found = measured()
    assert found
    assert (found.median, found.ninetieth, found.answers) == (10, 18, 20)


def test_only_the_first_answer_is_measured(home: Home) -> None:
    made = a_conversation(household=home[0], membership=home[1])
    written(home[0], made, "Anybody there?", by=home[1], now=NOW + timedelta(minutes=5))
    for minutes in (7, 90):
        answered(home[0], made, "Here", now=NOW + timedelta(minutes=minutes))
    with acting_as(Role.OWNER):
        assert list(AnswerTime.objects.values_list("minutes", flat=True)) == [7]


def test_what_a_member_wrote_waits_in_the_queue_until_it_is_answered(home: Home) -> None:
    made = a_conversation(household=home[0], membership=home[1])
    of_care = a_conversation(household=home[0], membership=home[1], topic=Topic.CARE)
    written(home[0], made, "Anybody there?", by=home[1], now=NOW + timedelta(minutes=5))

    def waits(conversation: UUID) -> ItemSeen | None:
        with acting_as(Role.OWNER):
            return worklist.item_of(source=Source.MESSAGE, source_id=conversation)

    item, other = waits(made), waits(of_care)
    assert item
    assert other
    assert (item.opened_at, item.due_at) == (NOW, NOW + timedelta(hours=1))
    assert (item.household, item.membership, item.language) == (*home, "en")
    with acting_as(Role.OWNER):
        needs = dict(WorkItem.objects.values_list("source_id", "needs"))
    assert needs == {made: "messages.answer", of_care: "health.open"}
    answered(home[0], made, "Here")
    assert waits(made) is None
    with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
        actions.close(household=home[0], conversation=of_care)
    assert waits(of_care) is None


def test_whoever_watches_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("havre.foundation.db.live.announce", lambda *topics: said.extend(topics))
    made = a_conversation(household=home[0], membership=home[1])
    assert {queries.topic_of(made), queries.topic_of_member(home[1])} <= set(said)
    assert queries.topic_of(made) == topic("conversation", made)
