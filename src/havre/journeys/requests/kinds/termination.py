"""Termination in three clicks (Code des assurances, L113-14 and D113-7; décret 2023-182).

Any time after the first year, without a reason, effective one month after the insurer has it (L113-15-2 and
R113-12); before that, at the next anniversary with two months' notice (L113-12), or at once for a reason that
the law knows (L113-16). The receipt, with the last day, is on a durable medium.
"""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from havre.commons.cases.queries import DecisionSeen
from havre.commons.cases.words import Answers, Outcome
from havre.domains.contracts import actions as contracts
from havre.domains.contracts.queries import ContractSeen
from havre.domains.contracts.words import ContractKind
from havre.domains.people.words import FamilyLink
from havre.foundation.dates import add_months
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.naming import contract_options, in_full, title_of
from havre.journeys.requests.words import (
    Change,
    Checked,
    Family,
    Field,
    FieldType,
    Group,
    Note,
    Option,
    Paper,
    Problem,
    Reason,
    Request,
    Step,
)

_NOTICE_MONTHS = 2


class Termination(Kind):
    code = "termination"
    family = Family.CONTRACTS
    icon = "box-arrow-right"
    target_days = 2
    legal_mails = True

    def title(self) -> str:
        return _("End my contract")

    def summary(self) -> str:
        return _("Free, in three clicks; the receipt says the last day.")

    def search_words(self) -> str:
        return _("terminate cancel termination stop leave end resign")

    def closed_because(self, facts: Facts) -> str:
        if facts.me.link is not FamilyLink.HOLDER:
            return _("Only the policyholder can end the contract.")
        if not facts.in_force():
            return _("You have no contract in force.")
        if not _own(facts):
            return _(
                "Your contract is your employer’s: your employer ends it, or your cover ends with "
                "your work. Ask them, or write to us."
            )
        return ""

    def begin(self, facts: Facts) -> Answers:
        only = _own(facts)
        return {"contract": only[0].value} if len(only) == 1 else {}

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        return (
            Step(
                name="contract",
                title=_("Which contract, and when"),
                parts=(
                    Note(
                        words=_(
                            "After one year you can end it at any time, without a reason and without "
                            "cost; it ends one month after this request. Care of before that day is "
                            "still reimbursed. What was paid for days after it is given back."
                        )
                    ),
                    Field(
                        name="contract",
                        label=_("Which contract"),
                        type=FieldType.CONTRACT,
                        options=_own(facts),
                    ),
                    Field(
                        name="reason", label=_("Reason"), type=FieldType.CHOICE, options=_reasons()
                    ),
                    Field(
                        name="wished",
                        label=_("Last day that you wish"),
                        type=FieldType.DATE,
                        required=False,
                        hint=_("Left empty: as early as the contract and the law allow"),
                        at_least=facts.today.isoformat(),
                    ),
                ),
            ),
        )

    def problems(self, facts: Facts, answers: Answers) -> tuple[Problem, ...]:
        if answers.get("contract") in {option.value for option in _own(facts)}:
            return ()
        return (Problem("contract", "contract", _("Choose one of your own contracts.")),)

    def papers(self, facts: Facts, answers: Answers) -> tuple[Paper, ...]:
        if answers.get("reason") != "change":
            return ()
        return (
            Paper(
                code="situation",
                label=_("Proof of the change"),
                hint=_("A certificate, a letter of your employer"),
                why=_("It lets the contract end before its first year is over."),
            ),
        )

    def headline(self, facts: Facts, answers: Answers) -> str:
        title = title_of(facts, str(answers.get("contract", "")))
        return _("End %(contract)s") % {"contract": title}

    def checked(self, request: Request, facts: Facts) -> tuple[Checked, ...]:
        contract = facts.contract(request.content.answers["contract"])
        if contract is None:
            return (Checked(_("The contract is no longer there"), passed=False),)
        over = over_a_year(contract, on=request.case.filed_at.date())
        words = _("Insured for more than a year") if over else _("In its first year")
        return (Checked(words, passed=over),)

    def decision_form(self, request: Request, facts: Facts) -> tuple[Field | Group, ...]:
        return (Field(name="last_day", label=_("Last day of the contract"), type=FieldType.DATE),)

    def begin_decision(self, request: Request, facts: Facts) -> Answers:
        answers = request.content.answers
        contract = facts.contract(answers["contract"])
        if contract is None:
            return {}
        earliest = earliest_last_day(contract, answers["reason"], on=request.case.filed_at.date())
        wished = answers.get("wished")
        chosen = max(earliest, date.fromisoformat(wished)) if wished else earliest
        return {"last_day": chosen.isoformat()}

    def effect(self, request: Request, facts: Facts, details: Answers) -> tuple[Change, ...]:
        contract = facts.contract(request.content.answers["contract"])
        if contract is None:
            return ()
        before = contract.period.end
        last = str(details.get("last_day") or "")
        return (
            Change(
                title_of(facts, str(contract.id)),
                _("until %(day)s") % {"day": in_full(before)} if before else _("without an end"),
                _("until %(day)s") % {"day": in_full(date.fromisoformat(last))} if last else "",
                _("%(number)d people covered") % {"number": len(contract.people())},
            ),
        )

    def reasons(self) -> tuple[Reason, ...]:
        return (
            Reason(
                "first-year",
                _("In its first year, without a reason that the law knows"),
                _(
                    "Your contract is in its first year. You can end it at its anniversary; we keep "
                    "your request ready for that day if you wish."
                ),
                _("Code des assurances, L113-12"),
            ),
        )

    def words_to_member(
        self, request: Request, facts: Facts, outcome: Outcome, details: Answers
    ) -> str:
        if outcome is Outcome.REJECTED or not details.get("last_day"):
            return ""
        last = in_full(date.fromisoformat(details["last_day"]))
        return _(
            "Your contract ends on %(day)s, that day included. Your space stays open for two years: "
            "your décomptes and certificates remain there."
        ) % {"day": last}

    def apply(
        self, request: Request, facts: Facts, decision: DecisionSeen, *, today: date, now: datetime
    ) -> None:
        contract = facts.contract(request.content.answers["contract"])
        if contract is None:
            raise contracts.AlreadyEnding
        contracts.end_contract(
            household=facts.household,
            contract=contract.id,
            last_day=date.fromisoformat(decision.details["last_day"]),
        )


