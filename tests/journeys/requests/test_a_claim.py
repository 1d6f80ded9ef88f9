"""A claim from its form to the lines that are accepted: amounts to the cent, in whose words, for whom."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.utils import translation

from havre.commons.cases import queries as cases
from havre.commons.cases.words import Answers, CaseStatus, Outcome, Ruling
from havre.commons.documents.words import Compartment
from havre.commons.worklist import queries as worklist
from havre.commons.worklist.words import Source, Stage
from havre.domains.people.models import Person
from havre.domains.people.words import FamilyLink
from havre.foundation.db import Role
from havre.journeys.requests import deciding
from havre.journeys.requests.checking import problems_of
from havre.journeys.requests.deciding import CannotValidate, EffectMoved, SecondNeeded
from havre.journeys.requests.registry import kind_of
from havre.journeys.requests.words import Change
from tests.builders import a_bank_account, a_line, a_sharing, a_transfer
from tests.database import acting_as
from tests.journeys.requests.asking import (
    LATER,
    OMAR,
    Asker,
    a_draft,
    a_family,
    a_request,
    applied,
    as_desk,
    as_member,
    decided,
    facts,
    read,
    seen_by_member,
    staff,
)
from tests.journeys.requests.claiming import (
    a_claim,
    a_claimant,
    a_line_of,
    a_rate,
    accepted,
    an_agreement_asked,
    insured,
    person_of,
)

pytestmark = pytest.mark.django_db
CLAIM = kind_of("health-claim")


def mxn(amount: str, **changes: str) -> Answers:
    return a_line_of(amount={"amount": amount, "currency": "MXN"}, **changes)


def whole_person(asker: Asker) -> Person:
    with acting_as(Role.OWNER):
        return Person.objects.get(id=asker.person)


def claimed(asker: Asker, *lines: Answers, **changes: object) -> "cases.CaseSeen":
    return a_request(asker, "health-claim", a_claim(asker, *lines, **changes))


def effect(asker: Asker, case: UUID, details: Answers, language: str = "en") -> list[Change]:
    with as_desk(asker.household, compartment=Compartment.HEALTH), translation.override(language):
        request, known = read(asker, case)
        return [
            Change(*(part.replace("\N{NO-BREAK SPACE}", " ") for part in vars(one).values()))
            for one in CLAIM.effect(request, known, details)
        ]


def checks(asker: Asker, case: UUID) -> dict[str, bool]:
    with as_desk(asker.household, compartment=Compartment.HEALTH), translation.override("en"):
        request, known = read(asker, case)
        return {one.words: one.passed for one in CLAIM.checked(request, known)}


def wrong(asker: Asker, answers: Answers) -> list[str]:
    with as_member(asker):
        return [one.field for one in problems_of(CLAIM, facts(asker), answers)]


# ── the form ───────────────────────────────────────────────────────────────────────────────────────


def test_a_day_to_come_and_two_currencies_are_said_at_their_place() -> None:
    asker = a_claimant()
    late = a_claim(asker, a_line_of(), a_line_of(day="2026-06-16"))
    assert wrong(asker, late) == ["lines.1.day"]
    assert wrong(asker, a_claim(asker, a_line_of(), mxn("900.00"))) == ["lines"]
    assert wrong(asker, a_claim(asker, a_line_of(count="1.5"))) == ["lines.0.count"]


def test_old_care_and_days_without_cover_are_said_and_are_no_obstacle() -> None:
    asker = a_claimant(first_day=date(2024, 1, 1))
    answers = a_claim(asker, a_line_of(day="2024-06-14"), a_line_of(day="2023-12-31"))
    with as_member(asker), translation.override("en"):
        step = CLAIM.steps(facts(asker), answers)[2]
        notes = " ".join(part.words for part in step.parts if hasattr(part, "words"))
    assert "31 December 2023, 14 June 2024 are more than two years ago" in notes
    assert "did not cover Nathalie on 31 December 2023" in notes
    case = claimed(asker, a_line_of(day="2024-06-14"))
    assert checks(asker, case.id)["Care of 14 June 2024 is more than two years old"] is False


def test_care_of_two_years_ago_to_the_day_can_be_claimed() -> None:
    asker = a_claimant()
    with as_member(asker), translation.override("en"):
        step = CLAIM.steps(facts(asker), a_claim(asker, a_line_of(day="2024-06-15")))[2]
    assert not any("two years" in getattr(part, "words", "") for part in step.parts)


def test_an_adult_claims_for_another_adult_only_where_that_one_shares_their_care() -> None:
    asker = insured(a_family())
    theirs = a_claim(asker, person=str(person_of(asker)))
    assert wrong(asker, theirs) == ["person"]
    with acting_as(Role.OWNER):
        other = Person.objects.get(id=person_of(asker))
    a_sharing(person=other, reader=whole_person(asker))
    assert wrong(asker, theirs) == []


def test_a_parent_claims_for_a_child() -> None:
    asker = insured(a_family(link=FamilyLink.CHILD))
    with acting_as(Role.OWNER):
        Person.objects.filter(id=person_of(asker)).update(birth_date=date(2015, 1, 1))
    assert wrong(asker, a_claim(asker, person=str(person_of(asker)))) == []


def test_refunds_go_to_a_verified_account_or_to_one_that_will_come() -> None:
    asker = a_claimant()
    with as_member(asker), translation.override("en"):
        parts = CLAIM.steps(facts(asker), a_claim(asker))[1].parts
    assert any("no verified account yet" in getattr(part, "words", "") for part in parts)
    assert wrong(asker, a_claim(asker)) == []
    proposed = a_bank_account(person=whole_person(asker), state="PROPOSED")
    verified = a_bank_account(person=whole_person(asker))
    assert wrong(asker, a_claim(asker, account=str(verified.id))) == []
    assert wrong(asker, a_claim(asker, account="to-come")) == []
    assert wrong(asker, a_claim(asker, account=str(proposed.id))) == ["account"]


def test_the_cfe_is_asked_about_only_where_the_contract_completes_it() -> None:
    def names(asker: Asker) -> list[str]:
        with as_member(asker):
            step = CLAIM.steps(facts(asker), a_claim(asker))[0]
        return [field.name for field in step.fields()]

    assert "cfe" not in names(a_claimant(scheme="FIRST_EURO"))
    assert "cfe" in names(a_claimant(scheme="CFE_COMPLEMENT"))


# ── the decision ───────────────────────────────────────────────────────────────────────────────────


def test_another_currency_is_converted_by_the_ecb_on_the_day_of_each_care() -> None:
    asker = a_claimant()
    a_rate("MXN", "20.00", date(2026, 5, 29))
    a_rate("MXN", "25.00", date(2026, 6, 3))
    case = claimed(asker, mxn("1000.00", day="2026-06-01"), mxn("1000.00", day="2026-06-03"))
    first, second, *_limits, paid = effect(asker, case.id, {})
    assert first.label.endswith(", MXN 1,000.00 = €50.00 (ECB, 29 May 2026: 0.05)")
    assert second.label.endswith(", MXN 1,000.00 = €40.00 (ECB, 3 June 2026: 0.04)")
    assert (first.after, second.after, paid.after) == ("€40.00", "€32.00", "€72.00")
    decision = decided(asker, case, Outcome.VALIDATED)
    assert applied(asker, decision)
    lines = accepted(asker)
    assert [line.reimbursed for line in lines] == [Decimal(40), Decimal(32)]
    assert [line.rate_day for line in lines] == [date(2026, 5, 29), date(2026, 6, 3)]
    assert {(line.rate_source, line.rate_source_en) for line in lines} == {("BCE", "ECB")}


def test_a_currency_without_a_rate_needs_one_from_whoever_decides() -> None:
    asker = a_claimant()
    line = a_line_of(amount={"amount": "1000.00", "currency": "VES"})
    case = claimed(asker, line)
    with pytest.raises(CannotValidate) as refused:
        decided(asker, case, Outcome.VALIDATED, by=OMAR)
    assert "VES" in refused.value.words[0]
    with as_desk(asker.household, compartment=Compartment.HEALTH):
        request, known = read(asker, case.id)
        (group,) = CLAIM.decision_form(request, known)
        assert {"rate", "rate_source"} <= {field.name for field in group.fields}  # type: ignore[union-attr]
    typed = {"lines": [{"rate": "0.01", "rate_source": "Banco Central de Venezuela"}]}
    change = effect(asker, case.id, typed)[0]
    said = ", VES 1,000.00 = €10.00 (Banco Central de Venezuela, 1 June 2026: 0.01)"
    assert change.label.endswith(said)
    assert (change.before, change.after) == ("€10.00", "€8.00")


def test_the_share_of_the_cfe_comes_off_what_is_reimbursed() -> None:
    asker = a_claimant()
    case = claimed(asker)
    details = {"lines": [{"primary": "30.00"}]}
    assert effect(asker, case.id, details)[0].after == "€50.00"
    applied(asker, decided(asker, case, Outcome.VALIDATED, details=details))
    (line,) = accepted(asker)
    assert (line.primary_share, line.reimbursed, line.left_to_pay) == (30, 50, 20)


def test_a_partial_refund_says_its_reason_and_its_clause_line_by_line() -> None:
    asker = a_claimant()
    case = claimed(asker, a_line_of(), a_line_of(day="2026-06-02"))
    partly = {"lines": [{}, {"amount": "10.00", "why": "not-prescribed", "clause": "14.1"}]}
    decision = decided(asker, case, Outcome.VALIDATED, details=partly, words="Nos mots.")
    applied(asker, decision)
    with as_member(asker):
        answer = cases.content_of(household=asker.household, case=case.id)
    assert answer
    told, first, second = answer.words.splitlines()
    assert told == "Nos mots."
    assert first.startswith("1 juin 2026, CANARY physiotherapy")
    assert second.endswith("Une partie de ces soins n’a pas été prescrite. (14.1)")
    whole, part = accepted(asker)
    assert (whole.reimbursed, whole.clause) == (80, None)
    assert (part.reimbursed, part.left_to_pay, part.clause) == (10, 90, "14.1")
    assert part.reason
    assert part.reason_en
    assert part.reason.endswith("Une partie de ces soins n’a pas été prescrite.")
    assert part.reason_en.endswith("A part of this care was not prescribed.")


def test_a_partial_refund_without_its_reason_is_refused() -> None:
    asker = a_claimant()
    case = claimed(asker)
    with pytest.raises(CannotValidate):
        decided(asker, case, Outcome.VALIDATED, details={"lines": [{"amount": "10.00"}]})
    with pytest.raises(CannotValidate):
        decided(asker, case, Outcome.VALIDATED, details={"lines": [{"amount": "100.01"}]})
    assert accepted(asker) == []


def test_what_a_limit_leaves_is_shown_before_and_after_in_both_languages() -> None:
    asker = a_claimant()
    person = whole_person(asker)
    paid = {"category": "NURSING", "guarantee": "PHYSIO", "count": 12, "reimbursed": 250}
    a_line(
        person=person,
        transfer=a_transfer(household=person.household_id),
        contract_id=asker.contract,
        **paid,
    )
    case = claimed(asker)
    line, sessions, amount, to_pay = effect(asker, case.id, {})
    assert (line.after, to_pay.after, to_pay.note) == ("€50.00", "€50.00", "account to come")
    assert (sessions.before, sessions.after, sessions.note) == (
        "12 of 20 sessions",
        "14 of 20 sessions",
        "8 left, then 6",
    )
    assert (amount.before, amount.after) == ("€250.00 of €300.00", "€300.00 of €300.00")
    french = effect(asker, case.id, {}, "fr")
    assert (french[1].label, french[1].after) == ("PHYSIO, cette année", "14 sur 20 séances")
    assert french[2].after == "300,00 € sur 300,00 €"


def test_what_is_paid_meanwhile_brings_the_claim_back() -> None:
    asker = a_claimant()
    case = claimed(asker)
    decision = decided(asker, case, Outcome.VALIDATED)
    person = whole_person(asker)
    a_line(
        person=person,
        transfer=a_transfer(household=person.household_id),
        contract_id=asker.contract,
        category="NURSING",
        guarantee="PHYSIO",
        reimbursed=290,
    )
    assert applied(asker, decision) is None
    assert seen_by_member(asker, case.id).status is CaseStatus.IN_PROGRESS
    assert len(accepted(asker)) == 1
    with as_desk(asker.household):
        item = worklist.item_of(source=Source.CASE, source_id=case.id)
    assert item
    assert item.stage is Stage.CONFLICT


def test_what_moved_before_the_decision_is_not_decided_unseen() -> None:
    asker = a_claimant()
    case = claimed(asker)
    with as_desk(asker.household, compartment=Compartment.HEALTH):
        request, known = read(asker, case.id)
        shown = deciding.mark_of(request, known, {})
    a_line(
        person=whole_person(asker),
        contract_id=asker.contract,
        category="NURSING",
        guarantee="PHYSIO",
        reimbursed=290,
    )
    with as_desk(asker.household, compartment=Compartment.HEALTH):
        request, known = read(asker, case.id)
        ruling = Ruling(outcome=Outcome.VALIDATED, by=staff(), details={})
        version = request.case.version
        with pytest.raises(EffectMoved):
            deciding.decide(
                request=request, facts=known, ruling=ruling, shown=shown, version=version, now=LATER
            )


def test_a_large_claim_is_looked_at_by_two() -> None:
    asker = a_claimant()
    least = settings.HAVRE.LARGE_CLAIM
    below = claimed(asker, a_line_of(amount={"amount": f"{least - 1}.99", "currency": "EUR"}))
    decided(asker, below, Outcome.VALIDATED)
    large = claimed(
        asker, a_line_of(day="2026-06-02", amount={"amount": f"{least}.00", "currency": "EUR"})
    )
    with pytest.raises(SecondNeeded):
        decided(asker, large, Outcome.VALIDATED)


def test_the_words_to_the_member_say_how_much_where_to_and_why_not_more() -> None:
    asker = a_claimant()
    account = a_bank_account(person=whole_person(asker))
    case = claimed(asker, account=str(account.id))
    with as_desk(asker.household, compartment=Compartment.HEALTH):
        request, known = read(asker, case.id)
        said = {}
        for language in ("fr", "en"):
            with translation.override(language):
                words = CLAIM.words_to_member(request, known, Outcome.VALIDATED, {})
                said[language] = words.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    assert said["en"] == [
        "We reimburse €80.00.",
        f"It goes to your account {account.number_shown}.",
        "1 June 2026, CANARY physiotherapy: €20.00 left to pay. "
        "Your cover reimburses a part of the cost: €20.00 is left to pay.",
    ]
    assert said["fr"][0] == "Nous remboursons 80,00 €."


# ── earlier claims ─────────────────────────────────────────────────────────────────────────────────


def test_the_same_care_is_known_again_in_lines_that_are_on_file() -> None:
    asker = a_claimant()
    same: dict[str, Any] = {"care_date": date(2026, 6, 1), "spent": Decimal(100), "claim": "C-77"}
    a_line(person=whole_person(asker), provider="CLINICA canary", **same)
    case = claimed(asker)
    assert checks(asker, case.id)["Claimed before: C-77"] is False


def test_the_same_care_is_known_again_in_a_claim_that_waits() -> None:
    asker = a_claimant()
    first, again = claimed(asker), claimed(asker)
    assert checks(asker, again.id)[f"Claimed before: {first.number}"] is False


@pytest.mark.parametrize(
    "other",
    [{"day": "2026-06-02"}, {"amount": {"amount": "100.01", "currency": "EUR"}}],
    ids=["day", "amount"],
)
def test_care_of_another_day_or_amount_is_not_the_same(other: Answers) -> None:
    asker = a_claimant()
    claimed(asker, a_line_of(**other))
    assert checks(asker, claimed(asker).id)["Never claimed before"]


def test_care_at_another_provider_is_not_the_same() -> None:
    asker = a_claimant()
    claimed(asker, provider="Somewhere else")
    assert checks(asker, claimed(asker).id)["Never claimed before"]


# ── prior agreement ────────────────────────────────────────────────────────────────────────────────


def test_what_was_agreed_to_counts_in_the_claim_that_names_it() -> None:
    asker = a_claimant()
    asked = a_request(asker, "prior-agreement", an_agreement_asked(asker, first_day="2026-06-10"))
    stay = {"category": "HOSPITAL", "day": "2026-06-12", "count": "1"}
    held = {"first_day": "2026-06-10", "last_day": "2026-12-31", "limit": "90"}
    applied(asker, decided(asker, asked, Outcome.VALIDATED, details=held))
    without = claimed(asker, a_line_of(**stay), agreement="none")
    assert effect(asker, without.id, {})[0].after == "€0.00"
    assert (
        checks(asker, without.id)["Some of this care needed an agreement that is not there"]
        is False
    )
    named = claimed(asker, a_line_of(**stay), agreement=asked.number)
    line, left, _paid = effect(asker, named.id, {})
    assert line.after == "€90.00"
    assert line.note == (
        "There was €90.00 left of what we agreed to beforehand: €10.00 is beyond it."
    )
    assert (left.label, left.after) == (f"Left of agreement {asked.number}", "€0.00")
    assert checks(asker, named.id)[f"Agreement {asked.number} stops at €90.00"] is False
    applied(asker, decided(asker, named, Outcome.VALIDATED))
    again = claimed(asker, a_line_of(**stay | {"act": "The rest"}), agreement=asked.number)
    assert effect(asker, again.id, {})[0].after == "€0.00"  # all of it was claimed


def test_what_was_agreed_to_in_part_is_reimbursed_in_part_and_other_care_is_said_not_to_be() -> (
    None
):
    asker = a_claimant()
    asked = a_request(asker, "prior-agreement", an_agreement_asked(asker, first_day="2026-06-10"))
    held = {"first_day": "2026-06-10", "last_day": "2026-12-31", "percent": "70"}
    applied(asker, decided(asker, asked, Outcome.VALIDATED, details=held))
    stay = a_line_of(category="HOSPITAL", day="2026-06-12", count="1")
    case = claimed(asker, stay, agreement=asked.number)
    line = effect(asker, case.id, {})[0]
    assert (line.after, line.note) == (
        "€70.00",
        "We agreed beforehand to 70% of the cost: €30.00 is left to pay.",
    )
    assert checks(asker, case.id)[f"Agreement {asked.number} is of 70% of the cost"] is False
    early = claimed(asker, stay | {"day": "2026-06-09"}, agreement=asked.number)
    said = f"Agreement {asked.number} is of other care or other days than 9 June 2026"
    assert checks(asker, early.id)[said] is False


def test_a_rejection_says_which_lines_the_rules_do_not_reimburse_at_all() -> None:
    asker = a_claimant()
    case = claimed(asker, a_line_of(), a_line_of(category="HOSPITAL", act="A night"))
    with as_desk(asker.household, compartment=Compartment.HEALTH), translation.override("en"):
        request, known = read(asker, case.id)
        words = CLAIM.words_to_member(request, known, Outcome.REJECTED, {})
    assert words.replace("\N{NO-BREAK SPACE}", " ") == (
        "1 June 2026, A night: €100.00 left to pay. "
        "This care needed our agreement beforehand, which we do not have."
    )


def test_the_form_offers_agreements_that_may_still_be_claimed() -> None:
    asker = a_claimant()
    asked = a_request(asker, "prior-agreement", an_agreement_asked(asker))
    held = {"first_day": "2026-07-01", "last_day": "2026-12-31"}
    applied(asker, decided(asker, asked, Outcome.VALIDATED, details=held))
    with as_member(asker), translation.override("en"):
        fields = CLAIM.steps(facts(asker), a_claim(asker))[0].fields()
    (field,) = (one for one in fields if one.name == "agreement")
    assert [option.value for option in field.options] == ["none", asked.number]


def test_an_admission_in_two_days_is_answered_before() -> None:
    asker = a_claimant()
    soon = a_request(asker, "prior-agreement", an_agreement_asked(asker, first_day="2026-06-17"))
    far = a_request(
        asker,
        "prior-agreement",
        an_agreement_asked(asker, last_day="2026-09-02", first_day="2026-09-01"),
    )
    assert soon.due_at.date() == date(2026, 6, 16)
    assert far.due_at - soon.due_at > timedelta(days=5)


def test_a_draft_begins_with_what_is_known() -> None:
    asker = a_claimant()
    draft = a_draft(asker, "health-claim", {})
    assert draft.answers == {"person": str(asker.person), "contract": str(asker.contract)}
