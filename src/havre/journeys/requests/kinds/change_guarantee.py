"""Another formula of the same product: both tables and both prices side by side before sending."""

from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from havre.commons.cases.queries import DecisionSeen
from havre.commons.cases.words import Answers, Outcome
from havre.domains.contracts import actions as contracts
from havre.domains.contracts.queries import ContractSeen
from havre.domains.contracts.words import Facts as ContractFacts
from havre.domains.products import queries as products
from havre.domains.products.queries import FormulaSeen
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
    Note,
    Option,
    Part,
    Problem,
    Reason,
    Request,
    Step,
)


class ChangeGuarantee(Kind):
    code = "change-guarantee"
    family = Family.CONTRACTS
    icon = "arrow-left-right"
    target_days = 3

    def title(self) -> str:
        return _("Change my level of cover")

    def summary(self) -> str:
        return _("See the new guarantees and the new price beside yours before you send.")

    def search_words(self) -> str:
        return _("formula guarantee level upgrade downgrade better cheaper cover price")

    def closed_because(self, facts: Facts) -> str:
        if not facts.in_force():
            return _("You have no contract in force.")
        if not any(one.formula for one in facts.in_force()):
            return _("Your contract has no formula that we know of. Write to us.")
        if all(one.employer for one in facts.in_force()):
            return _("The level of cover of a company contract is your employer’s to choose.")
        return ""

    def begin(self, facts: Facts) -> Answers:
        only = _own(facts)
        return {"contract": only[0].value} if len(only) == 1 else {}

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        contract = facts.contract(answers.get("contract", ""))
        choice = Field(
            name="contract", label=_("Which contract"), type=FieldType.CONTRACT, options=_own(facts)
        )
        if contract is None or contract.formula is None:
            return (Step(name="contract", title=_("Your contract"), parts=(choice,)),)
        parts: tuple[Part, ...] = (
            choice,
            Field(
                name="formula",
                label=_("The formula you wish"),
                type=FieldType.CHOICE,
                options=_offered(facts, contract),
            ),
            Field(
                name="since",
                label=_("From which day"),
                type=FieldType.DATE,
                hint=_("The first of a month, most often"),
                at_least=facts.today.isoformat(),
            ),
        )
        return (
            Step(name="formula", title=_("The new formula"), parts=parts),
            Step(
                name="compare", title=_("Side by side"), parts=_compared(facts, contract, answers)
            ),
        )

    def problems(self, facts: Facts, answers: Answers) -> tuple[Problem, ...]:
        contract = facts.contract(answers.get("contract", ""))
        if contract is None or answers.get("contract") not in {one.value for one in _own(facts)}:
            return (Problem("contract", "contract", _("Choose one of your own contracts.")),)
        offered = {option.value for option in _offered(facts, contract)}
        if answers.get("formula") and answers["formula"] not in offered:
            words = _("Choose a formula that is not yours already.")
            return (Problem("formula", "formula", words),)
        return ()

    def headline(self, facts: Facts, answers: Answers) -> str:
        found = _formula(facts, answers)
        name = found.title(translation.get_language() or "fr") if found else ""
        return _("Change to %(formula)s") % {"formula": name}

    def decision_form(self, request: Request, facts: Facts) -> tuple[Field | Group, ...]:
        return (Field(name="since", label=_("From which day"), type=FieldType.DATE),)

    def begin_decision(self, request: Request, facts: Facts) -> Answers:
        return {"since": request.content.answers["since"]}

    def effect(self, request: Request, facts: Facts, details: Answers) -> tuple[Change, ...]:
        answers = request.content.answers
        contract, formula = facts.contract(answers["contract"]), _formula(facts, answers)
        if contract is None or formula is None:
            return ()
        before = products.formulas(ids=[contract.formula]).get(contract.formula or formula.id)
        since = date.fromisoformat(str(details.get("since") or answers["since"]))
        language = translation.get_language() or "fr"
        return (
            Change(
                _("Formula"),
                before.title(language) if before else "",
                formula.title(language),
                _("from %(day)s") % {"day": in_full(since)},
            ),
            Change(
                _("Price of a month"),
                month_of(facts, contract, before, on=since),
                month_of(facts, contract, formula, on=since),
                _("%(number)d people covered") % {"number": len(contract.people())},
            ),
        )

    def reasons(self) -> tuple[Reason, ...]:
        return (
            Reason(
                "not-before",
                _("Only at an anniversary"),
                _("Your contract lets the level of cover change at its anniversary."),
            ),
            Reason(
                "arrears",
                _("Contributions are due"),
                _("Contributions of your contract are due. Once they are paid, ask again."),
            ),
        )

    def words_to_member(
        self, request: Request, facts: Facts, outcome: Outcome, details: Answers
    ) -> str:
        formula = _formula(facts, request.content.answers)
        if outcome is Outcome.REJECTED or formula is None:
            return ""
        since = str(details.get("since") or request.content.answers["since"])
        return _(
            "Your contract is under %(formula)s from %(day)s. Care of before that day is reimbursed "
            "as it was."
        ) % {
            "formula": formula.title(translation.get_language() or "fr"),
            "day": in_full(date.fromisoformat(since)),
        }

    def apply(
        self, request: Request, facts: Facts, decision: DecisionSeen, *, today: date, now: datetime
    ) -> None:
        answers = request.content.answers
        contract, formula = facts.contract(answers["contract"]), _formula(facts, answers)
        if contract is None or formula is None:
            raise contracts.ContractEnded
        since = str(decision.details.get("since") or answers["since"])
        contracts.change_facts(
            household=facts.household,
            contract=contract.id,
            since=date.fromisoformat(since),
            facts=ContractFacts(formula.id, contract.scheme, contract.zone),
            today=today,
        )


