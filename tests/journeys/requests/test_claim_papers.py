"""Papers of a claim: who of the house sees them."""

from uuid import UUID

import pytest

from havre.commons.documents import queries as documents
from havre.commons.documents.actions import Sender, receive_whole
from havre.commons.documents.words import Compartment
from havre.foundation.db import Actor, Channel, Role
from havre.journeys.requests.registry import kind_of
from tests.journeys.requests.asking import NOW, Asker, a_request, as_desk, as_member, facts
from tests.journeys.requests.claiming import a_claim, a_claimant, a_line_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("folder")]


def sent_with(asker: Asker, case: UUID) -> None:
    """Every paper of the checklist of a stay in hospital, each in its own compartment."""
    actor = Actor(name="tests", channel=Channel.ONLINE, purpose="test")
    with as_member(asker):
        papers = kind_of("health-claim").papers(facts(asker), stay(asker))
    for paper in papers:
        receive_whole(
            sender=Sender(asker.membership, actor, Role.MEMBER, asker.household),
            subject=case,
            piece=paper.code,
            compartment=paper.compartment,
            file_name=f"{paper.code}.txt",
            content=[paper.code.encode()],
            now=NOW,
        )


def stay(asker: Asker) -> dict[str, object]:
    return a_claim(asker, a_line_of(category="HOSPITAL"), country="US")


def seen(asker: Asker, case: UUID, compartment: Compartment) -> set[str]:
    with as_desk(asker.household, compartment=compartment):
        return {one.piece for one in documents.uploads_of(household=asker.household, subject=case)}


def test_what_is_for_the_medical_adviser_is_read_by_nobody_else_of_the_house() -> None:
    asker = a_claimant()
    case = a_request(asker, "health-claim", stay(asker))
    sent_with(asker, case.id)
    agents = {"invoice", "payment", "itemised-codes"}
    assert seen(asker, case.id, Compartment.GENERAL) == set()
    assert seen(asker, case.id, Compartment.HEALTH) == agents
    assert seen(asker, case.id, Compartment.MEDICAL) == agents | {"medical-report"}
