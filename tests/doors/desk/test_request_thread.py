"""The messages about a request, on its page; and what is new, beside what is typed."""

import re

import pytest

from havre.commons.cases.queries import CaseSeen
from havre.commons.documents.words import Compartment
from havre.commons.messaging.models import Message
from havre.foundation.db import Actor, Channel, Role
from havre.foundation.ids import new_id
from havre.journeys.messages.writing import Member, Text, thread_of_request, write
from havre.journeys.requests.kinds.other import Other
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.doors.desk.requests import answered, asker_of, filed
from tests.doors.desk.test_deciding import fields_of, taken
from tests.journeys.requests.asking import NOW
from tests.staff import Desk

MEMBER = Actor(name="tests", channel=Channel.ONLINE, purpose="test")


def written_by_member(case: CaseSeen, body: str) -> None:
    member = Member(case.household, case.membership, new_id(), MEMBER)
    when = {"today": NOW.date(), "now": NOW}
    with acting_as(Role.WEB):
        conversation = thread_of_request(
            member,
            case=case.id,
            compartment=Compartment(case.compartment),
            language="fr",
            **when,
        )
        write(member, Text(body, new_id()), conversation=conversation, **when)


def key_of(page: str) -> str:
    return re.findall(r'name="key" value="([^"]+)"', page)[0]


def thread_of(page: str) -> str:
    return page.split('id="thread"')[1].split("</ol>")[0]


def send(desk: Desk, case: CaseSeen, body: str, key: str) -> int:
    return int(desk.post(f"requests/{case.id}/write", body=body, key=key).status_code)


def messages() -> list[tuple[str, str]]:
    with acting_as(Role.OWNER):
        found = Message.objects.order_by("number").values_list("author", "shown_name")
        return [(author, name) for author, name in found]


def test_the_thread_is_read_and_answered_on_the_page_once(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    written_by_member(case, "Is it for this year?")
    page = desk.page(f"requests/{case.id}")
    assert "Is it for this year?" in thread_of(page)
    assert [send(desk, case, "Yes, from May.", key_of(page)) for _ in range(2)] == [302, 302]
    assert "Yes, from May." in thread_of(desk.page(f"requests/{case.id}"))
    assert [author for author, _ in messages()] == ["MEMBER", "STAFF"]


def test_the_first_message_about_a_request_may_be_the_house_s(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    page = desk.page(f"requests/{case.id}")
    assert send(desk, case, "  ", key_of(page)) == 422
    assert send(desk, case, "We are looking at it.", key_of(page)) == 302
    written_by_member(case, "Thank you")
    shown = thread_of(desk.page(f"requests/{case.id}"))
    assert shown.index("We are looking at it.") < shown.index("Thank you")


def test_what_is_typed_is_kept_and_what_is_wrong_is_said_beside_it(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    key = key_of(desk.page(f"requests/{case.id}"))
    assert desk.post(f"requests/{case.id}/typed", body="lost").status_code == 204  # nowhere yet
    send(desk, case, "First", key)
    assert desk.post(f"requests/{case.id}/typed", body="Half a sent").status_code == 204
    assert "Half a sent</textarea>" in desk.page(f"requests/{case.id}")
    assert desk.post(f"requests/{case.id}/typed", body="x" * 10_001).status_code == 422
    long = desk.post(f"requests/{case.id}/write", body="x" * 10_001, key=new_id())
    assert long.status_code == 422
    assert "too long" in long.content.decode()
    assert "x" * 10_001 in long.content.decode()


def test_a_thread_about_care_is_closed_to_whom_the_request_is(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Other, "compartment", "HEALTH")
    case, agent, health = filed(), desk_client("AGENT"), desk_client("HEALTH_AGENT")
    written_by_member(case, "CANARY of care")
    for desk in (agent, health):
        assert "CANARY" not in desk.page(f"requests/{case.id}")
        assert "CANARY" not in desk.page(f"requests/{case.id}/news")
        assert send(desk, case, "Hello", str(new_id())) == 404
        assert desk.post(f"requests/{case.id}/typed", body="Hello").status_code == 404
    health.post(f"requests/{case.id}/take")
    assert "CANARY" in thread_of(health.page(f"requests/{case.id}"))
    assert send(health, case, "Hello", str(new_id())) == 302
    assert send(desk_client("AGENT", products=["NONE"]), case, "Hello", str(new_id())) == 404


def test_what_is_new_is_read_again_beside_what_is_typed(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    form = taken(desk, case)
    ask = {"version": form["version"], "piece": "question", "words.question": "Which month?"}
    desk.post(f"requests/{case.id}/ask", **ask)
    desk.post(f"requests/{case.id}/take")
    form = fields_of(desk.page(f"requests/{case.id}")) | {"words": "My own words"}
    answered(asker_of(case), case.id, "In May")
    written_by_member(case, "And in June too")
    since = form["read_at"].replace("+", "%2B")
    news = desk.page(f"requests/{case.id}/news?since={since}")
    assert "The member answered" in news
    assert "And in June too" in thread_of(news)
    assert 'form="decision"' in news
    again = desk.post(f"requests/{case.id}/preview", **form, again="1").content.decode()
    assert "In May" in again
    read = fields_of(again)
    assert read["words"] == "My own words"
    assert read["version"] != form["version"]
    assert read["read_at"] > form["read_at"]
    told = desk.post(f"requests/{case.id}/decide", **read, do="validate")
    assert told.status_code == 302
