"""A request from its draft to its answer, whatever its kind: filed once, decided once, undone in time."""

from datetime import timedelta
from uuid import UUID

import pytest

from havre.commons.cases import actions as cases
from havre.commons.cases import queries
from havre.commons.cases.actions import (
    ChangedMeanwhile,
    DraftGone,
    FiledOtherwise,
    SavedElsewhere,
    TooLateToUndo,
)
from havre.commons.cases.words import (
    Asked,
    AskReason,
    AskState,
    CaseStatus,
    EventKind,
    Outcome,
    Ruling,
)
from havre.commons.notifications.models import OutgoingMail
from havre.commons.worklist import queries as worklist
from havre.commons.worklist.words import Source, Stage
from havre.foundation.db import Channel, Role
from havre.journeys.requests import deciding, drafting, filing, following
from havre.journeys.requests.filing import NotComplete
from havre.journeys.requests.registry import kind_of
from tests.database import acting_as
from tests.journeys.requests.asking import (
    LATER,
    NOW,
    OMAR,
    Asker,
    a_draft,
    a_request,
    an_asker,
    applied,
    as_desk,
    as_member,
    decided,
    facts,
    read,
    seen_by_member,
    sent,
    staff,
)

pytestmark = pytest.mark.django_db
WORDS = {"subject": "CANARY subject", "words": "CANARY words"}


def mails(kind: str) -> int:
    with acting_as(Role.WORKER):
        return OutgoingMail.objects.filter(kind=f"requests.{kind}").count()


def waits(asker: Asker, case: UUID) -> Stage | None:
    with as_desk(asker.household):
        found = worklist.item_of(source=Source.CASE, source_id=case)
    return found.stage if found else None


def events(asker: Asker, case: UUID, *, told: bool = True) -> list[EventKind]:
    with as_desk(asker.household):
        found = queries.events_of(household=asker.household, case=case, told=told)
    return [one.kind for one in found]


def test_a_draft_becomes_the_request_of_the_same_id_with_a_number_to_say() -> None:
    asker = an_asker()
    draft = a_draft(asker, "other", WORDS)
    filed = sent(asker, draft)
    assert filed.case.id == draft.id
    assert filed.case.number.startswith("D-2026-")
    assert filed.case.status is CaseStatus.IN_PROGRESS
    with as_member(asker):
        assert queries.drafts_of(household=asker.household, membership=asker.membership) == []
        content = queries.content_of(household=asker.household, case=draft.id)
    assert content
    assert content.title == "CANARY subject"
    assert content.answers == WORDS
    assert waits(asker, draft.id) is Stage.TO_READ
    assert mails("receipt") == 1


def test_what_is_missing_is_said_and_nothing_is_filed() -> None:
    asker = an_asker()
    draft = a_draft(asker, "other", {"subject": "Only this"})
    with pytest.raises(NotComplete) as refused:
        sent(asker, draft)
    assert [one.field for one in refused.value.problems] == ["words"]
    with as_member(asker):
        assert queries.draft_of(household=asker.household, draft=draft.id)


def test_sent_twice_it_is_filed_once() -> None:
    asker = an_asker()
    draft = a_draft(asker, "other", WORDS)
    first, again = sent(asker, draft), sent(asker, draft)
    assert (first.again, again.again) == (False, True)
    assert first.case.number == again.case.number
    assert mails("receipt") == 1


def test_sent_again_with_other_words_it_is_refused() -> None:
    asker = an_asker()
    draft = a_draft(asker, "other", WORDS)
    sent(asker, draft)
    changed = type(draft)(**{**vars(draft), "answers": {**WORDS, "words": "Something else"}})
    with pytest.raises(FiledOtherwise):
        sent(asker, changed)


def test_anothers_draft_is_not_there() -> None:
    draft = a_draft(an_asker(), "other", WORDS)
    other = an_asker()
    with as_member(other):
        assert queries.draft_of(household=other.household, draft=draft.id) is None
    with pytest.raises(DraftGone):
        sent(other, draft)


def test_two_tabs_never_write_over_each_other_unseen() -> None:
    asker = an_asker()
    draft = a_draft(asker, "other", {"subject": "One"})
    with as_member(asker):
        version = drafting.save(
            draft=draft, answers={"words": "From here"}, step="request", version=0, now=NOW
        )
        again = drafting.save(
            draft=draft, answers={"words": "From here"}, step="request", version=0, now=NOW
        )
        with pytest.raises(SavedElsewhere) as refused:
            drafting.save(
                draft=draft, answers={"words": "From there"}, step="request", version=0, now=NOW
            )
    assert version == again == refused.value.version == 1


def test_a_decision_takes_effect_once_and_only_when_it_cannot_be_undone() -> None:
    asker = an_asker()
    case = a_request(asker, "other", WORDS)
    decision = decided(asker, case, Outcome.VALIDATED, words="Voilà qui est fait.")
    assert applied(asker, decision, now=NOW + timedelta(seconds=9)) is None
    assert seen_by_member(asker, case.id).status is CaseStatus.IN_PROGRESS
    assert mails("decided") == 0
    done = applied(asker, decision)
    assert done
    assert done.status is CaseStatus.VALIDATED
    assert applied(asker, decision) is None
    assert mails("decided") == 1
    with as_member(asker):
        content = queries.content_of(household=asker.household, case=case.id)
    assert content
    assert content.words == "Voilà qui est fait."
    assert waits(asker, case.id) is None
    assert events(asker, case.id) == [EventKind.FILED, EventKind.VALIDATED]


