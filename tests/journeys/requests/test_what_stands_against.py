"""What keeps a decision from its effect: a request taken back meanwhile, a question left empty."""

from datetime import date

import pytest

from havre.commons.cases.words import CaseStatus, Outcome
from havre.foundation.db import Role
from havre.journeys.requests import following
from havre.journeys.requests.deciding import CannotValidate
from tests.database import acting_as
from tests.journeys.requests.asking import (
    NOW,
    a_request,
    an_asker,
    applied,
    as_member,
    decided,
    facts,
    seen_by_member,
)

pytestmark = pytest.mark.django_db
WORDS = {"subject": "A question", "words": "Some words"}


@pytest.mark.parametrize("outcome", [Outcome.VALIDATED, Outcome.REJECTED])
def test_what_is_taken_back_before_a_decision_takes_effect_stays_taken_back(
    outcome: Outcome,
) -> None:
    asker = an_asker()
    case = a_request(asker, "other", WORDS)
    decision = decided(asker, case, outcome, reason="not-ours")
    with as_member(asker):
        following.withdraw(case=case, facts=facts(asker), by=asker.by, now=NOW)
    assert applied(asker, decision) is None
    assert seen_by_member(asker, case.id).status is CaseStatus.WITHDRAWN


def test_what_an_agent_left_empty_is_said_and_nothing_is_decided() -> None:
    asker = an_asker()
    answers = {"contract": str(asker.contract), "reason": "year"}
    with acting_as(Role.WEB):
        case = a_request(asker, "termination", answers)
    with pytest.raises(CannotValidate, match="1 things stand"):
        decided(asker, case, Outcome.VALIDATED, details={})
    last = date(2026, 7, 15).isoformat()
    assert applied(asker, decided(asker, case, Outcome.VALIDATED, details={"last_day": last}))
