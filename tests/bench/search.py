"""P3: what a search of reimbursements reads, among ten times as many lines and on a deep page."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from havre.commons.accounts import queries as accounts
from havre.commons.accounts.models import Account
from havre.commons.content import queries as content
from havre.domains.health import queries as health
from havre.domains.health.queries import After, Criteria, Group, Place, Reader
from havre.domains.health.words import Category
from havre.doors.portal.household import Family
from havre.doors.portal.page import Viewer, inside
from havre.doors.portal.views.reimbursements import _order
from havre.foundation.dates import Period
from havre.foundation.money import Money
from tests.bench import many_lines, members
from tests.bench.figures import Figure, Void
from tests.bench.house import House
from tests.bench.members import Household, made_id
from tests.bench.row_security import close_pool

SIZES = tuple(int(one) for one in os.environ.get("BENCH_SEARCH", "1000000,10000000").split(","))
GOALS = 1.5, 1.2
DEEP = 0.9
"""How far down the list the deep pages are."""
PAGES = 5
"""What is read at a place: on average, since one page may have to pass over many lines by chance."""
DATABASE = "bench_search"
VIEWS = {
    "by transfer": None,
    "by beneficiary": Group.PERSON,
    "by category": Group.CATEGORY,
    "export": Group.TRANSFER,
}


@dataclass
class Read:
    """Buffers of 8 kB that statements read, found in memory or not."""

    sums: int = 0
    first: int = 0
    deep: int = 0


@dataclass
class _Explained:
    """Asks the database, before each statement on health, how it would go about it and what it read."""

    buffers: int = 0
    _busy: bool = field(default=False)

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if '"health"."' in sql and not self._busy:
            self._busy = True
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
                (found,) = cursor.fetchone()
            self._busy = False
            plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
            self.buffers += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        return execute(sql, params, many, context)


def buffers(call: Callable[[], object]) -> int:
    """Of the statements on health that ``call`` sends."""
    explained = _Explained()
    with connection.execute_wrapper(explained):
        call()
    if not explained.buffers:
        raise Void("P3: a search read nothing")
    return explained.buffers


def measure(house: House, *, day: date) -> Figure:
    """The same households among few lines and among many, each in a database of its own."""
    found: list[dict[tuple[str, str, str], Read]] = []
    for size in SIZES:
        close_pool()
        house.copy(DATABASE)
        try:
            with house.superuser(DATABASE) as superuser:
                members.put_in(superuser, many_lines.large_households(), day=day)
                many_lines.put_in(superuser, size, day=day)
            house.analyse(DATABASE)
            with _pointed_at(DATABASE):
                found.append(_searches(day))
        finally:
            close_pool()
            house.drop(DATABASE)
    return _figure(*found)


@contextmanager
def _pointed_at(database: str) -> Iterator[None]:
    """This process reads another database for a while, as the web role."""
    before = connection.settings_dict["NAME"]
    close_pool()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        close_pool()
        connection.settings_dict["NAME"] = before


def _searches(day: date) -> dict[tuple[str, str, str], Read]:
    """By size of the household, kind of search, and view."""
    found: dict[tuple[str, str, str], Read] = {}
    for household in many_lines.large_households():
        viewer = _viewer(household, day)
        with inside(viewer):
            family = Family(viewer)
            lines = f"{household.lines:,} lines"
            for kind, criteria in _kinds(household, day).items():
                for view, group in VIEWS.items():
                    found[lines, kind, view] = _read(family, criteria, group)
            found[lines, "one line", "page"] = _line(family.care_reader(), household.id)
    return found


def _viewer(household: Household, day: date) -> Viewer:
    now = datetime.combine(day, datetime.min.time(), tzinfo=UTC)
    account = Account.objects.get(id=made_id("account", household.number))
    terms = content.terms_version(today=day)
    return Viewer(accounts.seen(account, terms_version=terms), now, day, "fr")


def _kinds(household: Household, day: date) -> dict[str, Criteria]:
    euros = Money(50, "EUR"), Money(60, "EUR")
    half = Period(day - timedelta(days=182), day)
    kinds = {
        "nothing asked": Criteria(),
        "period": Criteria(period=half),
        "category": Criteria(category=Category.DENTAL),
    }
    if household.lines > many_lines.LARGE[0]:
        return kinds  # to see how it grows with the household's own lines
    return kinds | {
        "rare category": Criteria(category=Category.TRANSPORT),
        "provider": Criteria(provider=f"cabinet {household.number * 37 + 5}"),
        "amount": Criteria(least=euros[0], most=euros[1]),
        "beneficiary": Criteria(person=made_id("person", household.people[0])),
        "currency": Criteria(currency="SGD"),
        "several": Criteria(period=half, category=Category.DENTAL, least=euros[0]),
    }


def _read(family: Family, criteria: Criteria, group: Group | None) -> Read:
    """``None`` is the page by transfer, whose list is of transfers; the export has no sums."""
    reader, read = family.care_reader(), Read()
    if group is not Group.TRANSFER:
        shown = group or Group.TRANSFER
        read.sums = buffers(lambda: health.sums(reader=reader, criteria=criteria, group=shown))
    page = _pager(family, criteria, group)
    deep = _deep(page)
    read.first = _at(page, None)
    read.deep = _at(page, deep) if deep else read.first
    return read


def _at(page: Callable[..., Any], place: After | Place | None) -> int:
    """Buffers of a page, on average over :data:`PAGES` from a place on, or as many as there are."""
    read = []
    for _ in range(PAGES):
        read.append(buffers(lambda at=place: page(at)))  # type: ignore[misc]
        if (place := page(place).older) is None:
            break
    return round(sum(read) / len(read))


def _pager(family: Family, criteria: Criteria, group: Group | None) -> Callable[..., Any]:
    reader = family.care_reader()
    if group is None:
        return lambda at, size=health.PAGE: health.transfers(
            reader=reader, criteria=criteria, at=at, size=size
        )
    order = () if group is Group.TRANSFER else _order(group, family)
    most = 1_000 if group is Group.TRANSFER else health.ENTRIES
    return lambda at, size=most: health.entries(
        reader=reader, criteria=criteria, group=group, order=order, at=at, size=size
    )


def _deep(page: Callable[..., Any]) -> After | Place | None:
    """Where the page begins that has :data:`DEEP` of the list before it; none for a short list."""
    places: list[After | Place | None] = [None]
    while (older := page(places[-1], 500).older) is not None:
        places.append(older)
    return places[int(len(places) * DEEP)]


def _line(reader: Reader, household: UUID) -> Read:
    first = health.entries(reader=reader, criteria=Criteria(), group=Group.TRANSFER).entries
    line = next(one.line for one in first if one.line)

    def call() -> None:
        health.line_of(reader=reader, line=line.id)
        health.transfer_of(reader=reader, transfer=first[0].transfer)

    return Read(first=(once := buffers(call)), deep=once)


def _figure(
    few: dict[tuple[str, str, str], Read], many: dict[tuple[str, str, str], Read]
) -> Figure:
    grown = max(
        b / a
        for key in few
        for a, b in zip(_values(few[key]), _values(many[key]), strict=True)
        if a
    )
    deeper = max(read.deep / read.first for read in many.values())
    return Figure(
        "P3",
        f"search: buffers at {SIZES[1]:,} lines / at {SIZES[0]:,}; deep page / first, list alone",
        f"{grown:.2f}; {deeper:.2f}",
        f"≤ {GOALS[0]}; ≤ {GOALS[1]}",
        grown <= GOALS[0] and deeper <= GOALS[1],
        tuple(
            f"{', '.join(key)}: sums {few[key].sums} → {read.sums}, first {few[key].first} →"
            f" {read.first}, deep {few[key].deep} → {read.deep}"
            for key, read in many.items()
        ),
    )


def _values(read: Read) -> tuple[int, int, int]:
    return read.sums, read.first, read.deep
