"""The salary on which benefits and contributions of a collective contract are counted."""

from django.utils.translation import gettext as _

from havre.commons.cases.words import Answers
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.naming import contract_options
from havre.journeys.requests.words import (
    Family,
    Field,
    FieldType,
    Paper,
    Problem,
    Reason,
    Step,
)


class ReferenceSalary(Kind):
    code = "reference-salary"
    family = Family.ACTIVITY
    icon = "graph-up"
    target_days = 5

    def title(self) -> str:
        return _("Declare my reference salary")

    def summary(self) -> str:
        return _("The yearly gross salary on which your benefits are counted.")

    def search_words(self) -> str:
        return _("salary income pay wage gross benefits sick leave pension")

    def closed_because(self, facts: Facts) -> str:
        return "" if facts.in_force() else _("You have no contract in force.")

    def begin(self, facts: Facts) -> Answers:
        only = facts.in_force()
        return {"contract": str(only[0].id)} if len(only) == 1 else {}

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        contract = facts.contract(answers.get("contract", ""))
        return (
            Step(
                name="salary",
                title=_("Your salary"),
                parts=(
                    Field(
                        name="contract",
                        label=_("Which contract"),
                        type=FieldType.CONTRACT,
                        options=contract_options(facts),
                    ),
                    Field(
                        name="amount",
                        label=_("Yearly gross salary"),
                        type=FieldType.AMOUNT,
                        given=(contract.currency,) if contract else ("EUR",),
                        hint=_("Bonuses included, before tax"),
                    ),
                    Field(name="since", label=_("Since when"), type=FieldType.DATE),
                ),
                papers=True,
            ),
        )

    def problems(self, facts: Facts, answers: Answers) -> tuple[Problem, ...]:
        contract = facts.contract(answers.get("contract", ""))
        if contract in facts.in_force():
            return ()
        return (Problem("salary", "contract", _("Choose one of your contracts in force.")),)

    def papers(self, facts: Facts, answers: Answers) -> tuple[Paper, ...]:
        return (
            Paper(
                code="payslip",
                label=_("Payslips of the last three months"),
                hint=_("Or a letter of your employer, or your last tax notice"),
                why=_("The salary is checked against them."),
            ),
        )

    def reasons(self) -> tuple[Reason, ...]:
        return (
            Reason(
                "employer-declares",
                _("The employer declares it"),
                _("Your employer declares your salary to us: nothing is needed from you."),
            ),
            Reason(
                "not-proved",
                _("The papers do not show it"),
                _("The papers you sent do not show this salary."),
            ),
        )


KIND = ReferenceSalary()
