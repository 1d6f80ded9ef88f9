"""What is told to a reader: the rule and the database say the same, and no sum or count says more."""

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from havre.domains.health import queries
from havre.domains.health.models import Line
from havre.domains.health.queries import SHOWN, TOLD, Reader, shown, told
from havre.domains.health.queries.lines import care_line
from havre.domains.health.words import Category, Relation, Said, Telling
from havre.domains.people.models import Person
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.db.reading import PreparedRead
from havre.foundation.money import Money
from tests.builders import a_contract, a_household, a_line, a_member, a_transfer
from tests.domains.health.test_health_queries import TODAY

pytestmark = pytest.mark.django_db
_OTHERS = [of for of in Relation if of not in {Relation.OWN, Relation.APART}]
ACTOR = Actor(name="tests", channel=Channel.ONLINE, purpose="read")


class House:
    """One person of each relation to Claire, with an ordinary and two sensitive lines under each contract."""

    def __init__(self) -> None:
        self.id = a_household()
        self.claire = self._member("Claire", "HOLDER")
        self.others = {of: self._member(of.title(), "OTHER") for of in _OTHERS}
        self.quiet, self.plain = (a_contract(household=self.id, number=n).id for n in ("1", "2"))
        self.transfer = a_transfer(household=self.id, settled_on=TODAY, total=Decimal("900.00"))
        people = (self.claire, *self.others.values())
        kinds = ({}, {"sensitive": True}, {"category": "MENTAL_HEALTH"})
        for person, contract, kind in product(people, (self.quiet, self.plain, None), kinds):
            self.line(person, contract_id=contract, **kind)

    def line(self, person: Person, **changes: Any) -> Line:
        return a_line(person=person, transfer=self.transfer, **changes)

    def _member(self, name: str, link: str) -> Person:
        return a_member(household=self.id, person={"first_name": name}, link=link)[0]

    def reader(self, **changes: Any) -> Reader:
        others = {person.id: of for of, person in self.others.items()}
        facts: dict[str, Any] = {
            "household": self.id,
            "person": self.claire.id,
            "others": others,
            "sensitive": frozenset({Category.MENTAL_HEALTH}),
        }
        return Reader(**(facts | changes))

    def ask(self, query: Any, **arguments: Any) -> Any:
        with acting(actor=ACTOR, role=Role.MEMBER, household=self.id):
            return query(**arguments)


@pytest.fixture
def house(db: None) -> House:
    return House()


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("quiet", [False, True])
def test_the_rule_and_the_database_say_the_same(house: House, apart: bool, quiet: bool) -> None:
    reader = house.reader(apart=apart, quiet=frozenset({house.quiet} if quiet else ()))

    def ids(rows: Any) -> set[int]:
        return {row[0] if isinstance(row, tuple) else row for row in rows}

    def prepared(condition: Any) -> set[int]:
        read = PreparedRead(tuple, ("id",), lambda: Line.objects.filter(condition))
        return ids(read(**reader.given))

    def compare() -> None:
        tellings = {row.id: reader.telling(care_line(row, reader)) for row in Line.objects.all()}
        whole = {one for one, telling in tellings.items() if telling is Telling.WHOLE}
        some = {one for one, telling in tellings.items() if telling is not Telling.NOTHING}
        assert set(Line.objects.filter(told(reader)).values_list("id", flat=True)) == whole
        assert set(Line.objects.filter(shown(reader)).values_list("id", flat=True)) == some
        assert prepared(TOLD & SHOWN) == whole
        assert prepared(SHOWN) == some
        assert {*tellings.values()} > {Telling.WHOLE}

    house.ask(compare)


def test_a_contract_that_withholds_amounts_leaves_only_what_is_told_to_add_up(  # W20
    house: House,
) -> None:
    theirs = a_transfer(household=house.id, settled_on=TODAY)
    a_line(person=house.others[Relation.OTHER], transfer=theirs, contract_id=house.quiet)
    reader = house.reader(quiet=frozenset({house.quiet}))
    # Of the 15 lines under that contract, 8 are told: own 3, child 3, minor 1, agreed 1.
    page = house.ask(queries.transfers, reader=reader)
    (seen,) = page.transfers
    assert seen.partial
    assert len(seen.lines) == 24
    assert seen.private is not None
    assert seen.total == Money("760", "EUR")
    assert house.ask(queries.transfer_of, reader=reader, transfer=theirs.id) is None
    (months,) = house.ask(queries.reimbursed_by_month, reader=reader, today=TODAY)
    assert months.total == Money("760", "EUR")
    (costs,) = house.ask(queries.costs, reader=reader, today=TODAY)
    assert costs.reimbursed == Money("760", "EUR")
    (brief,) = house.ask(queries.latest_transfers, reader=reader, size=3)
    assert (brief.count, brief.total) == (25, Money("760", "EUR"))


def test_who_has_left_reads_own_care_and_nothing_else(house: House) -> None:
    a_line(
        person=house.others[Relation.AGREED],
        transfer=a_transfer(household=house.id, settled_on=TODAY),
    )
    reader = house.reader(apart=True)
    (seen,) = house.ask(queries.transfers, reader=reader).transfers
    assert {line.person for line in seen.lines} == {house.claire.id}
    assert seen.private is None
    assert seen.total == Money("180", "EUR")
    (brief,) = house.ask(queries.latest_transfers, reader=reader, size=3)
    assert (brief.count, brief.total) == (9, Money("180", "EUR"))


def test_a_sensitive_line_of_someone_told_names_nobody(house: House) -> None:
    transfer = a_transfer(household=house.id, settled_on=TODAY)
    a_line(person=house.others[Relation.AGREED], transfer=transfer, sensitive=True, act="CANARY")
    seen = house.ask(queries.transfer_of, reader=house.reader(), transfer=transfer.id)
    assert seen.lines == ()
    assert "CANARY" not in repr(seen)
    assert str(house.others[Relation.AGREED].id) not in repr(seen)


def test_a_contract_may_keep_to_itself_which_guarantee_paid(house: House) -> None:
    transfer = a_transfer(household=house.id, settled_on=TODAY)
    stated = {"guarantee": "Frais réels", "deductible": Decimal(5), "ceiling_left": Decimal(80)}
    for contract in (house.quiet, house.plain):
        a_line(person=house.claire, transfer=transfer, contract_id=contract, **stated)
    reader = house.reader(unguaranteed=frozenset({house.quiet}))
    seen = house.ask(queries.transfer_of, reader=reader, transfer=transfer.id)
    told_by = {line.contract: line for line in seen.lines}
    assert told_by[house.plain].guarantee == Said("Frais réels")
    kept = told_by[house.quiet]
    assert (kept.guarantee, kept.deductible, kept.ceiling_left) == (None, None, None)
