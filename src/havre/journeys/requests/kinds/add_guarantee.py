"""An option beside the formula: what it costs is said before sending."""

from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from havre.commons.cases.queries import DecisionSeen
from havre.commons.cases.words import Answers, Outcome
from havre.domains.contracts import actions as contracts
from havre.domains.contracts.queries import ContractSeen
from havre.domains.products.words import Bilingual
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.naming import contract_options, in_full, title_of
from havre.journeys.requests.pricing import month_of, prices
from havre.journeys.requests.words import (
    Change,
    Family,
    Field,
    FieldType,
    Group,
    Option,
    Problem,
    Reason,
    Request,
    Step,
)


class AddGuarantee(Kind):
    code = "add-guarantee"
    family = Family.CONTRACTS
    icon = "plus-circle"
    target_days = 3

    def title(self) -> str:
        return _("Add a guarantee")

    def summary(self) -> str:
        return _("An option beside your formula, with its price.")

    def search_words(self) -> str:
        return _("option guarantee dental optical assistance repatriation liability add extra")

    def closed_because(self, facts: Facts) -> str:
        if not facts.in_force():
            return _("You have no contract in force.")
        if not _own(facts):
            return _("No option can be added to your contract.")
        return ""

    def begin(self, facts: Facts) -> Answers:
        only = _own(facts)
        return {"contract": only[0].value} if len(only) == 1 else {}

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        contract = facts.contract(answers.get("contract", ""))
        choice = Field(
            name="contract", label=_("Which contract"), type=FieldType.CONTRACT, options=_own(facts)
        )
        if contract is None:
            return (Step(name="contract", title=_("Your contract"), parts=(choice,)),)
        language = translation.get_language() or "fr"
        options = tuple(
            Option(code, name.said_in(language), _price(facts, contract, code))
            for code, name in _sold(facts, contract).items()
        )
        return (
            Step(
                name="option",
                title=_("The guarantee"),
                parts=(
                    choice,
                    Field(
                        name="option",
                        label=_("Which guarantee"),
                        type=FieldType.CHOICE,
                        options=options,
                    ),
                    Field(
                        name="since",
                        label=_("From which day"),
                        type=FieldType.DATE,
                        hint=_("The first of a month, most often"),
                        at_least=facts.today.isoformat(),
                    ),
                ),
            ),
        )

    def problems(self, facts: Facts, answers: Answers) -> tuple[Problem, ...]:
        contract = facts.contract(answers.get("contract", ""))
        if contract is None or answers.get("contract") not in {one.value for one in _own(facts)}:
            return (Problem("contract", "contract", _("Choose one of your own contracts.")),)
        if answers.get("option") and answers["option"] not in _sold(facts, contract):
            words = _("Choose a guarantee that is not yours already.")
            return (Problem("option", "option", words),)
        return ()

    def headline(self, facts: Facts, answers: Answers) -> str:
        name = _name(facts, answers)
        said = name.said_in(translation.get_language() or "fr") if name else ""
        return _("Add %(guarantee)s") % {"guarantee": said}

    def decision_form(self, request: Request, facts: Facts) -> tuple[Field | Group, ...]:
        return (Field(name="since", label=_("From which day"), type=FieldType.DATE),)

    def begin_decision(self, request: Request, facts: Facts) -> Answers:
        return {"since": request.content.answers["since"]}

    def effect(self, request: Request, facts: Facts, details: Answers) -> tuple[Change, ...]:
        answers = request.content.answers
        contract, name = facts.contract(answers["contract"]), _name(facts, answers)
        if contract is None or name is None:
            return ()
        since = date.fromisoformat(str(details.get("since") or answers["since"]))
        language = translation.get_language() or "fr"
        return (
            Change(
                title_of(facts, str(contract.id)),
                ", ".join(one.name.said_in(language) for one in contract.options) or _("no option"),
                _("with %(guarantee)s") % {"guarantee": name.said_in(language)},
                _("from %(day)s") % {"day": in_full(since)},
            ),
            Change(_("Price of the option"), "", _price(facts, contract, answers["option"])),
        )

    def reasons(self) -> tuple[Reason, ...]:
        return (
            Reason(
                "not-with-formula",
                _("Not sold with this formula"),
                _("This guarantee is not sold with your formula. Here is what is."),
            ),
        )

    def words_to_member(
        self, request: Request, facts: Facts, outcome: Outcome, details: Answers
    ) -> str:
        name = _name(facts, request.content.answers)
        if outcome is Outcome.REJECTED or name is None:
            return ""
        since = str(details.get("since") or request.content.answers["since"])
        return _("%(guarantee)s is part of your contract from %(day)s.") % {
            "guarantee": name.said_in(translation.get_language() or "fr"),
            "day": in_full(date.fromisoformat(since)),
        }

    def apply(
        self, request: Request, facts: Facts, decision: DecisionSeen, *, today: date, now: datetime
    ) -> None:
        answers = request.content.answers
        contract, name = facts.contract(answers["contract"]), _name(facts, answers)
        if contract is None or name is None:
            raise contracts.ContractEnded
        contracts.add_option(
            household=facts.household,
            contract=contract.id,
            code=answers["option"],
            name_fr=name.fr,
            name_en=name.en,
            first_day=date.fromisoformat(decision.details.get("since") or answers["since"]),
        )


def _own(facts: Facts) -> tuple[Option, ...]:
    """The contracts to which their member can add an option that is sold."""
    own = {
        str(one.id)
        for one in facts.in_force()
        if one.formula and not one.employer and _sold(facts, one)
    }
    return tuple(one for one in contract_options(facts) if one.value in own)


def _sold(facts: Facts, contract: ContractSeen) -> dict[str, Bilingual]:
    """The options sold with the formula of a contract, those it has left out."""
    formula = facts.formulas.get(contract.formula) if contract.formula else None
    if formula is None:
        return {}
    held = {one.code for one in contract.options if one.period.end is None}
    sold = prices(facts, contract).options(formula=formula.code, on=facts.today)
    return {code: name for code, name in sold.items() if code not in held}


def _name(facts: Facts, answers: Answers) -> Bilingual | None:
    contract = facts.contract(answers.get("contract", ""))
    return _sold(facts, contract).get(str(answers.get("option"))) if contract else None


def _price(facts: Facts, contract: ContractSeen, option: str) -> str:
    formula = facts.formulas.get(contract.formula) if contract.formula else None
    return month_of(facts, contract, formula, option=option, on=facts.today)


KIND = AddGuarantee()
