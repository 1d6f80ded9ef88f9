"""Messages as the desk answers them."""

import re
from datetime import UTC, datetime
from html import unescape
from uuid import UUID, uuid4

import pytest

from havre.commons.audit.models import Opening
from havre.commons.messaging.models import AnswerTime, Conversation, Draft
from havre.commons.messaging.words import Topic
from havre.foundation.db import Role
from tests.builders import a_member
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.doors.portal.published import publish_demo
from tests.house.test_statement_counts import statements
from tests.messages import a_conversation, answered, many_messages, written
from tests.staff import Desk


def asked(topic: Topic = Topic.CONTRACT, *, number: str = "HV 1") -> tuple[str, UUID]:
    """Claire wrote: the path of it at the desk, and its id."""
    with acting_as(Role.WEB):
        person, membership = a_member(person={"first_name": "Claire"}, adherent_number=number)
        made = a_conversation(
            household=person.household_id,
            membership=membership.id,
            topic=topic,
            now=datetime.now(UTC),
        )
    return f"messages/{person.household_id}/{made}", made


def key_of(page: str) -> str:
    (key,) = re.findall(r'name="key" value="([^"]+)"', page)
    return str(key)


def answers(agent: Desk, path: str, body: str) -> int:
    key = key_of(agent.page(path))
    codes = [agent.post(path, body=body, key=key).status_code for _ in range(2)]
    assert len(set(codes)) == 1
    return int(codes[0])


def test_an_agent_answers_and_it_leaves_the_queue(desk_client: DeskClient) -> None:  # S5
    path, made = asked()
    agent = desk_client("AGENT")
    assert path in agent.page("messages")
    assert f'href="/desk/{path}"' in agent.page("queue?view=MESSAGE")
    page = agent.page(path)
    assert "Where is my refund?" in page
    assert "Claire Exemple" in page
    assert answers(agent, path, "On its way") == 302
    assert "On its way" in agent.page(path)
    assert path not in agent.page("messages")
    with acting_as(Role.OWNER):
        seen = Conversation.objects.get(id=made)
        assert AnswerTime.objects.count() == 1
    assert (seen.messages, seen.unread_by_member, seen.staff_seen) == (2, 1, 2)


def test_a_text_at_hand_is_put_under_what_is_typed_in_the_members_language(
    desk_client: DeskClient,
) -> None:
    publish_demo()
    path, _made = asked()
    agent = desk_client("AGENT", language="fr")
    page = unescape(agent.page(path))
    assert ">Message bien reçu</option>" in page
    assert "[number]" not in page
    assert "votre demande" not in page  # those are for requests
    kept = agent.post(path, body="About June.", key=key_of(page), do="insert", text="message-done")
    assert kept["Location"] == f"/desk/{path}#end"
    page = unescape(agent.page(path))
    assert "About June.\n\nHello Claire,\n\nIt is done." in page
    assert "\n\nNadia</textarea>" in page


def test_what_is_typed_is_there_again_for_whoever_typed_it(desk_client: DeskClient) -> None:
    path, _made = asked()
    agent, colleague = desk_client("AGENT"), desk_client("AGENT")
    assert agent.post(f"{path}/draft", body="Half a sent").status_code == 204
    assert agent.post(f"{path}/draft", body="x" * 10_001).status_code == 422
    assert "Half a sent</textarea>" in agent.page(path)
    assert "Half a sent" not in colleague.page(path)
    answers(agent, path, "Half a sentence")
    with acting_as(Role.OWNER):
        assert not Draft.objects.exists()


