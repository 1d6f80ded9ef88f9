"""Pages of requests ask the database the same number of questions however many there are (P2)."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from havre.commons.cases.models import (
    Ask,
    Case,
    Content,
    Draft,
    Event,
    ask_place,
    content_place,
    draft_place,
)
from havre.commons.messaging.models import Conversation
from havre.foundation.crypto import vault
from havre.foundation.db import Role, acting
from havre.foundation.ids import new_id
from tests.builders import BUILDER
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, Member, signed_in, that_day
from tests.house.test_statement_counts import MOST, ROWS, statements
from tests.messages import many_messages

__all__ = ["that_day"]
pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {"subject": "A question", "words": "Who?"}


@pytest.fixture
def claire(that_day: None) -> Member:
    return signed_in()


def furnish(claire: Member, rows: int) -> dict[str, UUID]:
    """So many requests and drafts; in the first, as many things asked as one page is meant for."""
    household, membership = claire.household, claire.membership.id
    cases = [a_case(claire, number) for number in range(rows + 1)]
    asked = cases[0]
    asked.status, asked.waiting_since = "AWAITING_REPLY", NOW
    few = min(rows, 50)
    batches: list[list[Any]] = [
        cases,
        [a_content(one) for one in cases],
        [_draft(household, membership, number) for number in range(rows)],
        [_event(asked, number) for number in range(few)],
        [_ask(asked) for _number in range(few)],
    ]
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        for batch in batches:
            type(batch[0]).objects.bulk_create(batch)
    thread = many_messages(household, membership, rows)
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        Conversation.objects.filter(id=thread).update(case_id=cases[-1].id)
    return {"asked": asked.id, "draft": batches[2][0].id, "written": cases[-1].id}


@pytest.mark.parametrize("rows", ROWS)
def test_pages_of_requests(claire: Member, rows: int) -> None:
    ids = furnish(claire, rows)
    counted = {}
    pages = {
        "requests": 8,
        "requests/new": 5,
        "requests/new?q=complaint": 5,
        "requests/new/other": 6,
        "requests/drafts/{draft}/pages/request": 6,
        "requests/drafts/{draft}/check": 6,
        "requests/{asked}": 6,
        "requests/{written}": 8,
        "requests/{asked}/receipt": 6,
        "requests/{asked}/withdraw": 4,
    }
    for page in pages:
        path = page.format(**ids)
        claire.page(path)  # what a process remembers, it has read
        with statements() as sent:
            claire.page(path)
        counted[page] = len(sent)
    assert counted == pages
    assert max(counted.values()) <= MOST


def a_case(claire: Member, number: int) -> Case:
    return Case(
        id=new_id(),
        household_id=claire.household,
        kind="other",
        prefix="D",
        year=2026,
        serial=1_000_000 + number,
        membership_id=claire.membership.id,
        person_id=claire.person.id,
        compartment="GENERAL",
        channel="ONLINE",
        filed_by="someone",
        digest=b"",
        language="en",
        filed_at=NOW - timedelta(minutes=number),
        due_at=NOW,
    )


def a_content(case: Case) -> Content:
    return Content(
        id=case.id,
        household_id=case.household_id,
        compartment="GENERAL",
        title=vault().seal("A question", place=content_place("title", case.id)),
        answers=vault().seal(json.dumps(WORDS), place=content_place("answers", case.id)),
    )


def _draft(household: UUID, membership: UUID, number: int) -> Draft:
    row = new_id()
    return Draft(
        id=row,
        household_id=household,
        kind="other",
        membership_id=membership,
        channel="ONLINE",
        written_by="someone",
        step="request",
        answers=vault().seal(json.dumps(WORDS), place=draft_place(row)),
        version=1,
        begun_at=NOW,
        saved_at=NOW - timedelta(minutes=number),
    )


def _event(case: Case, number: int) -> Event:
    return Event(
        id=new_id(),
        household_id=case.household_id,
        case_id=case.id,
        compartment="GENERAL",
        kind="ANSWERED",
        at=NOW - timedelta(minutes=number),
        side="MEMBER",
        by="someone",
    )


def _ask(case: Case) -> Ask:
    row = new_id()
    return Ask(
        id=row,
        household_id=case.household_id,
        case_id=case.id,
        compartment="GENERAL",
        piece="",
        reason="MISSING",
        words=vault().seal("The invoice", place=ask_place("words", row)),
        asked_at=NOW,
        asked_by="someone",
    )
