"""A hundred thousand things wait: a page of them is found by an index, never by looking at all of them."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet

from havre.commons.worklist.models import WorkItem
from havre.commons.worklist.queries import Order, Wanted, open_items, queue
from havre.foundation.db import Actor, Channel, Role, acting
from tests.database import acting_as

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
NADIA = UUID(int=0xA)
MANY = 100_000
_LOOKS = Actor(name="tests", channel=Channel.COMMAND, purpose="look")
_WANTED = {"permissions": frozenset({"requests.decide"})}
_FILL = f"""
INSERT INTO worklist_workitem (id, source, source_id, kind, number, needs, compartment, stage, opened_at,
    due_at, language, product, country)
SELECT gen_random_uuid(), 'CASE', gen_random_uuid(), 'other', 'D-' || n, 'requests.decide', 'GENERAL',
    'TO_READ', now() - n * interval '1 second', now() + n * interval '1 second', 'fr', 'ESC', 'MX'
FROM generate_series(1, {MANY}) AS n
"""  # a number of ours


@pytest.fixture
def many(db: None) -> None:
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute(_FILL)
        cursor.execute("ANALYZE worklist_workitem")


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ({}, "worklist_most_urgent"),
        ({"order": Order.OLDEST}, "worklist_oldest"),
        ({"mine_or_free": NADIA}, "worklist_most_urgent"),
    ],
)
def test_a_page_is_found_by_an_index(many: None, wanted: dict[str, object], index: str) -> None:
    with acting_as(Role.DESK_WEB), acting(actor=_LOOKS, role=Role.DESK):
        asked = Wanted(**_WANTED, **wanted)  # type: ignore[arg-type]
        plan = _plan(open_items(asked, by=NADIA, now=NOW)[:26])
        found = queue(asked, by=NADIA, now=NOW)
    assert index in plan
    assert "Seq Scan" not in plan
    assert "Sort" not in plan
    assert len(found.items) == 25


def _plan(rows: "QuerySet[WorkItem]") -> str:
    return json.dumps(json.loads(rows.explain(format="json")))
