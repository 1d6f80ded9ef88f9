"""Following a request: what is asked and answered, what is decided, what is written about it."""

from datetime import timedelta
from uuid import UUID, uuid4

from havre.commons.cases import actions
from havre.commons.cases import queries as cases
from havre.commons.cases.words import Asked, AskReason, AskState, CaseStatus, Outcome
from tests.builders import a_member
from tests.doors.portal.asking import a_sent, asker, case, posted
from tests.doors.portal.conftest import NOW, Member, signed_in
from tests.journeys.requests.asking import applied, as_desk, as_member, decided, staff


def asked(member: Member, row: UUID, *pieces: str) -> None:
    """The desk asks for these papers; "" is a question."""
    version = case(member, row).version
    with as_desk(member.household):
        actions.ask(
            household=member.household,
            case=row,
            asked=[
                Asked(piece=one, reason=AskReason.MISSING, words=f"CANARY {one}") for one in pieces
            ],
            by=staff(),
            version=version,
            now=NOW,
        )


def states(member: Member, row: UUID) -> list[AskState]:
    with as_member(asker(member)):
        return [one.state for one in cases.asks_of(household=member.household, case=row)]


def ask_ids(member: Member, row: UUID) -> list[UUID]:
    with as_member(asker(member)):
        return [one.id for one in cases.asks_of(household=member.household, case=row)]


def decide(member: Member, row: UUID, outcome: Outcome, words: str) -> None:
    given = decided(
        asker(member), case(member, row), outcome, words=words, reason="not-ours", now=NOW
    )
    applied(asker(member), given, now=NOW + timedelta(seconds=11))


def test_it_says_where_it_stands_and_promises_nothing_unmeasured(claire: Member) -> None:  # W34
    row = a_sent(claire)
    page = claire.page(f"requests/{row}")
    assert "In progress" in page
    assert case(claire, row).number in page
    assert "15 June 2026, 12:00" in page
    assert "A person reads it" in page
    assert "working day" not in page
    assert "En cours" in claire.page(f"requests/{row}", language="fr")


def test_what_is_asked_comes_first_and_is_answered_there(claire: Member) -> None:  # W34
    row = a_sent(claire)
    asked(claire, row, "")
    page = claire.page(f"requests/{row}")
    assert "Awaiting your reply" in page
    assert page.index("CANARY") < page.index("Where your request stands")
    assert "One thing is asked of you, since 15 June 2026" in claire.page("requests")
    empty = posted(claire, f"requests/{row}/answer")
    assert empty.status_code == 422
    assert "Nothing is answered yet" in empty.content.decode()
    (ask,) = ask_ids(claire, row)
    answer = posted(claire, f"requests/{row}/answer", {f"words-{ask}": "Here it is"})
    assert answer.status_code == 302
    assert states(claire, row) == [AskState.ANSWERED]
    assert case(claire, row).status is CaseStatus.IN_PROGRESS
    assert "Here it is" in claire.page(f"requests/{row}")
    again = posted(claire, f"requests/{row}/answer", {f"words-{ask}": "Twice"})
    assert again.status_code == 302


def test_what_is_not_had_is_said(claire: Member) -> None:
    row = a_sent(claire)
    asked(claire, row, "prescription")
    (ask,) = ask_ids(claire, row)
    posted(claire, f"requests/{row}/answer", {f"not-had-{ask}": "on", f"words-{ask}": "Lost"})
    assert states(claire, row) == [AskState.NOT_HAD]


def test_a_word_is_no_paper(claire: Member) -> None:
    row = a_sent(claire)
    asked(claire, row, "prescription")
    (ask,) = ask_ids(claire, row)
    assert posted(claire, f"requests/{row}/answer", {f"words-{ask}": "Soon"}).status_code == 422
    assert states(claire, row) == [AskState.OPEN]


