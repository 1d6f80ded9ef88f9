"""The queue: what waits is found, taken, given, put off, by those who may and by nobody else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Item, Source, Stage
from havre.foundation.db import Role, acting
from havre.foundation.ids import new_id
from tests.builders import BUILDER
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.doors.desk.requests import as_it_stands, filed, item_of

NOW = datetime.now(UTC)


def an_item(number: int = 0, **changes: Any) -> Item:
    """Something that waits: the higher its number, the later it is due."""
    fields: dict[str, Any] = {
        "source": Source.CASE,
        "source_id": new_id(),
        "kind": "other",
        "needs": "requests.decide",
        "opened_at": NOW - timedelta(days=1),
        "due_at": NOW + timedelta(days=3, minutes=number),
        "number": f"D-2026-{number:05}",
    }
    return Item(**(fields | changes))


def put(*items: Item) -> None:
    with acting_as(Role.DESK_WEB), acting(actor=BUILDER, role=Role.DESK):
        worklist.put_many(items)


@contextmanager
def statements() -> Iterator[list[str]]:
    sent: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield sent


def test_what_waits_is_listed_by_kind_and_number(desk_client: DeskClient) -> None:
    case = filed()
    page = desk_client("AGENT").page("queue")
    assert case.number in page
    assert "Another request" in page


def test_the_next_one_is_taken_and_its_member_reads_that_it_is_looked_at(
    desk_client: DeskClient,
) -> None:
    case, desk = filed(), desk_client("AGENT")
    assert desk.post("queue/next")["Location"] == f"/desk/requests/{case.id}"
    assert as_it_stands(case).read_at is not None
    item = item_of(case)
    assert item
    assert item.assigned_to == desk.id


def test_two_who_take_the_next_one_get_two(desk_client: DeskClient) -> None:
    filed(), filed()
    first = desk_client("AGENT").post("queue/next")["Location"]
    second = desk_client("AGENT").post("queue/next")["Location"]
    assert first != second
    nothing = desk_client("AGENT").post("queue/next")
    assert nothing["Location"] == "/desk/queue?done=nothing"


def test_what_is_late_says_so_in_words(desk_client: DeskClient) -> None:
    put(an_item(due_at=NOW - timedelta(days=2)))
    page = desk_client("AGENT").page("queue")
    assert "Late since" in page
    assert "1 is past its delay." in page


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("", "to-read complaint right second"),
        ("awaiting", "awaiting"),
        ("complaints", "complaint"),
        ("rights", "right"),
        ("second", "second"),
        ("snoozed", ""),
    ],
)
def test_each_tab_has_its_own(desk_client: DeskClient, view: str, shown: str) -> None:
    put(
        an_item(number=1),
        an_item(number=2, kind="complaint"),
        an_item(number=3, kind="data-protection"),
        an_item(number=4, stage=Stage.SECOND),
        an_item(number=5, stage=Stage.AWAITING),
    )
    names = ("to-read", "complaint", "right", "second", "awaiting")
    page = desk_client("AGENT").page(f"queue?view={view}")
    there = [name for at, name in enumerate(names, 1) if f"D-2026-{at:05}" in page]
    assert there == shown.split()


@pytest.mark.parametrize(
    "scope",
    [{"products": ["ESC"]}, {"employers": [str(new_id())]}, {"intermediaries": [str(new_id())]}],
)
def test_a_scope_shows_its_own_and_what_is_outside_is_missing(
    desk_client: DeskClient, scope: dict[str, list[str]]
) -> None:
    case, desk = filed(), desk_client("AGENT", **scope)
    [(part, values)] = scope.items()
    column = {"intermediaries": "intermediary"}.get(part, part.removesuffix("s"))
    value = values[0] if column == "product" else UUID(values[0])
    put(an_item(number=7, **{column: value}))
    page = desk.page("queue")
    assert "D-2026-00007" in page
    assert case.number not in page
    assert desk.client.get(f"/desk/requests/{case.id}").status_code == 404
    assert desk.post(f"requests/{case.id}/take").status_code == 404
    item = item_of(case)
    assert item
    assert desk.post(f"queue/{item.id}/take")["Location"] == "/desk/queue?done=gone"


def test_several_are_taken_freed_and_put_off_at_once(desk_client: DeskClient) -> None:
    cases, desk = [filed(), filed()], desk_client("AGENT")
    chosen = [str(item.id) for case in cases if (item := item_of(case))]
    assert desk.post("queue/act", do="take", item=chosen)["Location"] == "/desk/queue?done=2"
    held = [item_of(case) for case in cases]
    assert [one and one.assigned_to for one in held] == [desk.id, desk.id]
    desk.post("queue/act", do="free", item=chosen[:1])
    desk.post("queue/act", do="snooze", item=chosen, days="2")
    assert cases[0].number not in desk.page("queue")
    assert cases[0].number in desk.page("queue?view=snoozed")
    desk.post("queue/act", do="wake", item=chosen)
    assert cases[0].number in desk.page("queue")


def test_a_number_that_nobody_offers_changes_nothing(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    item = item_of(case)
    assert item
    for days in ("9" * 5000, "3", "-1", "٢٢", ""):
        told = desk.post("queue/act", do="snooze", item=item.id, days=days)
        assert told["Location"] == "/desk/queue?done=0", days
    assert case.number in desk.page(f"queue?done={'9' * 5000}")


def test_nobody_touches_what_is_in_another_s_hands_but_who_assigns(desk_client: DeskClient) -> None:
    case, nadia, omar = filed(), desk_client("AGENT"), desk_client("AGENT", first_name="Omar")
    boss = desk_client("SUPERVISOR", first_name="Ines")
    nadia.post(f"requests/{case.id}/take")
    item = item_of(case)
    assert item
    for what in ("take", "free", "snooze", "assign"):
        told = omar.post("queue/act", do=what, item=item.id, days="1", to=omar.id)
        assert told["Location"] == "/desk/queue?done=0", what
    boss.post("queue/act", do="assign", item=item.id, to=omar.id)
    moved = item_of(case)
    assert moved
    assert moved.assigned_to == omar.id
    assert 'value="assign"' not in omar.page("queue")


def test_pages_follow_each_other_forth_and_back(desk_client: DeskClient) -> None:
    put(*(an_item(number=number) for number in range(60)))
    desk = desk_client("AGENT")
    seen, path = [], "queue"
    while path:
        page = desk.page(path)
        seen += [number for number in range(60) if f"D-2026-{number:05}" in page]
        path = _address(page, "Next page")
    assert seen == list(range(60))
    back = desk.page(_address(page, "Back"))
    assert "D-2026-00025" in back
    assert "D-2026-00050" not in back


def test_a_word_that_is_not_known_asks_for_nothing(desk_client: DeskClient) -> None:
    case = filed()
    page = desk_client("AGENT").page(
        "queue?view=x&who=y&order=z&after=1~2&country=ZZZ&language=fr'"
    )
    assert "Nothing waits under these filters." in page
    assert case.number in desk_client("AGENT").page("queue?view=x&who=y&order=z&after=1~2")


def test_the_queue_asks_the_database_as_often_for_one_as_for_many(desk_client: DeskClient) -> None:
    put(an_item())
    desk = desk_client("AGENT")
    desk.page("queue")
    with statements() as few:
        desk.page("queue")
    put(*(an_item(number=number) for number in range(1, 5000)))
    with statements() as many:
        desk.page("queue")
    assert len(many) == len(few) <= 12


def test_a_request_asks_the_database_as_often_whatever_waits(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    desk.post(f"requests/{case.id}/take")
    desk.page(f"requests/{case.id}")
    with statements() as few:
        desk.page(f"requests/{case.id}")
    put(*(an_item(number=number) for number in range(1, 5000)))
    desk.page(f"requests/{case.id}")  # texts at hand are remembered for some seconds
    with statements() as many:
        desk.page(f"requests/{case.id}")
    assert len(many) == len(few)


def _address(page: str, words: str) -> str:
    """Where the link of these words leads, from /desk/ on; "" where there is none."""
    head, found, _rest = page.partition(f">{words}</a>")
    return (
        head.rpartition('href="/desk/')[2].partition('"')[0].replace("&amp;", "&") if found else ""
    )
