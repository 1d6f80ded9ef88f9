"""A decision whose effect breaks: tried again, then somebody's again; the member never hears of it."""

from datetime import timedelta
from typing import Any

import pytest

from havre.commons.cases import actions as cases
from havre.commons.cases import queries
from havre.commons.cases.words import CaseStatus, DecisionState, Outcome
from havre.commons.notifications.models import OutgoingMail
from havre.commons.worklist import queries as worklist
from havre.commons.worklist.words import Source, Stage
from havre.foundation.db import Role
from havre.journeys.requests import deciding, tasks
from havre.journeys.requests.kinds.other import Other
from tests.database import acting_as
from tests.journeys.requests.asking import (
    LATER,
    Asker,
    a_request,
    an_asker,
    applied,
    as_desk,
    decided,
    staff,
)

pytestmark = pytest.mark.django_db
MUCH_LATER = LATER + deciding.TRIED_FOR


class Fault(Exception):
    """Of ours, and nobody foresaw it."""


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An effect that breaks when half of it is done."""

    def half(_kind: Other, request: Any, *_args: Any, now: Any, **_more: Any) -> None:
        case = request.case
        words = {"words": "half an effect", "by": staff(), "now": now}
        cases.add_note(household=case.household, case=case.id, **words)
        raise Fault

    monkeypatch.setattr(Other, "apply", half)
    return monkeypatch


def standing(asker: Asker, case: Any) -> tuple[CaseStatus, DecisionState, str, Stage | None, int]:
    with as_desk(asker.household):
        of = {"household": asker.household, "case": case.id}
        found, given = queries.case_of(**of), queries.decisions_of(**of)[0]
        item = worklist.item_of(source=Source.CASE, source_id=case.id)
        notes = len(queries.notes_of(**of))
    assert found
    return found.status, given.state, given.failure, item.stage if item else None, notes


def mails() -> int:
    with acting_as(Role.WORKER):
        return OutgoingMail.objects.exclude(kind="requests.filed").count()


def test_it_is_tried_again_and_where_it_still_breaks_the_request_is_back(
    broken: pytest.MonkeyPatch,
) -> None:
    asker = an_asker()
    case = a_request(asker, "other", {"subject": "A", "words": "B"})
    given = decided(asker, case, Outcome.VALIDATED, words="Here it is.")
    told = mails()
    with pytest.raises(Fault):  # its job is tried again
        applied(asker, given)
    pending = (CaseStatus.IN_PROGRESS, DecisionState.PENDING, "", Stage.TO_READ, 0)
    assert standing(asker, case) == pending
    assert applied(asker, given, now=MUCH_LATER) is None
    failed = (CaseStatus.IN_PROGRESS, DecisionState.FAILED, "Broken", Stage.CONFLICT, 0)
    assert standing(asker, case) == failed
    assert applied(asker, given, now=MUCH_LATER) is None
    assert standing(asker, case) == failed
    assert mails() == told
    broken.undo()
    again = decided(asker, case, Outcome.VALIDATED, words="Here it is.", now=MUCH_LATER)
    assert applied(asker, again, now=MUCH_LATER + timedelta(seconds=11))
    assert standing(asker, case)[:2] == (CaseStatus.VALIDATED, DecisionState.DONE)
    assert mails() == told + 1


@pytest.mark.usefixtures("broken")
def test_one_that_breaks_does_not_hold_up_those_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asker, other = an_asker(), an_asker()
    words = {"subject": "A", "words": "B"}
    case, behind = a_request(asker, "other", words), a_request(other, "other", words)
    decided(asker, case, Outcome.VALIDATED)
    decided(other, behind, Outcome.REJECTED, reason="not-ours", words="No.")

    class Clock:
        now = staticmethod(lambda _zone: LATER + timedelta(minutes=1))

    monkeypatch.setattr(tasks, "datetime", Clock)
    with acting_as(Role.WORKER):
        tasks.apply_late(0)
    assert standing(asker, case)[1] is DecisionState.PENDING
    assert standing(other, behind)[:2] == (CaseStatus.REJECTED, DecisionState.DONE)
