"""A member, a draft, and staff at the desk: what tests of requests begin with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from havre.commons.audit import actions as audit
from havre.commons.audit.words import OpeningPurpose
from havre.commons.cases import queries as cases
from havre.commons.cases.actions import Filed
from havre.commons.cases.queries import CaseSeen, DraftSeen
from havre.commons.cases.words import Answers, By, Outcome, Ruling, Side
from havre.commons.documents.words import Compartment
from havre.domains.contracts.models import Contract
from havre.domains.people.models import Membership
from havre.domains.people.words import FamilyLink
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id
from havre.journeys.requests import deciding, drafting, filing
from havre.journeys.requests.facts import Facts, facts_of
from havre.journeys.requests.registry import kind_of
from havre.journeys.requests.words import Request
from tests.builders import a_contract, a_cover, a_formula, a_household, a_membership, a_person
from tests.database import acting_as

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)  # a Monday
LATER = NOW + timedelta(seconds=11)
NADIA, OMAR = UUID(int=0xA), UUID(int=0xB)


@dataclass(frozen=True)
class Asker:
    """A member with a contract in force."""

    household: UUID
    membership: UUID
    person: UUID
    contract: UUID
    other: UUID | None = None

    @property
    def by(self) -> By:
        return By(id=str(self.membership), side=Side.MEMBER)


def an_asker(**changes: Any) -> Asker:
    """A holder with an address, a formula and a contract that covers them."""
    person = a_person(household=a_household())
    fields = {"adherent_number": f"HV {str(person.id)[-9:]}", "email": f"{person.id}@example.org"}
    membership: Membership = a_membership(person=person, **(fields | changes))
    formula = a_formula(code=f"F-{person.id}")
    contract = a_contract(household=person.household_id, formula_id=formula.id)
    a_cover(contract=contract, person=person)
    return Asker(person.household_id, membership.id, person.id, contract.id)


def a_family(*, link: FamilyLink = FamilyLink.SPOUSE, **changes: Any) -> Asker:
    """A holder, and ``other`` beside them, both covered."""
    asker = an_asker(**changes)
    other = a_person(household=asker.household, first_name="Hugo", birth_date=date(1971, 3, 4))
    a_membership(person=other, link=link)
    with acting_as(Role.OWNER):
        contract = Contract.objects.get(id=asker.contract)
    a_cover(contract=contract, person=other)
    return replace(asker, other=other.id)


@contextmanager
def as_member(asker: Asker) -> Iterator[None]:
    actor = Actor(name=str(asker.membership), channel=Channel.ONLINE, purpose="test")
    with acting(actor=actor, role=Role.MEMBER, household=asker.household):
        yield


@contextmanager
def as_desk(
    household: UUID,
    *,
    staff: UUID = NADIA,
    compartment: Compartment = Compartment.GENERAL,
    now: datetime = NOW,
) -> Iterator[None]:
    """Someone of the desk with this household's file, its health opened where the request needs it."""
    actor = Actor(name=str(staff), channel=Channel.DESK, purpose="test")
    with acting_as(Role.DESK_WEB), acting(actor=actor, role=Role.DESK, household=household):
        if compartment is not Compartment.GENERAL:
            # The journal's clock is the database's.
            moment = datetime.now(UTC)
            audit.open_health(
                household=household,
                staff=staff,
                name="Nadia",
                purpose=OpeningPurpose.REQUEST,
                case=new_id(),
                now=moment,
                until=moment + timedelta(hours=1),
            )
        role = deciding.role_for(compartment)
        with acting(actor=actor, role=role, household=household):
            yield


def staff(person: UUID = NADIA, name: str = "Nadia") -> By:
    return By(id=str(person), side=Side.STAFF, name=name)


def facts(asker: Asker) -> Facts:
    found = facts_of(household=asker.household, membership=asker.membership, today=NOW.date())
    assert found
    return found


def a_draft(asker: Asker, kind: str, answers: Answers, *, now: datetime = NOW) -> DraftSeen:
    """A draft with these answers beside those that the kind begins with."""
    with as_member(asker):
        draft = drafting.begin(
            kind=kind_of(kind),
            facts=facts(asker),
            by=str(asker.membership),
            channel=Channel.ONLINE,
            now=now,
            given=answers,
        )
        found = cases.draft_of(household=asker.household, draft=draft)
    assert found
    return found


def sent(asker: Asker, draft: DraftSeen, *, now: datetime = NOW) -> Filed:
    with as_member(asker):
        return filing.file(
            kind=kind_of(draft.kind),
            draft=draft,
            facts=facts(asker),
            papers=(),
            channel=Channel.ONLINE,
            by=asker.by,
            now=now,
        )


def a_request(asker: Asker, kind: str, answers: Answers) -> CaseSeen:
    return sent(asker, a_draft(asker, kind, answers)).case


def seen_by_member(asker: Asker, case: UUID) -> CaseSeen:
    with as_member(asker):
        found = cases.case_of(household=asker.household, case=case)
    assert found
    return found


def read(asker: Asker, case: UUID) -> tuple[Request, Facts]:
    """Inside ``as_desk``: the request as an agent has it before them."""
    request = deciding.request_of(household=asker.household, case=case)
    assert request
    return request, facts(asker)


def decided(
    asker: Asker,
    case: CaseSeen,
    outcome: Outcome,
    *,
    details: Answers | None = None,
    words: str = "",
    reason: str = "",
    by: UUID = NADIA,
    now: datetime = NOW,
) -> UUID:
    """Give a decision as the desk does, with what its page proposes; its id. See ``applied``."""
    with as_desk(asker.household, staff=by, compartment=case.compartment):
        request, known = read(asker, case.id)
        begun = kind_of(case.kind).begin_decision(request, known)
        given = begun if details is None else details
        shown = deciding.mark_of(request, known, given)
        decision = deciding.decide(
            request=request,
            facts=known,
            ruling=Ruling(outcome=outcome, by=staff(by), words=words, reason=reason, details=given),
            shown=shown,
            version=request.case.version,
            now=now,
        )
    return decision.id


def applied(asker: Asker, decision: UUID, *, now: datetime = LATER) -> CaseSeen | None:
    """What the worker's job does."""
    with acting_as(Role.WORKER):
        return deciding.apply(household=asker.household, decision=decision, now=now)
