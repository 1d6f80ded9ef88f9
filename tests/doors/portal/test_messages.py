"""Messages, as a member reads and writes them."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client

from havre.commons.messaging import queries
from havre.commons.messaging.models import AnswerTime, Conversation, Draft, Message
from havre.commons.messaging.words import Topic
from havre.doors.portal.views.messages import IN_A_THREAD, ON_A_PAGE
from havre.foundation.db import Role
from tests.builders import a_legal_text, a_member
from tests.database import acting_as
from tests.doors.portal.conftest import BACKEND, NOW, Member, signed_in
from tests.doors.portal.published import publish_demo
from tests.messages import a_conversation, answered, written

pytestmark = pytest.mark.django_db


def begun(member: Member, **changes: object) -> UUID:
    return a_conversation(
        household=member.household,
        membership=member.membership.id,
        **changes,  # type: ignore[arg-type]
    )


def a_stranger() -> Member:
    person, membership = a_member(adherent_number="HV 8")
    return signed_in(person=person, membership=membership)


def key_of(page: str) -> str:
    (key,) = re.findall(r'name="key" value="([^"]+)"', page)
    return key


def bodies() -> list[str]:
    with acting_as(Role.OWNER):
        return [queries.opened(row).body for row in Message.objects.order_by("id")]


def test_a_member_writes_and_reads_the_answer(claire: Member) -> None:  # S5, S14
    page = claire.page("messages/new?topic=CONTRIBUTIONS")
    assert 'value="CONTRIBUTIONS" checked' in page
    sent = {"topic": "CONTRIBUTIONS", "subject": "My <b>bill", "body": "Why so much?"}
    answer = claire.client.post("/en/messages/new", sent | {"key": key_of(page)})
    again = claire.client.post("/en/messages/new", sent | {"key": key_of(page)})
    assert answer["Location"] == again["Location"]
    with acting_as(Role.OWNER):
        made = Conversation.objects.get()
    thread = claire.page(f"messages/{made.id}")
    assert "My &lt;b&gt;bill" in thread
    assert "Why so much?" in thread
    answered(claire.household, made.id, "It is for two months.")
    thread = claire.page(f"messages/{made.id}")
    assert "<b>Nadia, from the team</b>" in thread
    assert "It is for two months." in thread


def test_a_message_sent_twice_is_one(claire: Member) -> None:
    made = begun(claire, text="One")
    form = {"body": "Two", "key": key_of(claire.page(f"messages/{made}"))}
    for _ in range(2):
        answer = claire.client.post(f"/en/messages/{made}", form)
        assert (answer.status_code, answer["Location"]) == (302, f"/en/messages/{made}")
    assert bodies() == ["One", "Two"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("  ", "Write your message, then send it."),
        ("x" * 10_001, "Write at most 10000 characters."),
    ],
)
def test_what_is_no_message_is_said_and_the_text_stays(
    claire: Member, body: str, said: str
) -> None:
    made = begun(claire, text="One")
    answer = claire.client.post(f"/en/messages/{made}", {"body": body, "key": str(uuid4())})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert said in page
    assert bodies() == ["One"]
    assert body.strip() in page


def test_another_household_and_another_member_find_a_missing_page(claire: Member) -> None:
    made = begun(claire)
    stranger = a_stranger()
    spouse, membership = a_member(household=claire.household, adherent_number="HV 7", link="SPOUSE")
    for other in (stranger, signed_in(person=spouse, membership=membership)):
        for path in (f"messages/{made}", f"messages/{made}/draft"):
            assert other.client.post(f"/en/{path}", {"body": "x"}).status_code == 404
        assert other.client.get(f"/en/messages/{made}").status_code == 404
        assert "My refund" not in other.page("messages")
        assert "My refund" not in other.page("messages?q=refund")
    assert bodies() == ["Where is my refund?"]


def test_the_list_tells_what_is_new_until_it_is_read(claire: Member) -> None:
    made = begun(claire)
    answered(claire.household, made, "Here")
    answered(claire.household, made, "And there")
    assert "2 new answers" in claire.page("messages")
    claire.page(f"messages/{made}")
    assert "new answer" not in claire.page("messages")


def test_the_mark_under_the_thread_says_what_became_of_the_message(claire: Member) -> None:
    made = begun(claire)
    assert "Sent. Not read yet." in claire.page(f"messages/{made}")
    with acting_as(Role.OWNER):
        Conversation.objects.update(staff_seen=1)
    assert "Read by the team." in claire.page(f"messages/{made}")
    answered(claire.household, made, "Here")
    assert "Read by the team." not in claire.page(f"messages/{made}")


def test_outside_hours_it_says_when_it_will_be_read(claire: Member) -> None:
    publish_demo()
    made = begun(claire)
    friday_evening = NOW + timedelta(days=4, hours=10)
    with time_machine.travel(friday_evening, tick=False):
        claire.client.force_login(claire.account, backend=BACKEND)
        page = unescape(claire.page(f"messages/{made}"))
    assert "Nobody reads now: it will be read from Monday 22 June 2026 at " in page
    assert "An e-mail will tell you of the answer." in page


def test_it_promises_what_was_measured_and_nothing_else(claire: Member) -> None:
    queries.forget_answering()
    assert "Half of messages" not in claire.page("messages")
    with acting_as(Role.OWNER):
        AnswerTime.objects.bulk_create(
            AnswerTime(answered_at=NOW - timedelta(days=1), minutes=n * 10) for n in range(1, 31)
        )
    queries.forget_answering()
    page = claire.page("messages")
    queries.forget_answering()
    assert "within 3 hours of opening hours, nine in ten within 5 hours" in page


def test_a_long_list_and_a_long_thread_are_read_by_pages(claire: Member) -> None:
    for number in range(ON_A_PAGE + 1):
        begun(claire, text="", subject=f"Number {number}.", now=NOW - timedelta(hours=number))
    first = claire.page("messages")
    (older,) = re.findall(r'href="/en/(messages\?after=[^"]+)"', first)
    second = claire.page(unescape(older))
    assert "Number 0." in first
    assert f"Number {ON_A_PAGE}." not in first
    assert f"Number {ON_A_PAGE}." in second
    assert "Number 0." not in second
    made = begun(claire, text="")
    for number in range(1, IN_A_THREAD + 2):
        written(claire.household, made, f"Line {number}.", by=claire.account.id)
    latest = claire.page(f"messages/{made}")
    assert "Line 1." not in latest
    (earlier,) = re.findall(r'href="/en/(messages/[^"]+\?before=\d+)"', latest)
    assert "Line 1." in claire.page(earlier)
    assert "data-live-topic" not in claire.page(earlier)


def test_nonsense_in_an_address_starts_the_list_again(claire: Member) -> None:
    made = begun(claire)
    for after in ("x", "2026-01-01 x", f"2026-01-01 {made}", "²"):
        assert "My refund" in claire.page(f"messages?after={after}")
        assert "Where is my refund?" in claire.page(f"messages/{made}?before={after}")


def test_what_was_written_is_found_by_the_beginning_of_its_words(claire: Member) -> None:
    made = begun(claire, text="La séance de kinésithérapie du 12 n’est pas remboursée")
    answered(claire.household, made, "Il manque l’ordonnance")
    page = claire.page("messages?q=KINE")
    (found,) = re.findall(r'href="/en/(messages/[^"]+)#m-1"', page)
    assert 'id="m-1"' in claire.page(found)
    assert "ordonnance" in claire.page("messages?q=ordonn")
    assert "No message holds these words" in claire.page("messages?q=xyzzy")


def test_what_is_typed_is_kept_on_the_way_and_goes_when_it_is_sent(claire: Member) -> None:
    made = begun(claire)
    for path in (f"messages/{made}", "messages/new"):
        kept = claire.client.post(f"/en/{path}/draft", {"body": "Half a sent"})
        assert kept.status_code == 204
        assert "Half a sent</textarea>" in claire.page(path)
        assert claire.client.post(f"/en/{path}/draft", {"body": "x" * 10_001}).status_code == 422
    claire.client.post(f"/en/messages/{made}", {"body": "Done", "key": str(uuid4())})
    claire.client.post("/en/messages/new", {"topic": "OTHER", "body": "Done", "key": str(uuid4())})
    with acting_as(Role.OWNER):
        assert not Draft.objects.exists()


def test_care_is_kept_to_those_who_may_read_of_it(claire: Member) -> None:
    for topic in (Topic.CARE, Topic.CONTRACT):
        claire.client.post("/en/messages/new", {"topic": topic, "body": "x", "key": str(uuid4())})
    with acting_as(Role.OWNER):
        found = dict(Conversation.objects.values_list("topic", "compartment"))
    assert found == {"CARE": "HEALTH", "CONTRACT": "GENERAL"}


def test_from_any_page_one_can_write(claire: Member) -> None:
    for path in ("", "contracts", "contact"):
        assert 'href="/en/messages/new"' in claire.page(path)
    assert "messages/new" not in Client(SERVER_NAME="localhost").get("/en/contact").content.decode()


# --- In step ------------------------------------------------------------------------------------------


def ticket_of(page: str) -> dict[str, str]:
    ticket = re.search(r'data-live-topic="([^"]+)" data-live-seen="([^"]*)"', page)
    assert ticket
    return {"topic": ticket[1], "seen": ticket[2]}


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("havre.doors.ui.live.WAIT_SECONDS", 0)


@pytest.mark.usefixtures("no_waiting")
def test_a_page_may_ask_for_what_it_shows_and_nobody_else_may(claire: Member) -> None:
    made = begun(claire)
    asked = ticket_of(claire.page(f"messages/{made}"))
    found = claire.client.get("/en/live", asked)
    assert set(found.json()) == {"changed", "seen", "pause"}
    stranger = a_stranger()
    assert stranger.client.get("/en/live", asked).status_code == 404
    assert claire.client.get("/en/live", asked | {"topic": asked["topic"] + "x"}).status_code == 404
    assert Client(SERVER_NAME="localhost").get("/en/live", asked).status_code == 403


@pytest.mark.usefixtures("no_waiting")
def test_a_page_that_is_left_open_keeps_no_session_alive(claire: Member) -> None:
    made = begun(claire)
    page = claire.page(f"messages/{made}")
    session = claire.client.session
    session["used"] = before = int(NOW.timestamp()) - 600
    session.save()
    claire.client.get("/en/live", ticket_of(page))
    claire.client.get(f"/en/messages/{made}", headers={"X-Havre-Live": "1"})
    assert claire.client.session["used"] == before
    claire.page(f"messages/{made}")
    assert claire.client.session["used"] == int(NOW.timestamp())


def test_one_can_write_before_accepting_the_terms(claire: Member) -> None:  # W2
    for language in ("fr", "en"):
        a_legal_text(version="2.0", language=language)
    refused = claire.client.get("/en/contracts")
    assert refused["Location"].endswith("/first-sign-in/terms")
    assert "/messages/new" in claire.page("first-sign-in/terms")
    sent = {"topic": "OTHER", "body": "I do not understand clause 4", "key": str(uuid4())}
    made = claire.client.post("/en/messages/new", sent)
    assert "I do not understand clause 4" in claire.page(made["Location"].removeprefix("/en/"))
