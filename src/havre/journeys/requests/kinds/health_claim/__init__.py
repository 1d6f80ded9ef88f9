"""Claiming what care cost: one claim a person, provider and currency."""

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.commons.cases.queries import DecisionSeen
from havre.commons.cases.words import Answers, Outcome
from havre.commons.documents.words import Compartment
from havre.domains.health import actions as health
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.kinds.health_claim import before, deciding, form, partly, telling
from havre.journeys.requests.kinds.health_claim.care import (
    begun,
    categories_of,
    contracts_of,
    days_of,
    is_series,
    lines_of,
    worth,
)
from havre.journeys.requests.kinds.health_claim.checklist import Care, asks_amount, papers_for
from havre.journeys.requests.kinds.health_claim.working import CannotBePaid, work
from havre.journeys.requests.words import (
    Change,
    Checked,
    Earlier,
    Family,
    Field,
    Group,
    Paper,
    Problem,
    Reason,
    Request,
    Step,
)


class HealthClaim(Kind):
    code = "health-claim"
    family = Family.CONTRACTS
    icon = "receipt"
    compartment = Compartment.HEALTH
    target_days = 5
    needs = "requests.decide_health"

    def title(self) -> str:
        return _("Claim a health reimbursement")

    def summary(self) -> str:
        return _("What you paid for care: one claim a person, provider and currency.")

    def search_words(self) -> str:
        return _("refund claim invoice care doctor dentist glasses pharmacy hospital CFE expenses")

    def closed_because(self, facts: Facts) -> str:
        if not contracts_of(facts):
            return _("None of your contracts covers care yet.")
        return ""

    def begin(self, facts: Facts) -> Answers:
        return begun(facts)

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        return form.steps(facts, answers)

    def problems(self, facts: Facts, answers: Answers) -> tuple[Problem, ...]:
        return tuple(form.problems(facts, answers))

    def papers(self, facts: Facts, answers: Answers) -> tuple[Paper, ...]:
        kinds = categories_of(answers)
        spent = [line.spent for line in lines_of(answers)] if asks_amount(kinds) else []
        euros = worth(facts, spent)
        care = Care(
            categories=kinds,
            country=answers.get("country", ""),
            series=is_series(answers),
            accident=answers.get("accident") is True,
            cfe=answers.get("cfe", ""),
            amount=Decimal("Infinity") if euros is None else euros,
        )
        return papers_for("CLAIM", care)

    def headline(self, facts: Facts, answers: Answers) -> str:
        lines = lines_of(answers)
        if not lines:
            return self.title()
        count = sum(line.count for line in lines if line.act == lines[0].act)
        said = ngettext("%(act)s", "%(act)s, %(count)d times", count)
        return said % {"act": lines[0].act, "count": count}

    # ── the desk ───────────────────────────────────────────────────────────────────────────────

    def checked(self, request: Request, facts: Facts) -> tuple[Checked, ...]:
        return tuple(telling.checked(request, facts))

    def earlier(self, request: Request, facts: Facts) -> tuple[Earlier, ...]:
        answers = request.content.answers
        return before.earlier(
            request,
            facts,
            person=answers.get("person", ""),
            categories=categories_of(answers),
            days=days_of(answers),
            provider=answers.get("provider", ""),
        )

    def decision_form(self, request: Request, facts: Facts) -> tuple[Field | Group, ...]:
        return (deciding.questions(request, facts),)

    def begin_decision(self, request: Request, facts: Facts) -> Answers:
        return {"lines": [{} for _line in lines_of(request.content.answers)]}

    def effect(self, request: Request, facts: Facts, details: Answers) -> tuple[Change, ...]:
        return tuple(telling.effect(work(request, facts, details), facts))

    def stands_against(self, request: Request, facts: Facts, details: Answers) -> tuple[str, ...]:
        return work(request, facts, details).against

    def reasons(self) -> tuple[Reason, ...]:
        return partly.rejections()

    def words_to_member(
        self, request: Request, facts: Facts, outcome: Outcome, details: Answers
    ) -> str:
        found = work(request, facts, details)
        if outcome is Outcome.REJECTED:
            return telling.rejection(found)
        return telling.acceptance(found, facts)

    def said_in_any_case(
        self, request: Request, facts: Facts, outcome: Outcome, details: Answers
    ) -> tuple[str, ...]:
        if outcome is Outcome.REJECTED:
            return ()
        return tuple(telling.line_by_line(work(request, facts, details).lines))

    def needs_second(self, request: Request, details: Answers) -> bool:
        return deciding.is_large(request, from_euros=settings.HAVRE.LARGE_CLAIM)

    def apply(
        self, request: Request, facts: Facts, decision: DecisionSeen, *, today: date, now: datetime
    ) -> None:
        found = work(request, facts, decision.details)
        if found.against or found.basis is None:
            raise CannotBePaid
        health.accept_claim(
            household=facts.household,
            case=request.case.id,
            claim=request.case.number,
            person=found.basis.person,
            contract=found.contract,
            currency=found.basis.currency,
            lines=[line.accepted(request.content.answers) for line in found.lines],
            mark=found.basis.mark,
        )


KIND = HealthClaim()
