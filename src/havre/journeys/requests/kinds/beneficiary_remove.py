"""Someone leaves the household and its cover."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from havre.commons.cases.queries import DecisionSeen
from havre.commons.cases.words import Answers, Outcome
from havre.domains.contracts import actions as contracts
from havre.domains.people import actions as people
from havre.domains.people.words import FamilyLink
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.naming import in_full, link_name, origin_of
from havre.journeys.requests.words import (
    Change,
    Family,
    Field,
    FieldType,
    Group,
    Option,
    Paper,
    Problem,
    Reason,
    Request,
    Step,
)


class RemoveBeneficiary(Kind):
    code = "beneficiary-remove"
    family = Family.INFORMATION
    icon = "person-dash"
    target_days = 5

    def title(self) -> str:
        return _("Remove someone from my cover")

    def summary(self) -> str:
        return _("A divorce, a child who is insured elsewhere, a death.")

    def search_words(self) -> str:
        return _("beneficiary divorce separation leave end child insured elsewhere death")

    def closed_because(self, facts: Facts) -> str:
        if facts.me.link is not FamilyLink.HOLDER:
            return _("Only the policyholder can remove someone from the contract.")
        return "" if _others(facts) else _("You are alone on your contract.")

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        why = (
            Option("divorce", _("A divorce or the end of a life together")),
            Option("insured", _("Insured elsewhere")),
            Option("independent", _("No longer at my charge")),
            Option("death", _("A death")),
            Option("other", _("Something else")),
        )
        return (
            Step(
                name="person",
                title=_("The person"),
                parts=(
                    Field(
                        name="person",
                        label=_("Who leaves"),
                        type=FieldType.PERSON,
                        options=_others(facts),
                    ),
                    Field(name="why", label=_("Why"), type=FieldType.CHOICE, options=why),
                    Field(
                        name="last_day",
                        label=_("Last day of cover"),
                        type=FieldType.DATE,
                        hint=_("Care of that day is still covered."),
                    ),
                ),
                papers=True,
            ),
        )

    def problems(self, facts: Facts, answers: Answers) -> tuple[Problem, ...]:
        if answers.get("person") in {option.value for option in _others(facts)}:
            return ()
        return (Problem("person", "person", _("Choose someone of your household.")),)

    def papers(self, facts: Facts, answers: Answers) -> tuple[Paper, ...]:
        labels = {
            "divorce": _("Judgment of divorce, or a statement of separation"),
            "insured": _("Certificate of the other insurance"),
            "death": _("Death certificate"),
        }
        label = labels.get(str(answers.get("why")))
        return (Paper(code=f"proof-{answers['why']}", label=label),) if label else ()

    def headline(self, facts: Facts, answers: Answers) -> str:
        person = facts.person(answers.get("person", ""))
        return _("Remove %(first_name)s") % {"first_name": person.first_name if person else ""}

    def decision_form(self, request: Request, facts: Facts) -> tuple[Field | Group, ...]:
        return (Field(name="last_day", label=_("Last day of cover"), type=FieldType.DATE),)

    def begin_decision(self, request: Request, facts: Facts) -> Answers:
        return {"last_day": request.content.answers["last_day"]}

    def effect(self, request: Request, facts: Facts, details: Answers) -> tuple[Change, ...]:
        person = facts.person(request.content.answers["person"])
        if person is None:
            return ()
        last = date.fromisoformat(_last_day(request, details))
        until = _("until %(day)s") % {"day": in_full(last)}
        return tuple(
            Change(
                _("Contract %(number)s") % {"number": one.number},
                _("%(name)s covered") % {"name": person.first_name},
                until,
            )
            for one in facts.in_force()
            if person.id in one.people()
        )

    def reasons(self) -> tuple[Reason, ...]:
        return (
            Reason(
                "must-stay",
                _("The contract has them covered until its next term"),
                _("Your contract covers your whole family until its next term."),
            ),
        )

    def words_to_member(
        self, request: Request, facts: Facts, outcome: Outcome, details: Answers
    ) -> str:
        person = facts.person(request.content.answers["person"])
        if outcome is Outcome.REJECTED or person is None:
            return ""
        last = date.fromisoformat(_last_day(request, details))
        return _(
            "%(first_name)s is covered until %(day)s. Care until that day is still reimbursed, "
            "whenever you send it within two years."
        ) % {"first_name": person.first_name, "day": in_full(last)}

    def apply(
        self, request: Request, facts: Facts, decision: DecisionSeen, *, today: date, now: datetime
    ) -> None:
        person = facts.person(request.content.answers["person"])
        if person is None:
            raise people.ChangedMeanwhile
        last = date.fromisoformat(_last_day(request, decision.details))
        contracts.end_covers(
            household=facts.household,
            person=person.id,
            contracts=[one.id for one in facts.contracts],
            last_day=last,
        )
        people.end_membership(
            household=facts.household,
            person=person.id,
            last_day=last,
            asked_by=origin_of(request.case.channel),
            source=request.case.number,
            now=now,
        )


def _last_day(request: Request, details: Answers) -> str:
    return str(details.get("last_day") or request.content.answers["last_day"])


def _others(facts: Facts) -> tuple[Option, ...]:
    return tuple(
        Option(str(one.id), one.full_name, link_name(one.link))
        for one in facts.people
        if one.id != facts.me.id and one.membership_end is None
    )


KIND = RemoveBeneficiary()