def test_a_long_conversation_is_read_backwards(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("havre.doors.desk.views.message.IN_A_THREAD", 2)
    path, made = asked()
    household = UUID(path.split("/")[1])
    with acting_as(Role.WEB):
        for text in ("Two.", "Three."):
            written(household, made, text, by=made)
    agent = desk_client("AGENT")
    latest = agent.page(path)
    (earlier,) = re.findall(r'href="/desk/(messages/[^"]+\?before=\d+)"', latest)
    past = agent.page(earlier)
    assert ["my refund?" in page for page in (latest, past)] == [False, True]
    assert ["Three." in page for page in (latest, past)] == [True, False]
    assert "data-live-topic" not in past
    assert "<textarea" not in past


def test_what_was_written_is_searched_without_a_word_of_it_in_an_address(
    desk_client: DeskClient,
) -> None:
    path, made = asked()
    household = UUID(path.split("/")[1])
    with acting_as(Role.OWNER):
        membership = Conversation.objects.get().membership_id
    with acting_as(Role.WEB):
        of_care = a_conversation(
            household=household, membership=membership, text="Refund of care", topic=Topic.CARE
        )
    answered(household, made, "Your refund left on Monday.", now=datetime.now(UTC))
    here = f"members/{membership}/messages"
    health_agent = desk_client("HEALTH_AGENT")

    def finds(words: str) -> str:
        way = health_agent.post(here, q=words)["Location"]
        assert words not in way
        return health_agent.page(way.removeprefix("/desk/"))

    listed = health_agent.page(here)
    assert (str(made) in listed, str(of_care) in listed) == (True, False)
    page = finds("refu")
    assert "Your refund left on Monday." in page
    assert "Refund of care" not in page
    assert "health is closed" in page
    (found,) = re.findall(r'href="/desk/(messages/[^"]+)#m-2"', page)
    assert 'id="m-2"' in health_agent.page(found)
    health_agent.post(f"messages/{household}/{of_care}/open")
    assert "No message holds these words" in finds("xyzzy")
    assert "Refund of care" in finds("refu")
    assert "Your refund left on Monday." in finds("refu")


@pytest.mark.parametrize("rows", [1, 50, 5000])
def test_pages_of_messages_ask_the_same_number_of_questions(
    desk_client: DeskClient, rows: int
) -> None:
    person, membership = a_member(adherent_number="HV 1")
    with acting_as(Role.OWNER):
        made = many_messages(person.household_id, membership.id, rows)
    agent = desk_client("AGENT")
    here = f"members/{membership.id}/messages"
    found = agent.post(here, q="question")["Location"].removeprefix("/desk/")
    counted = {}
    for name, path in {
        "conversation": f"messages/{person.household_id}/{made}",
        "history": here,
        "found": found,
        "waiting": "messages",
    }.items():
        agent.page(path)
        with statements() as sent:
            agent.page(path)
        counted[name] = len(sent)
    # In the test's own transaction each guard is entered and left again: two statements more.
    assert counted == {"conversation": 11, "history": 15, "found": 15, "waiting": 8}


def test_a_history_out_of_scope_is_missing(desk_client: DeskClient) -> None:
    asked()
    with acting_as(Role.OWNER):
        membership = Conversation.objects.get().membership_id
    agent = desk_client("AGENT", products=["OTHER"])
    assert agent.client.get(f"/desk/members/{membership}/messages").status_code == 404


def test_an_empty_answer_is_refused_in_words(desk_client: DeskClient) -> None:
    path, _made = asked()
    agent = desk_client("AGENT")
    assert answers(agent, path, " ") == 422


def test_one_that_needs_no_answer_is_closed(desk_client: DeskClient) -> None:
    path, made = asked()
    agent = desk_client("AGENT")
    assert agent.post(f"{path}/close")["Location"] == "/desk/messages"
    assert path not in agent.page("messages")
    with acting_as(Role.OWNER):
        assert Conversation.objects.get(id=made).state == "CLOSED"


def test_a_message_about_care_is_read_by_who_opens_it_and_it_is_written_down(
    desk_client: DeskClient,
) -> None:  # S10
    path, _made = asked(Topic.CARE)
    agent, health_agent = desk_client("AGENT"), desk_client("HEALTH_AGENT")
    assert path not in agent.page("messages")
    assert agent.client.get(f"/desk/{path}").status_code == 404
    assert agent.post(f"{path}/open").status_code == 403
    assert path in health_agent.page("messages")
    assert "Where is my refund?" not in health_agent.page(path)
    health_agent.post(f"{path}/open")
    assert "Where is my refund?" in health_agent.page(path)
    assert answers(health_agent, path, "On its way") == 302
    with acting_as(Role.OWNER):
        assert Opening.objects.get().purpose == "QUESTION"


def test_what_is_out_of_scope_is_missing(desk_client: DeskClient) -> None:
    path, made = asked()
    agent = desk_client("AGENT", products=["OTHER"])
    assert agent.client.get(f"/desk/{path}").status_code == 404
    for act in ("", "/close", "/draft"):
        assert agent.post(f"{path}{act}", body="x", key=str(made)).status_code == 404


@pytest.mark.parametrize("limit", ["products", "employers", "intermediaries"])
def test_care_out_of_scope_cannot_be_opened(desk_client: DeskClient, limit: str) -> None:
    path, _made = asked(Topic.CARE)
    other = "OTHER" if limit == "products" else str(uuid4())
    agent = desk_client("HEALTH_AGENT", **{limit: [other]})
    assert agent.client.get(f"/desk/{path}").status_code == 404
    assert agent.post(f"{path}/open").status_code == 404


def test_another_households_conversation_is_missing(desk_client: DeskClient) -> None:
    _path, made = asked()
    other, _made = asked(number="HV 2")
    household = other.split("/")[1]
    assert desk_client("AGENT").client.get(f"/desk/messages/{household}/{made}").status_code == 404


@pytest.mark.parametrize("after", ["x", "2026-01-01 x", "2026-01-01T00:00:00+00:00 x"])
def test_nonsense_in_an_address_starts_the_list_again(desk_client: DeskClient, after: str) -> None:
    path, _made = asked()
    answer = desk_client("AGENT").client.get("/desk/messages", {"after": after})
    assert path in answer.content.decode()


def test_a_long_queue_is_read_by_pages(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("havre.doors.desk.views.messages.ON_A_PAGE", 1)
    paths = [asked(number=f"HV {number}")[0] for number in (1, 2)]
    agent = desk_client("AGENT")
    first = agent.page("messages")
    (later,) = re.findall(r'href="(\?after=[^"]+)"', first)
    second = agent.page(f"messages{unescape(later)}")
    assert [paths[0] in first, paths[1] in first] == [True, False]
    assert [paths[0] in second, paths[1] in second] == [False, True]