def test_a_decision_that_is_undone_never_happened() -> None:
    asker = an_asker()
    case = a_request(asker, "other", WORDS)
    decision = decided(asker, case, Outcome.REJECTED, reason="not-ours")
    with as_desk(asker.household):
        cases.undo(household=asker.household, decision=decision, by=staff(), now=NOW)
    assert applied(asker, decision) is None
    assert seen_by_member(asker, case.id).status is CaseStatus.IN_PROGRESS
    assert mails("decided") == 0
    assert EventKind.UNDONE not in events(asker, case.id)
    again = decided(asker, case, Outcome.VALIDATED)
    with as_desk(asker.household), pytest.raises(TooLateToUndo):
        cases.undo(household=asker.household, decision=again, by=staff(), now=LATER)


def test_an_answer_that_comes_while_an_agent_decides_is_not_written_over() -> None:
    asker = an_asker()
    case = a_request(asker, "other", WORDS)
    with as_desk(asker.household):
        request, known = read(asker, case.id)
        asked = deciding.ask(
            request=request,
            facts=known,
            asked=[Asked(piece="other", reason=AskReason.MISSING, words="La page 2")],
            by=staff(),
            version=request.case.version,
            now=NOW,
        )
    assert asked.status is CaseStatus.AWAITING_REPLY
    assert waits(asker, case.id) is Stage.AWAITING
    assert mails("asked") == 1
    with as_member(asker):
        ((_, one),) = queries.open_asks(household=asker.household, membership=asker.membership)
        replied = following.answer(
            case=case,
            answers={one.id: (AskState.ANSWERED, "La voici")},
            by=asker.by,
            now=NOW + timedelta(days=2),
        )
    assert replied.status is CaseStatus.IN_PROGRESS
    assert replied.waited_seconds == 2 * 24 * 3600
    assert waits(asker, case.id) is Stage.REPLIED
    with as_desk(asker.household), pytest.raises(ChangedMeanwhile):
        deciding.ask(
            request=request,
            facts=known,
            asked=[Asked(piece="other", reason=AskReason.MISSING, words="Encore")],
            by=staff(),
            version=asked.version,
            now=LATER,
        )


@pytest.mark.parametrize("by_member", [True, False])
def test_what_is_corrected_has_no_first_reader_any_more(by_member: bool) -> None:
    asker = an_asker()
    case = a_request(asker, "other", WORDS)
    with as_desk(asker.household):
        request, known = read(asker, case.id)
        sent_on = deciding.ask_second(
            request=request,
            facts=known,
            ruling=Ruling(outcome=Outcome.VALIDATED, by=staff(), words="Yes.", details={}),
            shown=deciding.mark_of(request, known, {}),
            version=case.version,
            now=NOW,
        )
    assert (sent_on.second_of, waits(asker, case.id)) == (staff().id, Stage.SECOND)
    corrected = {"title": "T", "answers": WORDS, "version": sent_on.version, "now": LATER}
    with as_member(asker) if by_member else as_desk(asker.household, staff=OMAR):
        again = cases.correct(
            household=asker.household,
            case=case.id,
            by=asker.by if by_member else staff(OMAR, "Omar"),
            needs=kind_of("other").needs,
            **corrected,
        )
    assert again.second_of == ""
    with as_desk(asker.household):
        item = worklist.item_of(source=Source.CASE, source_id=case.id)
    assert item
    assert (item.stage, item.kept_from, item.needs) == (Stage.READ, None, "requests.decide")


def test_a_member_is_reminded_once_of_what_is_asked() -> None:
    asker = an_asker()
    case = a_request(asker, "other", WORDS)
    with as_desk(asker.household):
        request, known = read(asker, case.id)
        deciding.ask(
            request=request,
            facts=known,
            asked=[Asked(piece="other", reason=AskReason.MISSING, words="La page 2")],
            by=staff(),
            version=request.case.version,
            now=NOW,
        )
    with acting_as(Role.WORKER):
        assert following.remind_members(now=NOW + timedelta(days=9)) == 0
        assert following.remind_members(now=NOW + timedelta(days=11)) == 1
        assert following.remind_members(now=NOW + timedelta(days=12)) == 0
    assert mails("reminder") == 1
    assert EventKind.REMINDED in events(asker, case.id)


def test_the_member_takes_a_request_back() -> None:
    asker = an_asker()
    case = a_request(asker, "other", WORDS)
    with as_member(asker):
        following.withdraw(case=case, facts=facts(asker), by=asker.by, now=NOW)
    assert seen_by_member(asker, case.id).status is CaseStatus.WITHDRAWN
    assert waits(asker, case.id) is None
    assert mails("withdrawn") == 1


def test_a_decision_whose_job_was_lost_takes_effect_all_the_same() -> None:
    from havre.foundation.db import Actor, Channel, acting

    asker = an_asker()
    case = a_request(asker, "other", WORDS)
    decision = decided(asker, case, Outcome.VALIDATED)
    actor = Actor(name="tests", channel=Channel.JOB, purpose="test")
    with acting_as(Role.WORKER), acting(actor=actor, role=Role.BATCH):
        assert queries.pending(before=NOW) == []
        assert queries.pending(before=LATER) == [(asker.household, decision)]


def test_a_complaint_about_a_decision_stands_in_its_timeline_once() -> None:
    asker = an_asker()
    case = a_request(asker, "other", WORDS)
    applied(asker, decided(asker, case, Outcome.REJECTED, reason="not-ours"))
    answers = {"subject": "decision", "words": "I disagree"}
    draft = a_draft(asker, "complaint", answers)
    for _ in range(2):
        with as_member(asker):
            filed = filing.file(
                kind=kind_of("complaint"),
                draft=draft,
                facts=facts(asker),
                papers=(),
                channel=Channel.ONLINE,
                by=asker.by,
                now=LATER,
                contests=case.id,
            )
    assert filed.case.contests == case.id
    assert events(asker, case.id).count(EventKind.CONTESTED) == 1
