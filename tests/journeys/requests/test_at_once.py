"""Two who act on one request at the same moment, each with a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from havre.commons.cases import actions as cases
from havre.commons.cases import queries
from havre.commons.cases.actions import ChangedMeanwhile, TooLateToUndo
from havre.commons.cases.queries import CaseSeen
from havre.commons.cases.words import (
    Asked,
    AskReason,
    AskState,
    CaseStatus,
    DecisionState,
    Outcome,
    Ruling,
)
from havre.commons.notifications.models import OutgoingMail
from havre.foundation.db import Role
from havre.foundation.refusals import Refusal
from havre.journeys.requests import deciding
from tests.database import acting_as
from tests.journeys.requests.asking import (
    LATER,
    NADIA,
    NOW,
    OMAR,
    Asker,
    a_request,
    an_asker,
    applied,
    as_desk,
    as_member,
    decided,
    read,
    staff,
)

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3
SOON = NOW + timedelta(seconds=9)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each gave, or how it was refused."""
    barrier = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=20)
            return act()
        except Refusal as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


def asked_and_waiting() -> tuple[Asker, CaseSeen, UUID]:
    """A request of which something is asked."""
    asker = an_asker()
    case = a_request(asker, "other", {"subject": "A", "words": "B"})
    with as_desk(asker.household):
        request, known = read(asker, case.id)
        asked = [Asked(piece="other", reason=AskReason.MISSING, words="Which month?")]
        how = {"by": staff(), "version": case.version, "now": NOW}
        case = deciding.ask(request=request, facts=known, asked=asked, **how)
        (waiting,) = queries.asks_of(household=asker.household, case=case.id)
    return asker, case, waiting.id


def gives(asker: Asker, case: CaseSeen, by: UUID, outcome: Outcome) -> Callable[[], object]:
    """A decision as of what was read before anybody acted."""

    def give() -> object:
        with as_desk(asker.household, staff=by):
            request, known = read(asker, case.id)
            ruling = Ruling(outcome=outcome, by=staff(by, str(by)), words="Said.", details={})
            shown = deciding.mark_of(request, known, {})
            how = {"shown": shown, "version": case.version, "now": NOW}
            return deciding.decide(request=request, facts=known, ruling=ruling, **how).by

    return give


def answers(asker: Asker, case: CaseSeen, ask: UUID) -> Callable[[], object]:
    def answer() -> object:
        with acting_as(Role.WEB), as_member(asker):
            said = {ask: (AskState.ANSWERED, "In May")}
            how = {"by": asker.by, "now": NOW + timedelta(seconds=1)}
            return cases.answer(household=asker.household, case=case.id, answers=said, **how).status

    return answer


def standing(asker: Asker, case: CaseSeen) -> tuple[CaseStatus, list[tuple[str, DecisionState]]]:
    with as_desk(asker.household):
        found = queries.case_of(household=asker.household, case=case.id)
        given = queries.decisions_of(household=asker.household, case=case.id)
    assert found
    return found.status, [(one.by, one.state) for one in given]


def mails() -> int:
    with acting_as(Role.WORKER):
        return OutgoingMail.objects.filter(kind="requests.decided").count()


def test_of_two_agents_one_decides_and_the_other_is_refused() -> None:
    for _ in range(ROUNDS):
        asker = an_asker()
        case = a_request(asker, "other", {"subject": "A", "words": "B"})
        told = at_once(
            gives(asker, case, NADIA, Outcome.VALIDATED),
            gives(asker, case, OMAR, Outcome.REJECTED),
        )
        assert ChangedMeanwhile in told
        (winner,) = (one for one in told if one is not ChangedMeanwhile)
        assert standing(asker, case)[1] == [(str(winner), DecisionState.PENDING)]


def test_an_answer_given_as_one_decides_is_never_decided_over() -> None:
    for _ in range(ROUNDS):
        asker, case, ask = asked_and_waiting()
        before = mails()
        gave, answered = at_once(
            gives(asker, case, NADIA, Outcome.REJECTED), answers(asker, case, ask)
        )
        assert answered is CaseStatus.IN_PROGRESS
        status, given = standing(asker, case)
        if gave is ChangedMeanwhile:
            assert given == []
            continue
        with as_desk(asker.household):
            decision = queries.decisions_of(household=asker.household, case=case.id)[0].id
        assert applied(asker, decision) is None
        status, given = standing(asker, case)
        assert (status, given) == (CaseStatus.IN_PROGRESS, [(str(NADIA), DecisionState.FAILED)])
        assert mails() == before
        with as_desk(asker.household):
            (kept,) = queries.asks_of(household=asker.household, case=case.id)
        assert (kept.state, kept.answer) == (AskState.ANSWERED, "In May")


def test_an_answer_that_comes_before_the_effect_brings_the_request_back() -> None:
    asker, case, ask = asked_and_waiting()
    gives(asker, case, NADIA, Outcome.VALIDATED)()
    answers(asker, case, ask)()
    with as_desk(asker.household):
        (given,) = queries.decisions_of(household=asker.household, case=case.id)
    assert applied(asker, given.id) is None
    assert standing(asker, case)[1] == [(str(NADIA), DecisionState.FAILED)]


def test_a_decision_that_is_undone_as_the_worker_applies_it_is_one_or_the_other() -> None:
    for _ in range(ROUNDS):
        asker = an_asker()
        case = a_request(asker, "other", {"subject": "A", "words": "B"})
        decision = decided(asker, case, Outcome.VALIDATED, words="Here it is.")
        before = mails()

        def undo(asker: Asker = asker, decision: UUID = decision) -> object:
            with as_desk(asker.household):
                how = {"by": staff(), "now": SOON}
                return cases.undo(household=asker.household, decision=decision, **how).status

        def apply(asker: Asker = asker, decision: UUID = decision) -> object:
            done = applied(asker, decision, now=LATER)
            return done.status if done else None

        undone, effect = at_once(undo, apply)
        status, [(_by, state)] = standing(asker, case)
        if undone is TooLateToUndo:
            assert (effect, status, state) == (
                CaseStatus.VALIDATED,
                CaseStatus.VALIDATED,
                DecisionState.DONE,
            )
            assert mails() == before + 1
        else:
            assert (effect, status, state) == (None, CaseStatus.IN_PROGRESS, DecisionState.UNDONE)
            assert mails() == before
