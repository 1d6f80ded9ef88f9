"""Requests that members filed, as the desk finds them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from havre.commons.cases import queries as cases
from havre.commons.cases.actions import answer
from havre.commons.cases.queries import CaseSeen, DecisionSeen
from havre.commons.cases.words import AskState
from havre.commons.worklist import queries as worklist
from havre.commons.worklist.queries import ItemSeen
from havre.commons.worklist.words import Source
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.requests import deciding
from tests.database import acting_as
from tests.journeys.requests.asking import Asker, a_request, an_asker, as_member

WORDS = {"subject": "A question", "words": "What does my contract say of spectacles?"}
_LOOKS = Actor(name="tests", channel=Channel.COMMAND, purpose="look")


def filed(asker: Asker | None = None, **changes: Any) -> CaseSeen:
    """A request of anything, filed today by a member of their own."""
    with acting_as(Role.WEB):
        return a_request(asker or an_asker(**changes), "other", WORDS)


def answered(asker: Asker, case: UUID, words: str = "Here it is") -> None:
    """The member answers what was asked."""
    with acting_as(Role.WEB), as_member(asker):
        asks = cases.asks_of(household=asker.household, case=case)
        answer(
            household=asker.household,
            case=case,
            answers={one.id: (AskState.ANSWERED, words) for one in asks},
            by=asker.by,
            now=datetime.now(UTC),
        )


def item_of(case: CaseSeen) -> ItemSeen | None:
    """What waits for it."""
    with acting_as(Role.DESK_WEB), acting(actor=_LOOKS, role=Role.DESK):
        return worklist.item_of(source=Source.CASE, source_id=case.id)


def as_it_stands(case: CaseSeen) -> CaseSeen:
    with acting_as(Role.DESK_WEB), acting(actor=_LOOKS, role=Role.DESK):
        found = cases.found_case(case=case.id)
    assert found
    return found


def decided(case: CaseSeen, *, after: int = 11) -> bool:
    """What the worker does once the time to undo is over; whether a decision took effect."""
    with acting_as(Role.WORKER), acting(actor=_LOOKS, household=case.household):
        given = cases.decisions_of(household=case.household, case=case.id)[0]
    with acting_as(Role.WORKER):
        done = deciding.apply(
            household=case.household,
            decision=given.id,
            now=datetime.now(UTC) + timedelta(seconds=after),
        )
    return done is not None


def asker_of(case: CaseSeen) -> Asker:
    """Who filed it."""
    return Asker(case.household, case.membership, case.person, contract=case.id)


def decisions(case: CaseSeen) -> list[DecisionSeen]:
    """Those that were given, the newest first, as the worker finds them."""
    with acting_as(Role.WORKER), acting(actor=_LOOKS, household=case.household):
        return cases.decisions_of(household=case.household, case=case.id)
