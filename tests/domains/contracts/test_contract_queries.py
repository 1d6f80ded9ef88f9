"""Contracts as a household reads them, under the member's role."""

from datetime import date
from uuid import UUID

import pytest

from havre.domains.contracts import queries
from havre.domains.contracts.words import Standing
from havre.foundation.dates import Period
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id
from tests.builders import a_contract, a_cover, a_household, a_member, an_option
from tests.database import acting_as

pytestmark = pytest.mark.django_db
ACTOR = Actor(name="tests", channel=Channel.ONLINE, purpose="read")
TODAY = date(2026, 6, 15)


def contracts_of(household: UUID) -> list[queries.ContractSeen]:
    with acting(actor=ACTOR, role=Role.MEMBER, household=household):
        return queries.contracts_of(household=household)


def test_options_and_covers_come_with_their_contract() -> None:
    household = a_household()
    person, _membership = a_member(household=household)
    contract = a_contract(household=household, last_day=date(2026, 12, 31))
    an_option(contract=contract, name_fr="Assistance", name_en="Help")
    a_cover(contract=contract, person=person, first_day=date(2024, 3, 1))
    a_contract(household=household, number="2026-9", first_day=date(2026, 7, 1))

    newer, older = contracts_of(household)
    assert newer.number == "2026-9"
    assert newer.standing(on=TODAY) is Standing.TO_COME
    assert older.standing(on=TODAY) is Standing.IN_FORCE
    assert older.people() == (person.id,)
    # The cover has no end of its own: it ends with its contract.
    assert older.cover_of(person.id, on=TODAY) == Period(date(2024, 3, 1), date(2026, 12, 31))
    assert older.options[0].name.said_in("en") == "Help"
    assert older.options[0].period == Period(date(2024, 2, 1), None)


def test_another_households_contract_is_not_there() -> None:
    household = a_household()
    theirs = a_contract(household=a_household())
    with acting(actor=ACTOR, role=Role.MEMBER, household=household):
        assert queries.contract_of(household=household, contract=theirs.id) is None
        assert queries.contract_of(household=household, contract=new_id()) is None
        # Even asked under their own household's id, the guard lets nothing through.
        assert queries.contracts_of(household=theirs.household_id) == []


def test_whose_cover_ends_soon_with_nothing_after() -> None:
    household = a_household()
    one, _one = a_member(household=household, person={"external_id": "1"})
    two, _two = a_member(household=household, person={"external_id": "2"}, link="SPOUSE")
    ending = a_contract(household=household, last_day=date(2026, 7, 31))
    a_cover(contract=ending, person=one)
    a_cover(contract=ending, person=two)
    following = a_contract(household=household, number="N", first_day=date(2026, 8, 1))
    a_cover(contract=following, person=two)

    contracts = contracts_of(household)
    until = date(2026, 8, 14)
    assert queries.covers_ending(contracts, on=TODAY, until=until) == {date(2026, 7, 31): (one.id,)}
    assert queries.covers_ending(contracts, on=TODAY, until=date(2026, 7, 30)) == {}
    assert queries.standing_of(two.id, contracts, on=date(2026, 8, 1)) == Period(
        date(2026, 8, 1), None
    )


def test_the_household_is_asked_for_by_name_too() -> None:
    """As the owner, whom row security does not stop: the filter is a barrier of its own."""
    household, theirs = a_household(), a_contract(household=a_household())
    with acting_as(Role.OWNER):
        assert queries.contracts_of(household=household) == []
        assert queries.contract_of(household=household, contract=theirs.id) is None
