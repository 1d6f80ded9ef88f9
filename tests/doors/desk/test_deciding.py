"""Deciding on one page: what is read is what is decided, once, and it can be undone for ten seconds."""

import re
from typing import Any

import pytest
from markupsafe import escape

from havre.commons.cases.queries import CaseSeen
from havre.commons.cases.words import CaseStatus, DecisionState
from havre.commons.worklist.words import Stage
from havre.journeys.requests.kinds.other import Other
from havre.journeys.requests.words import Change, Field
from tests.doors.desk.conftest import DeskClient
from tests.doors.desk.requests import (
    answered,
    as_it_stands,
    asker_of,
    decided,
    decisions,
    filed,
    item_of,
)
from tests.staff import Desk

_HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"')


def fields_of(page: str) -> dict[str, str]:
    """What the decision form holds without anyone typing."""
    form = page.split('id="decision"')[1].split("</form>")[0]
    words = form.split('name="words"')[1].split(">\n", 1)[1].split("</textarea>")[0]
    return {**dict(_HIDDEN.findall(form)), "words": words}


def taken(desk: Desk, case: CaseSeen) -> dict[str, str]:
    """The request in hand, and its form."""
    desk.post(f"requests/{case.id}/take")
    return fields_of(desk.page(f"requests/{case.id}"))


def decide(desk: Desk, case: CaseSeen, form: dict[str, str], **more: Any) -> Any:
    return desk.post(f"requests/{case.id}/decide", **{**form, **more})


def validate(desk: Desk, case: CaseSeen, form: dict[str, str], words: str = "Here it is.") -> Any:
    return decide(desk, case, form, do="validate", words=words)


