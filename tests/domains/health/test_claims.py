"""A claim worked out from the contract and what was used, and accepted once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError

from havre.commons.audit.actions import open_health
from havre.commons.audit.words import OpeningPurpose
from havre.domains.contracts.queries import ContractSeen, contract_of
from havre.domains.health import actions, queries
from havre.domains.health.actions import AcceptedLine, AlreadyAccepted, ConsumptionChanged
from havre.domains.health.queries import Basis, Claimed, Proposed, ToPropose
from havre.domains.health.words import Category, Said
from havre.domains.people.models import Person
from havre.domains.products.queries import FormulaSeen, formulas_with_guarantees
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.money import Money
from tests.builders import (
    a_contract,
    a_counted_formula,
    a_cover,
    a_line,
    a_member,
    a_transfer,
)
from tests.database import acting_as
from tests.journeys.loading.tables import query

pytestmark = pytest.mark.django_db
STAFF = uuid4()
AGENT = Actor(name=str(STAFF), channel=Channel.DESK, purpose="decide a claim")
CASE = uuid4()
DENTAL = {
    "code": "DENTAL",
    "category": "DENTAL",
    "percent": 80,
    "ceilings": [{"per": "YEAR", "amount": "300", "count": None, "unit": "ACT"}],
    "waiting_months": 3,
}


class World:
    """A person covered since 2024 by a formula that pays 80 % of dental care, 300 a year."""

    def __init__(self) -> None:
        self.person: Person = a_member()[0]
        self.household = self.person.household_id
        self.formula = a_counted_formula(DENTAL)
        self.contract = a_contract(household=self.household, formula_id=self.formula.id)
        a_cover(contract=self.contract, person=self.person)

    def basis(self) -> Basis:
        with acting_as(Role.DESK_HEALTH), acting(actor=AGENT, household=self.household):
            return queries.basis_of(
                household=self.household,
                person=self.person.id,
                contract=self.contract.id,
                currency="EUR",
            )

    def proposed(self, *amounts: str, on: date = date(2026, 3, 4)) -> tuple[Proposed, ...]:
        seen, formula = self.seen()
        lines = [
            ToPropose(
                category=Category.DENTAL, claimed=Claimed(care_date=on, spent=Money(one, "EUR"))
            )
            for one in amounts
        ]
        return queries.propose_claim(
            self.basis(), contract=seen, formula_on=lambda _day: formula, lines=lines
        )

    def seen(self) -> tuple[ContractSeen, FormulaSeen]:
        with acting(actor=AGENT, role=Role.MEMBER, household=self.household):
            contract = contract_of(household=self.household, contract=self.contract.id)
            formulas = formulas_with_guarantees(ids=[self.formula.id])
        assert contract is not None
        return contract, formulas[self.formula.id]

    def accept(
        self, lines: tuple[Proposed, ...], *, mark: str, case: UUID = CASE, by: Actor = AGENT
    ) -> int:
        with acting_as(Role.DESK_HEALTH), acting(actor=by, household=self.household):
            return actions.accept_claim(
                household=self.household,
                case=case,
                claim="D-2026-1",
                person=self.person.id,
                contract=self.contract.id,
                currency="EUR",
                lines=[AcceptedLine(proposed=one, act=Said("Soin", "Care")) for one in lines],
                mark=mark,
            )


@pytest.fixture
def world() -> World:
    made = World()
    with acting_as(Role.DESK), acting(actor=AGENT, household=made.household):
        open_health(
            household=made.household,
            staff=STAFF,
            name="Nadia",
            purpose=OpeningPurpose.REQUEST,
            case=CASE,
            now=(now := datetime.now(UTC)),
            until=now + timedelta(hours=1),
        )
    return made


def reimbursed(lines: tuple[Proposed, ...]) -> list[Decimal]:
    return [one.proposal.owed.reimbursed.amount for one in lines]


def test_each_line_counts_for_the_next(world: World) -> None:
    assert reimbursed(world.proposed("100", "200", "200")) == [80, 160, 60]


def test_what_was_paid_and_what_is_accepted_count(world: World) -> None:
    paid = a_transfer(household=world.household)
    a_line(person=world.person, transfer=paid, contract_id=world.contract.id)
    assert reimbursed(world.proposed("500")) == [280]
    world.accept(world.proposed("100"), mark=world.basis().mark)
    assert reimbursed(world.proposed("500")) == [200]
    assert reimbursed(world.proposed("500", on=date(2025, 3, 4))) == [300]


def test_the_insurers_figure_goes_first(world: World) -> None:
    paid = a_transfer(household=world.household)
    a_line(
        person=world.person, transfer=paid, contract_id=world.contract.id, ceiling_left=Decimal(120)
    )
    assert reimbursed(world.proposed("500")) == [120]


def test_care_before_the_cover_or_while_it_waits_is_not_owed(world: World) -> None:
    assert reimbursed(world.proposed("100", on=date(2023, 12, 31))) == [0]
    assert reimbursed(world.proposed("100", on=date(2024, 3, 31))) == [0]
    assert reimbursed(world.proposed("100", on=date(2024, 4, 1))) == [80]


def test_a_category_that_no_guarantee_names_is_not_owed(world: World) -> None:
    contract, formula = world.seen()
    (one,) = queries.propose_claim(
        world.basis(),
        contract=contract,
        formula_on=lambda _day: formula,
        lines=[
            replace(world.proposed("100")[0].asked, category=Category.OPTICAL),
        ],
    )
    assert (one.guarantee, one.proposal.owed.reimbursed.amount) == (None, 0)


def test_an_accepted_claim_waits_for_its_transfer_with_all_its_figures(world: World) -> None:
    assert world.accept(world.proposed("100", "400"), mark=world.basis().mark) == 2
    assert query(
        "SELECT external_id, transfer_id, settled_on, converted, reimbursed, left_to_pay, guarantee,"
        " reason_en LIKE 'Your cover reimburses a part%%' FROM health.line ORDER BY id"
    ) == [
        (f"{CASE}-1", None, None, Decimal(100), Decimal(80), Decimal(20), "DENTAL", True),
        (f"{CASE}-2", None, None, Decimal(400), Decimal(220), Decimal(180), "DENTAL", True),
    ]


def test_a_case_is_accepted_once(world: World) -> None:
    lines = world.proposed("100")
    world.accept(lines, mark=world.basis().mark)
    with pytest.raises(AlreadyAccepted):
        world.accept(lines, mark=world.basis().mark)


def test_what_moved_since_the_agent_looked_is_shown_and_not_passed_over(world: World) -> None:
    mark, lines = world.basis().mark, world.proposed("100")
    world.accept(world.proposed("50"), mark=mark, case=uuid4())
    with pytest.raises(ConsumptionChanged):
        world.accept(lines, mark=mark)


def test_nothing_is_accepted_in_a_household_that_is_not_open(world: World) -> None:
    lines, mark = world.proposed("100"), world.basis().mark
    stranger = Actor(name=str(uuid4()), channel=Channel.DESK, purpose="decide")
    with pytest.raises(DatabaseError):
        world.accept(lines, mark=mark, by=stranger)
