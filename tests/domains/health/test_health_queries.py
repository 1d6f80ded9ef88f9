"""Care as a household reads it: masked, paged, counted, under the member's role."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

import pytest

from havre.domains.contracts import queries as contracts
from havre.domains.health import queries
from havre.domains.health.queries import After, Reader
from havre.domains.health.words import Category, Payee, Relation
from havre.domains.people.models import Person
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id
from havre.foundation.money import Money
from tests.builders import a_household, a_line, a_member, a_person, a_transfer
from tests.database import acting_as

pytestmark = pytest.mark.django_db
ACTOR = Actor(name="tests", channel=Channel.ONLINE, purpose="read")
TODAY = date(2026, 6, 15)
Found = TypeVar("Found")


class House:
    """A couple, a child who turns 18 on the day after, and someone whose birth date is unknown."""

    def __init__(self) -> None:
        self.id = a_household()
        self.claire = self._member("Claire", "HOLDER", date(1986, 4, 14))
        self.mathieu = self._member("Mathieu", "SPOUSE", date(1984, 9, 2))
        self.ines = self._member("Inès", "CHILD", date(2008, 6, 16))
        self.unknown = self._member("Noé", "OTHER", None)

    def _member(self, name: str, link: str, birth_date: date | None) -> Person:
        person = {"first_name": name, "birth_date": birth_date}
        return a_member(household=self.id, person=person, link=link)[0]

    def reader(self, person: Person, *, on: date = TODAY) -> Reader:
        with acting(actor=ACTOR, role=Role.MEMBER, household=self.id):
            seen = contracts.household_of(household=self.id)
        return queries.reader_of(household=self.id, person=person.id, seen=seen, on=on, majority=18)

    def ask(self, query: Callable[..., Found], **arguments: Any) -> Found:
        reader = arguments.pop("reader", None) or self.reader(self.claire)
        with acting(actor=ACTOR, role=Role.MEMBER, household=self.id):
            return query(reader=reader, **arguments)

    def visible(self, person: Person, *, on: date = TODAY) -> frozenset[UUID]:
        return self.reader(person, on=on).visible()


@pytest.fixture
def house(db: None) -> House:
    return House()


def test_each_sees_their_own_care_and_parents_that_of_minors(house: House) -> None:
    assert house.visible(house.claire) == {house.claire.id, house.ines.id}
    assert house.visible(house.mathieu) == {house.mathieu.id, house.ines.id}
    assert house.visible(house.ines) == {house.ines.id}
    # An unknown birth date counts as of age; who is neither of the couple sees no other's.
    assert house.visible(house.unknown) == {house.unknown.id}
    jules = house._member("Jules", "CHILD", date(2012, 3, 2))
    assert house.visible(house.ines) == {house.ines.id}
    assert house.visible(jules) == {jules.id}
    assert house.visible(house.mathieu) == {house.mathieu.id, house.ines.id, jules.id}
    # On the birthday the child is an adult like another.
    assert house.visible(house.claire, on=date(2026, 6, 16)) == {house.claire.id, jules.id}


def test_a_transfer_tells_other_adults_care_as_amounts(house: House) -> None:
    transfer = a_transfer(household=house.id, payee="PROVIDER", payee_name="Clinique Exemple")
    a_line(person=house.mathieu, transfer=transfer, act="Psychiatre", provider="Clinique Exemple")
    a_line(person=house.claire, transfer=transfer, care_date=date(2026, 3, 5))

    (seen,) = house.ask(queries.transfers).transfers
    assert [line.person for line in seen.lines] == [house.claire.id]
    assert seen.private is not None
    assert seen.private.reimbursed == Money("20", "EUR")
    assert seen.count == 2
    # Her own line names its provider: who was paid for both would be named by it.
    assert (seen.payee, seen.payee_name) == (Payee.NOT_STATED, None)
    assert "Psychiatre" not in repr(seen)
    assert "Clinique" not in repr(seen)
    # He reads it himself.
    his = house.ask(queries.transfer_of, transfer=transfer.id, reader=house.reader(house.mathieu))
    assert his is not None
    assert his.lines[0].act.text == "Psychiatre"
    assert his.private is not None


def test_what_was_paid_to_a_member_names_the_account(house: House) -> None:
    transfer = a_transfer(household=house.id, iban_shown="FR76 •••• 4471")
    a_line(person=house.claire, transfer=transfer)
    a_line(person=house.mathieu, transfer=transfer)
    (seen,) = house.ask(queries.transfers).transfers
    assert seen.payee is Payee.MEMBER
    assert seen.iban_shown == "FR76 •••• 4471"


def test_transfers_come_newest_first_by_pages_that_neither_skip_nor_repeat(house: House) -> None:
    same_day = date(2026, 5, 4)
    ids = [a_transfer(household=house.id, settled_on=same_day).id for _ in range(5)]
    older = a_transfer(household=house.id, settled_on=same_day - timedelta(days=1)).id
    newer = a_transfer(household=house.id, settled_on=same_day + timedelta(days=1)).id

    seen: list[UUID] = []
    after: After | None = None
    for _page in range(4):
        page = house.ask(queries.transfers, at=after, size=2)
        seen += [transfer.id for transfer in page.transfers]
        after = page.older
    assert seen == [newer, *sorted(ids, reverse=True), older]
    assert after is None


def test_a_transfer_of_another_household_is_not_there(house: House) -> None:
    theirs = a_transfer(household=a_household())
    assert house.ask(queries.transfer_of, transfer=theirs.id) is None
    assert house.ask(queries.transfer_of, transfer=new_id()) is None
    stranger = a_person(household=theirs.household_id)
    outside = Reader(household=theirs.household_id, person=stranger.id)
    assert house.ask(queries.transfers, reader=outside).transfers == ()


def test_claims_not_settled_are_the_readers_and_minors_only(house: House) -> None:
    mine = a_line(person=house.claire, claim="MINE", care_date=date(2026, 6, 1))
    a_line(person=house.ines, claim="CHILD", care_date=date(2026, 6, 2))
    a_line(person=house.mathieu, claim="HIS", care_date=date(2026, 6, 3))
    page = house.ask(queries.claims_not_settled, size=1)
    assert [line.claim for line in page.lines] == ["CHILD"]
    assert page.older is not None
    rest = house.ask(queries.claims_not_settled, at=page.older)
    assert [line.claim for line in rest.lines] == ["MINE"]
    assert rest.older is None
    assert mine.transfer_id is None


def test_a_claim_that_other_lines_settled_no_longer_waits(house: House) -> None:
    paid = a_transfer(household=house.id)
    a_line(person=house.claire, claim="SETTLED", transfer=paid)
    a_line(person=house.claire, claim="SETTLED")
    a_line(person=house.claire, claim="SETTLED", source="ANOTHER")
    a_line(person=house.claire, claim="WAITING")

    waiting = house.ask(queries.claims_not_settled).lines
    assert sorted(line.claim for line in waiting) == ["SETTLED", "WAITING"]


def test_latest_transfers_count_the_rows_that_they_show(house: House) -> None:
    transfer = a_transfer(household=house.id)
    a_line(person=house.claire, transfer=transfer)
    a_line(person=house.mathieu, transfer=transfer)
    a_line(person=house.mathieu, transfer=transfer)
    a_transfer(household=house.id, settled_on=date(2026, 1, 1))
    brief = house.ask(queries.latest_transfers, size=2)
    assert [one.count for one in brief] == [2, 0]
    assert brief[0].total == Money("20", "EUR")
    assert len(house.ask(queries.latest_transfers, size=1)) == 1


def test_six_months_are_this_one_and_the_five_before_by_settlement(house: House) -> None:  # W26
    for day, total in (
        (date(2025, 12, 31), "1"),
        (date(2026, 1, 1), "10"),
        (date(2026, 6, 1), "20"),
        (date(2026, 6, 30), "30"),
        (date(2026, 7, 1), "500"),
    ):
        a_transfer(household=house.id, settled_on=day, total=Decimal(total))
    a_transfer(household=house.id, settled_on=TODAY, total=Decimal(7), currency="USD")

    euros, dollars = house.ask(queries.reimbursed_by_month, today=TODAY)
    assert [first for first, _amount in euros.months] == [date(2026, m, 1) for m in range(1, 7)]
    assert [amount.amount for _first, amount in euros.months] == [10, 0, 0, 0, 0, 50]
    assert euros.total == Money("60", "EUR")
    # A currency is never summed with another.
    assert dollars.total == Money("7", "USD")


def test_costs_by_category_put_other_adults_care_under_one_heading(house: House) -> None:  # W27
    transfer = a_transfer(household=house.id, settled_on=TODAY)
    a_line(person=house.claire, transfer=transfer, category="DENTAL")
    a_line(person=house.ines, transfer=transfer, category="DENTAL")
    a_line(person=house.mathieu, transfer=transfer, category="SPECIALIST", reimbursed=Decimal(25))
    a_line(person=house.mathieu, transfer=transfer, category="MATERNITY", reimbursed=Decimal(25))
    (costs,) = house.ask(queries.costs, today=TODAY)
    assert [(one.category, one.reimbursed.amount) for one in costs.categories] == [
        (None, 50),
        (Category.DENTAL, 40),
    ]
    assert costs.reimbursed == Money("90", "EUR")
    # Two of Claire's and Inès's 30.00, two of Mathieu's 30.00.
    assert costs.spent is None  # 40.00 left and 90.00 reimbursed are more than 120.00


def test_costs_say_what_nobody_is_said_to_have_borne(house: House) -> None:
    transfer = a_transfer(household=house.id, settled_on=TODAY)
    a_line(
        person=house.claire,
        transfer=transfer,
        spent=Decimal(2600),
        spent_currency="MXN",
        converted=Decimal(125),
        primary_share=Decimal("17.50"),
        reimbursed=Decimal("92.50"),
        left_to_pay=None,
    )
    (costs,) = house.ask(queries.costs, today=TODAY)
    assert costs.spent == Money("125", "EUR")
    assert costs.primary == Money("17.50", "EUR")
    assert costs.unstated == Money("15", "EUR")


def test_an_amount_not_stated_stays_so(house: House) -> None:
    transfer = a_transfer(household=house.id)
    a_line(
        person=house.claire,
        transfer=transfer,
        spent=None,
        spent_currency=None,
        reimbursed=None,
        left_to_pay=None,
    )
    (seen,) = house.ask(queries.transfers).transfers
    line = seen.lines[0]
    assert (line.spent, line.cost, line.primary, line.reimbursed, line.left) == (None,) * 5


def test_a_spent_amount_in_another_currency_is_not_a_cost(house: House) -> None:
    transfer = a_transfer(household=house.id)
    a_line(person=house.claire, transfer=transfer, spent=Decimal(900), spent_currency="MXN")
    (seen,) = house.ask(queries.transfers).transfers
    assert seen.lines[0].spent == Money("900", "MXN")
    assert seen.lines[0].cost is None


def test_the_household_is_asked_for_by_name_too(house: House) -> None:
    """As the owner, whom row security does not stop: the filter is a barrier of its own."""
    theirs = a_member(household=a_household())[0]
    transfer = a_transfer(household=theirs.household_id, settled_on=TODAY)
    a_line(person=theirs, transfer=transfer)
    a_line(person=theirs)
    reader = Reader(household=house.id, person=house.claire.id, others={theirs.id: Relation.CHILD})
    with acting_as(Role.OWNER):
        assert queries.transfers(reader=reader).transfers == ()
        assert queries.transfer_of(reader=reader, transfer=transfer.id) is None
        assert queries.claims_not_settled(reader=reader).lines == ()
        assert queries.latest_transfers(reader=reader, size=3) == ()
        assert queries.reimbursed_by_month(reader=reader, today=TODAY) == ()
        assert queries.costs(reader=reader, today=TODAY) == ()