def _own(facts: Facts) -> tuple[Option, ...]:
    """The contracts whose formula their member chooses."""
    own = {str(one.id) for one in facts.in_force() if one.formula and not one.employer}
    return tuple(one for one in contract_options(facts) if one.value in own)


def _siblings(facts: Facts, contract: ContractSeen) -> list[FormulaSeen]:
    """The formulas of its product, in its currency."""
    held = facts.formulas.get(contract.formula) if contract.formula else None
    found = products.formulas_of(product=held.product_code) if held else []
    return [one for one in found if one.currency in (None, contract.currency)]


def _offered(facts: Facts, contract: ContractSeen) -> tuple[Option, ...]:
    language = translation.get_language() or "fr"
    listed = prices(facts, contract)
    return tuple(
        Option(
            str(one.id),
            one.title(language),
            month_of(facts, contract, one, on=facts.today, listed=listed),
        )
        for one in _siblings(facts, contract)
        if one.id != contract.formula
    )


def _formula(facts: Facts, answers: Answers) -> FormulaSeen | None:
    contract = facts.contract(answers.get("contract", ""))
    if contract is None:
        return None
    wanted = str(answers.get("formula", ""))
    return next((one for one in _siblings(facts, contract) if str(one.id) == wanted), None)


def _compared(facts: Facts, contract: ContractSeen, answers: Answers) -> tuple[Part, ...]:
    """Both tables, a row a guarantee that either has, and both prices above them."""
    siblings = {one.id: one for one in _siblings(facts, contract)}
    mine = siblings.get(contract.formula) if contract.formula else None
    wanted = next(
        (one for one in siblings.values() if str(one.id) == str(answers.get("formula"))), None
    )
    if mine is None or wanted is None:
        return (Note(words=_("Choose a formula first: both are then shown side by side.")),)
    language, listed = translation.get_language() or "fr", prices(facts, contract)
    head = ("", mine.title(language), wanted.title(language))
    price = (
        _("Price of a month"),
        month_of(facts, contract, mine, on=facts.today, listed=listed),
        month_of(facts, contract, wanted, on=facts.today, listed=listed),
    )
    texts = [
        {one.label.said_in(language): one.text.said_in(language) for one in formula.guarantees}
        for formula in (mine, wanted)
    ]
    labels = dict.fromkeys([*texts[0], *texts[1]])
    none = _("not covered")
    rows = tuple((label, texts[0].get(label, none), texts[1].get(label, none)) for label in labels)
    why = _("Your guarantees beside those of the formula you wish, and what each costs a month.")
    same_contract = title_of(facts, str(contract.id))
    return (Note(words=why, rows=(head, price, *rows), caption=same_contract),)


KIND = ChangeGuarantee()