def test_a_request_in_hand_is_validated_after_ten_seconds(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    answer = validate(desk, case, taken(desk, case))
    assert answer.status_code == 302
    assert as_it_stands(case).status is CaseStatus.IN_PROGRESS
    page = desk.client.get(answer["Location"]).content.decode()
    assert f"{case.number}: validated." in page
    assert decided(case)
    assert as_it_stands(case).status is CaseStatus.VALIDATED
    assert item_of(case) is None


def test_after_a_decision_the_next_one_is_in_hand(desk_client: DeskClient) -> None:
    first, second = filed(), filed()
    desk = desk_client("AGENT")
    answer = validate(desk, first, taken(desk, first))
    assert answer["Location"].partition("?")[0] == f"/desk/requests/{second.id}"
    item = item_of(second)
    assert item
    assert item.assigned_to == desk.id


def test_a_decision_is_undone_in_time_and_the_request_is_back(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    page = desk.client.get(validate(desk, case, taken(desk, case))["Location"]).content.decode()
    [given] = decisions(case)
    assert f'name="decision" value="{given.id}"' in page
    answer = desk.post(f"requests/{case.id}/undo", decision=given.id)
    assert answer["Location"] == f"/desk/requests/{case.id}"
    assert not decided(case)
    assert as_it_stands(case).status is CaseStatus.IN_PROGRESS
    assert case.number in desk.page("queue")


def test_nobody_else_undoes_a_decision(desk_client: DeskClient) -> None:
    case, desk, other = filed(), desk_client("AGENT"), desk_client("SUPERVISOR")
    validate(desk, case, taken(desk, case))
    (given,) = decisions(case)
    assert other.post(f"requests/{case.id}/undo", decision=str(given.id)).status_code == 404
    assert decided(case)


def test_a_decision_is_undone_from_its_own_request_alone(desk_client: DeskClient) -> None:
    case, another, desk = filed(), filed(), desk_client("AGENT")
    validate(desk, case, taken(desk, case))
    (given,) = decisions(case)
    assert desk.post(f"requests/{another.id}/undo", decision=str(given.id)).status_code == 404
    assert decided(case)


def test_a_decision_that_took_effect_is_not_undone(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    validate(desk, case, taken(desk, case))
    decided(case)
    answer = desk.post(f"requests/{case.id}/undo", decision=decisions(case)[0].id)
    assert answer.status_code == 409
    assert "Too late to undo" in answer.content.decode()
    assert as_it_stands(case).status is CaseStatus.VALIDATED


def test_validate_pressed_twice_is_one_decision(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    form = taken(desk, case)
    assert {validate(desk, case, form).status_code for _ in range(2)} == {302}
    assert len(decisions(case)) == 1


def test_of_two_agents_the_second_finds_it_taken(desk_client: DeskClient) -> None:
    case, nadia, omar = filed(), desk_client("AGENT"), desk_client("AGENT", first_name="Omar")
    form = taken(nadia, case)
    refused = validate(omar, case, form)
    assert refused.status_code == 409
    assert "Nadia Ferrand has it in hand." in refused.content.decode()
    assert decisions(case) == []
    assert validate(nadia, case, form).status_code == 302


def test_an_answer_that_comes_while_one_decides_is_shown_and_nothing_is_decided(
    desk_client: DeskClient,
) -> None:
    case, desk = filed(), desk_client("AGENT")
    form = taken(desk, case)
    asked = {"version": form["version"], "piece": "question", "words.question": "Which month?"}
    assert desk.post(f"requests/{case.id}/ask", **asked).status_code == 302
    desk.post(f"requests/{case.id}/take")
    form = fields_of(desk.page(f"requests/{case.id}"))
    answered(asker_of(case), case.id, "In May")
    refused = validate(desk, case, form, words="My own words, to be kept")
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "The request changed since you read it" in page
    assert "The member answered" in page
    assert "In May" in page
    assert "My own words, to be kept" in page
    assert decisions(case) == []
    assert validate(desk, case, fields_of(page)).status_code == 302


def test_the_open_page_is_told_of_what_others_did(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    form = taken(desk, case)
    desk.post(
        f"requests/{case.id}/ask",
        version=form["version"],
        piece="question",
        **{"words.question": "?"},
    )
    since = fields_of(desk.page(f"requests/{case.id}"))["read_at"].replace("+", "%2B")
    assert "changed since" not in desk.page(f"requests/{case.id}/news?since={since}")
    answered(asker_of(case), case.id)
    assert "The member answered" in desk.page(f"requests/{case.id}/news?since={since}")


def test_exactly_what_is_missing_is_asked_with_its_reason(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    form = taken(desk, case)
    nothing = desk.post(f"requests/{case.id}/ask", version=form["version"])
    assert nothing.status_code == 409
    assert "Tick what is missing" in nothing.content.decode()
    desk.post(
        f"requests/{case.id}/ask",
        version=form["version"],
        piece="other",
        **{"reason.other": "OUTDATED"},
    )
    assert as_it_stands(case).status is CaseStatus.AWAITING_REPLY
    item = item_of(case)
    assert item
    assert item.stage is Stage.AWAITING
    page = desk.page(f"requests/{case.id}")
    assert "Anything that helps, outdated" in page
    assert "too old" in page or "trop ancienne" in page  # in the member's language


def test_a_rejection_says_why_and_under_which_clause(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    form = taken(desk, case)
    assert decide(desk, case, form, do="reject").status_code == 409
    assert decisions(case) == []
    decide(desk, case, form, do="reject", reason="not-ours", clause="Article 12.3")
    decided(case)
    closed = as_it_stands(case)
    assert (closed.status, closed.clause) == (CaseStatus.REJECTED, "Article 12.3")


def test_where_two_must_look_the_first_does_not_validate(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Other, "needs_second", lambda *_: True)
    case, nadia, boss = filed(), desk_client("AGENT"), desk_client("SUPERVISOR")
    form = taken(nadia, case)
    assert "send it to a second one" in validate(nadia, case, form).content.decode()
    assert nadia.post(f"requests/{case.id}/second", **form).status_code == 302
    again = validate(nadia, case, {**form, "version": str(as_it_stands(case).version)})
    assert again.status_code == 409
    assert [one.state for one in decisions(case)] == [DecisionState.PROPOSED]
    assert case.number not in nadia.page("queue")
    assert validate(boss, case, taken(boss, case)).status_code == 302
    assert decided(case)


def test_the_second_person_reads_what_the_first_one_read_and_chose_and_what_moved(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ["10", "60"]

    def effect(_kind: Other, _request: Any, _facts: Any, details: dict[str, Any]) -> Any:
        reference = details.get("reference", "none")
        return (Change("Left this year", before[0], "5"), Change("Under", "none", reference))

    field = Field(name="reference", label="Reference")
    monkeypatch.setattr(Other, "decision_form", lambda *_: (field,))
    monkeypatch.setattr(Other, "effect", effect)
    case, nadia, boss = filed(), desk_client("AGENT"), desk_client("SUPERVISOR")
    form = taken(nadia, case) | {"reference": "AB-12", "words": "Written by Nadia"}
    form["shown"] = fields_of(nadia.post(f"requests/{case.id}/preview", **form).content.decode())[
        "shown"
    ]
    assert nadia.post(f"requests/{case.id}/second", **form).status_code == 302
    mine = boss.page(f"requests/{case.id}")
    assert "looked first" in mine
    assert 'value="AB-12"' in mine
    assert fields_of(mine)["words"] == "Written by Nadia"
    assert "Nothing changed since." in mine
    before.pop(0)
    moved = boss.page(f"requests/{case.id}")
    assert "Nothing changed since." not in moved
    assert re.search(r"Left this year.*changed since.*10.*5.*60.*5", moved, re.DOTALL)
    boss.post(f"requests/{case.id}/take")
    again = boss.post(f"requests/{case.id}/preview", **fields_of(moved), reference="CD-34")
    page = again.content.decode()
    assert re.search(r"Under.*changed since.*AB-12.*CD-34", page, re.DOTALL)
    assert fields_of(page)["words"] == "Written by Nadia"


def test_what_the_first_person_would_reject_is_said_with_the_reason(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Other, "needs_second", lambda *_: True)
    case, nadia, boss = filed(), desk_client("AGENT"), desk_client("SUPERVISOR")
    form = taken(nadia, case) | {"reason": "not-ours", "clause": "12.3", "reject_words": "No."}
    assert nadia.post(f"requests/{case.id}/second", **form).status_code == 302
    page = boss.page(f"requests/{case.id}")
    assert "would reject it" in page
    boss.post(f"requests/{case.id}/take")
    page = boss.page(f"requests/{case.id}")
    assert 'value="12.3"' in page
    assert boss.post(f"requests/{case.id}/second", **fields_of(page)).status_code == 302
    assert "looked first" not in boss.page(f"requests/{case.id}")
    assert decisions(case)[0].state is DecisionState.UNDONE


def test_health_opens_to_the_health_agent_who_has_it_in_hand_and_the_member_reads_it(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Other, "compartment", "HEALTH")
    case, agent, health = filed(), desk_client("AGENT"), desk_client("HEALTH_AGENT")
    assert case.number not in agent.page("queue")
    closed = agent.page(f"requests/{case.id}")
    assert "spectacles" not in closed
    assert "about health: closed" in closed
    assert "spectacles" not in health.page(f"requests/{case.id}")
    taken(health, case)
    page = health.page(f"requests/{case.id}")
    assert "spectacles" in page
    assert "Health, open for this request" in page
    assert validate(health, case, fields_of(page)).status_code == 302


def test_health_opens_for_a_stated_purpose_without_taking(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Other, "compartment", "HEALTH")
    case, health = filed(), desk_client("HEALTH_AGENT")
    health.post(f"requests/{case.id}/open", purpose="REQUEST")  # a request in hand alone gives it
    assert "spectacles" not in health.page(f"requests/{case.id}")
    health.post(f"requests/{case.id}/open", purpose="QUESTION")
    assert "spectacles" in health.page(f"requests/{case.id}")


def test_a_text_at_hand_and_a_note(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    taken(desk, case)
    desk.post(f"requests/{case.id}/note", note="Called, no answer")
    assert "Called, no answer" in desk.page(f"requests/{case.id}")


@pytest.mark.parametrize(
    ("path", "form"), [("take", {}), ("open", {"purpose": "QUESTION"})], ids=["taken", "opened"]
)
def test_a_note_on_what_is_closed_is_refused_and_kept_until_it_opens(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch, path: str, form: dict[str, str]
) -> None:
    monkeypatch.setattr(Other, "compartment", "HEALTH")
    case, health = filed(), desk_client("HEALTH_AGENT")
    note = 'Line one\n"two" & <three>'
    refused = health.post(f"requests/{case.id}/note", note=note)
    assert refused.status_code == 409
    assert "The note was not added" in refused.content.decode()
    assert escape(note) in refused.content.decode()
    opened = health.post(f"requests/{case.id}/{path}", note=note, **form)
    assert escape(note) in opened.content.decode().split('name="note"')[1]
    health.post(f"requests/{case.id}/note", note=note)
    assert escape(note) in health.page(f"requests/{case.id}").split('id="notes"')[1]


@pytest.mark.parametrize("path", ["", "/news", "/papers/{id}", "/papers/{id}/picture"])
def test_what_is_not_there_is_a_missing_page(desk_client: DeskClient, path: str) -> None:
    nobody = "01a20393-54b7-73c8-bccd-9f13e0a956da"
    answer = desk_client("AGENT").client.get(f"/desk/requests/{nobody}{path.format(id=nobody)}")
    assert answer.status_code == 404
