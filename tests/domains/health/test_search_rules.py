"""A search finds the same rows as a filter in Python over the same rows, whoever reads them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havre.domains.health import queries
from havre.domains.health.models import Line
from havre.domains.health.queries import Criteria, Group, Reader
from havre.domains.health.queries.lines import care_line
from havre.domains.health.words import CareLine, Category, Paid, Telling
from havre.domains.people.models import Person
from havre.foundation.dates import Period
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.money import Money
from havre.foundation.names import sort_key
from tests.builders import a_household, a_line, a_person, a_transfer
from tests.database import acting_as

ACTOR = Actor(name="tests", channel=Channel.ONLINE, purpose="read")
FIRST = date(2026, 3, 1)
CATEGORIES = (Category.DENTAL, Category.OPTICAL, Category.MATERNITY)
PROVIDERS = (None, "Clínica del Valle", "Saint-Luc", "Dr Œuvrard")
pytestmark = pytest.mark.django_db


class World:
    """Four people, twelve transfers, forty lines, in two currencies."""

    def __init__(self) -> None:
        self.household = a_household()
        self.people = [a_person(household=self.household) for _ in range(4)]
        currencies = ("EUR", "USD")
        transfers = [
            a_transfer(
                household=self.household,
                settled_on=FIRST + timedelta(days=3 * (number // 2)),
                currency=currencies[number % 2],
            )
            for number in range(12)
        ]
        for number in range(40):
            self._line(number, self.people[number % 4], transfers[number * 7 % 12])
        with acting_as(Role.OWNER):
            self.rows = list(Line.objects.filter(household_id=self.household))

    def _line(self, number: int, person: Person, transfer: Any) -> None:
        a_line(
            person=person,
            transfer=transfer,
            currency=transfer.currency,
            category=CATEGORIES[number % 3],
            provider=PROVIDERS[number * 3 % 4],
            spent=Decimal(number % 6 * 10),
            spent_currency="MXN" if number % 5 == 0 else transfer.currency,
            converted=Decimal(number % 6) if number % 5 == 0 else None,
            reimbursed=None if number % 9 == 8 else Decimal(number % 4 * 5),
        )

    def reader(self, told: list[int], *, apart: bool) -> Reader:
        others = {
            self.people[place].id: queries_relation for place, queries_relation in _relations(told)
        }
        return Reader(
            household=self.household,
            person=self.people[0].id,
            others=others,
            apart=apart,
            sensitive=frozenset({Category.MATERNITY}),
        )


def _relations(told: list[int]) -> Iterator[tuple[int, Any]]:
    from havre.domains.health.words import Relation

    for place in (1, 2, 3):
        yield place, Relation.AGREED if place in told else Relation.OTHER


@pytest.fixture
def world(db: None) -> World:
    return World()


amounts = st.none() | st.sampled_from([0, 5, 10, 20, 40]).map(Decimal)
days = st.none() | st.integers(0, 20).map(lambda number: FIRST + timedelta(days=number))
asked = st.fixed_dictionaries(
    {
        "start": days,
        "end": days,
        "person": st.none() | st.integers(0, 3),
        "category": st.none() | st.sampled_from(CATEGORIES),
        "provider": st.sampled_from(["", "", "valle clinica", "LUC", "oeuv", "%", "none"]),
        "currency": st.sampled_from([None, "EUR", "USD", "MXN"]),
        "paid": st.sampled_from(Paid),
        "least": amounts,
        "most": amounts,
    }
)


def criteria_of(asked: dict[str, Any], world: World) -> Criteria:
    start, end = asked["start"], asked["end"]
    if start and end and end < start:
        start, end = end, start
    currency = asked["currency"] or "EUR"
    return Criteria(
        period=Period(start, end),
        person=None if asked["person"] is None else world.people[asked["person"]].id,
        category=asked["category"],
        provider=asked["provider"],
        currency=asked["currency"],
        paid=asked["paid"],
        least=None if asked["least"] is None else Money(asked["least"], currency),
        most=None if asked["most"] is None else Money(asked["most"], currency),
    )


def matches(line: CareLine, row: Line, criteria: Criteria, telling: Telling) -> bool:
    """The rules of a search, said again without a database."""
    whole = telling is Telling.WHOLE
    if telling is Telling.NOTHING or (criteria.of_care and not whole):
        return False
    if line.settled_on is None or not criteria.period.contains(line.settled_on):
        return False
    if criteria.person not in {None, line.person} or criteria.category not in {None, line.category}:
        return False
    words = sort_key(criteria.provider).split()
    if criteria.provider and not (
        words and line.provider and all(word in sort_key(line.provider) for word in words)
    ):
        return False
    spent_in = line.spent.currency if line.spent else None
    if criteria.currency not in {None, row.currency, spent_in if whole else None}:
        return False
    return _amount_matches(line, criteria)


def _amount_matches(line: CareLine, criteria: Criteria) -> bool:
    least, most = criteria.least, criteria.most
    bound = least or most
    if bound is None:
        return True
    told = (line.reimbursed,) if criteria.paid is Paid.REIMBURSED else (line.spent, line.cost)
    return any(
        one is not None
        and one.currency == bound.currency
        and (least is None or least <= one)
        and (most is None or one <= most)
        for one in told
    )


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    asked=asked,
    told=st.lists(st.integers(1, 3), unique=True),
    apart=st.booleans(),
    group=st.sampled_from(Group),
    size=st.integers(1, 9),
)
def test_a_search_is_a_filter(  # W28
    world: World, asked: dict[str, Any], told: list[int], apart: bool, group: Group, size: int
) -> None:
    criteria, reader = criteria_of(asked, world), world.reader(told, apart=apart)
    order = _order(group, world)
    lines, private = [], []
    seen, at, back = [], None, []
    with acting(actor=ACTOR, role=Role.MEMBER, household=world.household):
        sums = queries.sums(reader=reader, criteria=criteria, group=group)
        while True:
            page = queries.entries(
                reader=reader, criteria=criteria, group=group, order=order, at=at, size=size
            )
            seen.append(page.entries)
            at = page.older
            if at is None:
                break
        at = page.newer
        while at is not None:
            page = queries.entries(
                reader=reader, criteria=criteria, group=group, order=order, at=at, size=size
            )
            back.insert(0, page.entries)
            at = page.newer
    entries = [entry for page in seen for entry in page]
    # Both ways the pages are the same, and each entry stands once, in order.
    assert back == seen[:-1]
    assert [one.place.order for one in entries] == sorted({one.place.order for one in entries})
    lines = {entry.line.id for entry in entries if entry.line}
    private = {entry.transfer for entry in entries if entry.private}
    wanted, masked = set(), defaultdict(Decimal)
    for row in world.rows:
        line = care_line(row, reader)
        telling = reader.telling(line)
        if matches(line, row, criteria, telling):
            if telling is Telling.WHOLE:
                wanted.add(row.id)
            else:
                masked[row.transfer_id] += row.reimbursed or 0
    assert lines == wanted
    assert private == masked.keys()
    # The sums are of the whole search, one currency at a time.
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for row in world.rows:
        if row.id in wanted or (
            row.transfer_id in masked and reader.telling(care_line(row, reader)) is Telling.AMOUNTS
        ):
            totals[row.currency] += row.reimbursed or 0
    said: dict[str, Decimal] = defaultdict(Decimal)
    for one in sums:
        said[one.currency] += one.reimbursed.amount
    assert said == totals


def _order(group: Group, world: World) -> tuple[str, ...]:
    if group is Group.PERSON:
        return tuple(str(person.id) for person in world.people)
    return tuple(CATEGORIES) if group is Group.CATEGORY else ()
