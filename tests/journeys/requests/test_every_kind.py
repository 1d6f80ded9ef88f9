"""Each kind of request to its answer: sent, asked for more, validated with its effect, rejected."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from havre.commons.audit.models import Change
from havre.commons.cases import queries
from havre.commons.cases.words import Asked, AskReason, AskState, CaseStatus, Outcome, Ruling
from havre.commons.staff.access import matrix
from havre.doors import ui
from havre.foundation.db import Role
from havre.journeys.requests import deciding, following
from havre.journeys.requests.checking import problems_of
from havre.journeys.requests.filing import NotComplete
from havre.journeys.requests.registry import all_kinds, catalogue, kind_of
from tests.database import acting_as
from tests.journeys.account_opening.asking import sent as mails_sent
from tests.journeys.requests.asking import (
    LATER,
    NADIA,
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
from tests.journeys.requests.examples import Example, examples

pytestmark = pytest.mark.django_db
EXAMPLES = examples()
every_kind = pytest.mark.parametrize("example", EXAMPLES.values(), ids=list(EXAMPLES))


def test_every_kind_has_an_example() -> None:
    assert set(EXAMPLES) == set(all_kinds())


@every_kind
def test_a_form_that_is_sent_empty_says_what_is_missing(example: Example) -> None:
    asker = example.asker()
    draft = a_draft(asker, example.kind, {})
    with pytest.raises(NotComplete) as refused:
        sent(asker, draft)
    assert all(one.words and one.step for one in refused.value.problems)
    with as_member(asker):
        assert queries.draft_of(household=asker.household, draft=draft.id)


@every_kind
def test_both_languages_say_something_else(example: Example) -> None:
    asker, said = example.asker(), {}
    answers = example.answers(asker)
    for language in ("fr", "en"):
        with translation.override(language), as_member(asker):
            known = facts(asker)
            kind = kind_of(example.kind)
            steps = kind.steps(known, answers)
            reasons = kind.reasons()
            said[language] = (kind.title(), kind.summary(), steps, reasons)
            assert problems_of(kind, known, answers) == ()
            assert reasons
    assert said["fr"][0] != said["en"][0]
    assert said["fr"][2] != said["en"][2]
    assert said["fr"][3] != said["en"][3]


@every_kind
def test_something_is_asked_and_given(example: Example) -> None:
    asker = example.asker()
    case = a_request(asker, example.kind, example.answers(asker))
    with as_desk(asker.household, compartment=case.compartment):
        request, known = read(asker, case.id)
        deciding.ask(
            request=request,
            facts=known,
            asked=[Asked(piece="proof", reason=AskReason.OUTDATED, words="CANARY paper")],
            by=staff(),
            version=request.case.version,
            now=NOW,
        )
    assert seen_by_member(asker, case.id).status is CaseStatus.AWAITING_REPLY
    with as_member(asker):
        (ask,) = queries.asks_of(household=asker.household, case=case.id)
        following.answer(
            case=case, answers={ask.id: (AskState.ANSWERED, "")}, by=asker.by, now=LATER
        )
    assert seen_by_member(asker, case.id).status is CaseStatus.IN_PROGRESS


@every_kind
# W21 W31 W32 W33 W39 W41 W44
def test_validated_it_has_its_effect_once_and_a_mail_says_nothing_of_it(example: Example) -> None:
    asker = example.asker()
    case = a_request(asker, example.kind, example.answers(asker))
    decision = _decided(example, asker, Outcome.VALIDATED)
    done = applied(asker, decision)
    assert done
    assert done.status is CaseStatus.VALIDATED
    assert applied(asker, decision) is None
    example.effect(asker)
    with acting_as(Role.WORKER):
        mails = mails_sent(now=LATER)
    assert case.number in str(mails[-1].body)
    assert "CANARY" not in "".join(f"{mail.subject} {mail.body}" for mail in mails)


def test_what_a_request_changes_is_traced_to_it_and_to_whoever_decided() -> None:  # W42
    example = EXAMPLES["personal-information"]
    asker = example.asker()
    case = a_request(asker, example.kind, example.answers(asker))
    assert applied(asker, _decided(example, asker, Outcome.VALIDATED))
    with acting_as(Role.OWNER):
        (change,) = Change.objects.filter(
            household_id=asker.household, table_name="people_person", operation="UPDATE"
        )
    assert (change.purpose, change.actor) == (f"decide request {case.number}", staff().id)


@every_kind
def test_rejected_it_says_why_and_changes_nothing(example: Example) -> None:
    asker = example.asker()
    case = a_request(asker, example.kind, example.answers(asker))
    kind = kind_of(example.kind)
    (reason,) = (one for one in kind.reasons() if one.code == example.reason)
    decision = decided(asker, case, Outcome.REJECTED, words=reason.words, reason=reason.code)
    done = applied(asker, decision)
    assert done
    assert (done.status, done.reason) == (CaseStatus.REJECTED, example.reason)
    with as_member(asker):
        content = queries.content_of(household=asker.household, case=case.id)
    assert content
    assert content.words == reason.words


def test_the_catalogue_is_searched_in_plain_words_without_accents() -> None:
    asker = an_asker()
    with as_member(asker), translation.override("fr"):
        known = facts(asker)
        everything = catalogue(known)
        births = [kind.code for kind, _ in catalogue(known, searched="NAISSANCE")]
        nothing = catalogue(known, searched="xyzzy")
    assert {kind.code for kind, _ in everything} == set(all_kinds())
    assert "beneficiary-add" in births
    assert nothing == []


def test_whoever_decides_has_a_permission_that_a_role_has() -> None:
    held = set[str]().union(*matrix().values())
    assert {kind.needs for kind in all_kinds().values()} | {deciding.SECOND} <= held


def test_every_kind_has_a_picture_of_the_sprite() -> None:
    sprite = (Path(ui.__file__).parent / "static/ui/icons.svg").read_text()
    assert [kind.code for kind in all_kinds().values() if f'id="{kind.icon}"' not in sprite] == []


def test_codes_are_words_that_an_address_can_hold() -> None:
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in all_kinds())


def _decided(example: Example, asker: Asker, outcome: Outcome) -> object:
    """By one, or by a second after a first sent it on."""
    from havre.commons.cases import actions as cases

    with as_member(asker):
        ((case, _),) = queries.cases_of(household=asker.household).cases
    with as_desk(asker.household, compartment=case.compartment):
        request, known = read(asker, case.id)
        proposed = kind_of(example.kind).begin_decision(request, known)
        if example.second:
            cases.ask_second(
                household=asker.household,
                case=case.id,
                ruling=Ruling(outcome=outcome, by=staff(), details=proposed),
                version=request.case.version,
                needs=deciding.SECOND,
                now=NOW,
            )
    return decided(
        asker,
        case,
        outcome,
        details={**proposed, **example.details(asker)},
        words="CANARY answer",
        by=OMAR if example.second else NADIA,
    )
