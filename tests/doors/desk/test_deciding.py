"""Deciding on one page: what is read is what is decided, once, and it can be undone for ten seconds."""

import re
from typing import Any
from uuid import UUID

from havre.commons.cases.queries import CaseSeen
from havre.commons.cases.words import CaseStatus
from tests.doors.desk.conftest import DeskClient
from tests.doors.desk.requests import answered, as_it_stands, asker_of, decided, filed, item_of
from tests.staff import Desk

_HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"')


def fields_of(page: str) -> dict[str, str]:
    """What the decision form holds without anyone typing."""
    form = page.split('id="decision"')[1].split("</form>")[0]
    words = form.split('name="words"')[1].split(">\n")[1].split("</textarea>")[0]
    return {**dict(_HIDDEN.findall(form)), "words": words}


def taken(desk: Desk, case: CaseSeen) -> dict[str, str]:
    """The request in hand, and its form."""
    desk.post(f"requests/{case.id}/take")
    return fields_of(desk.page(f"requests/{case.id}"))


def decide(desk: Desk, case: CaseSeen, form: dict[str, str], **more: Any) -> Any:
    return desk.post(f"requests/{case.id}/decide", **{**form, **more})


def test_a_request_in_hand_is_validated_after_ten_seconds(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    form = taken(desk, case)
    answer = decide(desk, case, form, do="validate", words="Here is the answer.")
    assert answer.status_code == 302, answer.content.decode()
    assert as_it_stands(case).status is CaseStatus.IN_PROGRESS
    page = desk.client.get(answer["Location"]).content.decode()
    assert f"{case.number}: validated." in page
    assert decided(case)
    assert as_it_stands(case).status is CaseStatus.VALIDATED
    assert item_of(case) is None