def over_a_year(contract: ContractSeen, *, on: date) -> bool:
    """Whether the first year of the contract is over (L113-15-2)."""
    start = contract.period.start
    return start is None or add_months(start, 12) <= on


def earliest_last_day(contract: ContractSeen, reason: str, *, on: date) -> date:
    """The earliest last day when it is asked for on a day.

    After a year, or for a change that the law knows: one month after. Before: the eve of the next
    anniversary that leaves two months of notice.
    """
    if over_a_year(contract, on=on) or reason == "change":
        return add_months(on, 1)
    start, noticed = contract.period.start, add_months(on, _NOTICE_MONTHS)
    if start is None:
        return noticed
    anniversary = start
    while anniversary < noticed:
        anniversary = add_months(start, 12 * (anniversary.year - start.year + 1))
    return anniversary - timedelta(days=1)


def _own(facts: Facts) -> tuple[Option, ...]:
    """The individual contracts: a collective one is its employer's to end."""
    individual = {str(one.id) for one in facts.in_force() if one.kind is ContractKind.INDIVIDUAL}
    return tuple(one for one in contract_options(facts) if one.value in individual)


def _reasons() -> tuple[Option, ...]:
    return (
        Option("year", _("I have been insured for more than a year")),
        Option("anniversary", _("At the next anniversary of the contract")),
        Option("change", _("My situation changes: return to France, marriage, work, retirement")),
        Option("price", _("The contribution goes up")),
        Option("other", _("Another reason")),
    )


KIND = Termination()