def test_the_decision_is_read_with_its_words_and_contested(claire: Member) -> None:  # W34
    row = a_sent(claire)
    decide(claire, row, Outcome.REJECTED, "CANARY because")
    page = claire.page(f"requests/{row}")
    assert "Rejected" in page
    assert "CANARY because" in page
    assert f"/en/requests/new/complaint?contests={row}" in page
    offered = claire.page(f"requests/new/complaint?contests={row}")
    assert case(claire, row).number in offered
    begun = posted(claire, "requests/new/complaint", {"contests": str(row)})
    draft = claire.client.get(begun["Location"], follow=True).content.decode()
    assert f'value="{case(claire, row).number}"' in draft


def test_only_a_decided_request_of_one_s_own_is_contested(claire: Member) -> None:
    row = a_sent(claire)
    for what in (row, UUID(int=1), "x"):
        assert claire.client.get(f"/en/requests/new/complaint?contests={what}").status_code == 404


def test_an_opinion_is_asked_once(claire: Member) -> None:
    row = a_sent(claire)
    posted(claire, f"requests/{row}/opinion", {"score": "5"})  # too early: not taken
    decide(claire, row, Outcome.VALIDATED, "Done")
    assert "What was this answer worth?" in claire.page(f"requests/{row}")
    posted(claire, f"requests/{row}/opinion", {"score": "9"})
    assert "What was this answer worth?" in claire.page(f"requests/{row}")
    posted(claire, f"requests/{row}/opinion", {"score": "4", "words": "Quick"})
    assert "What was this answer worth?" not in claire.page(f"requests/{row}")


def test_it_is_withdrawn_after_one_more_question(claire: Member) -> None:
    row = a_sent(claire)
    assert "Withdraw this request?" in claire.page(f"requests/{row}/withdraw")
    for _twice in range(2):
        posted(claire, f"requests/{row}/withdraw")
    assert case(claire, row).status is CaseStatus.WITHDRAWN
    assert "Withdrawn" in claire.page(f"requests/{row}")
    assert claire.client.get(f"/en/requests/{row}/withdraw").status_code == 302


def test_the_thread_of_a_request_is_on_its_page(claire: Member) -> None:
    row = a_sent(claire)
    key = str(UUID(int=7))
    for _twice in range(2):
        posted(claire, f"requests/{row}/message", {"body": "CANARY hello", "key": key})
    assert claire.page(f"requests/{row}").count("CANARY hello") == 1
    assert posted(claire, f"requests/{row}/message", {"body": " "}).status_code == 422


def test_what_is_typed_in_a_thread_is_kept_from_the_first_word(claire: Member) -> None:
    row = a_sent(claire)
    draft = posted(claire, f"requests/{row}/message/draft", {"body": "Half a sent"})
    assert draft.status_code == 204
    assert "Half a sent</textarea>" in claire.page(f"requests/{row}")
    assert "My request" not in claire.page("messages")  # nobody wrote yet
    posted(claire, f"requests/{row}/message", {"body": "Half a sentence", "key": uuid4()})
    assert "Half a sent</textarea>" not in claire.page(f"requests/{row}")
    assert "My request" in claire.page("messages")


def test_another_adult_of_the_household_finds_none_of_it(claire: Member) -> None:
    row = a_sent(claire)
    person, membership = a_member(
        household=claire.household, link="SPOUSE", person={"first_name": "Paul"}
    )
    paul = signed_in(person=person, membership=membership)
    assert "D-2026" not in paul.page("requests")
    for path in ("", "/receipt", "/receipt/pdf", "/withdraw"):
        assert paul.client.get(f"/en/requests/{row}{path}").status_code == 404
    for path in ("answer", "opinion", "withdraw", "message", "message/draft"):
        assert posted(paul, f"requests/{row}/{path}").status_code == 404
    left = posted(claire, "requests/new/other")["Location"]
    assert paul.client.get(left).status_code == 404
    for path in ("check", "pages/request"):
        assert paul.client.get(f"{left}/{path}").status_code == 404
    for path in ("send", "drop"):
        assert paul.client.post(f"{left}/{path}").status_code == 404
    assert paul.client.post(f"/en/uploads/{row}", {"piece": "other"}).status_code == 404
    draft = left.rpartition("/")[2]
    assert paul.client.post(f"/en/uploads/{draft}", {"piece": "other"}).status_code == 404
