"""Asking whether planned care will be reimbursed, before it is given."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.cases.queries import DecisionSeen
from havre.commons.cases.words import Answers, Clocks, Outcome
from havre.commons.documents.words import Compartment
from havre.domains.contracts import actions as contracts
from havre.domains.contracts.queries import ContractSeen
from havre.domains.health import actions as health
from havre.domains.health.words import Agreement, Category
from havre.foundation.dates import add_months
from havre.foundation.money import Money
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.kinds.health_claim import before
from havre.journeys.requests.kinds.health_claim.care import (
    agreements,
    begun,
    category_name,
    category_options,
    claimants,
    contracts_of,
    is_covered,
    worth,
)
from havre.journeys.requests.kinds.health_claim.checklist import Care, papers_for
from havre.journeys.requests.naming import in_full, money, title_of
from havre.journeys.requests.words import (
    Change,
    Checked,
    Earlier,
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

_VALID_MONTHS = 6
"""How long after the planned care an agreement is offered to hold."""
_BEFORE_CARE = timedelta(days=1)


class AskAgreement(Kind):
    code = "prior-agreement"
    family = Family.CONTRACTS
    icon = "clipboard-check"
    compartment = Compartment.HEALTH
    target_days = 5
    needs = "requests.decide_health"

    def title(self) -> str:
        return _("Ask for an agreement before care")

    def summary(self) -> str:
        return _(
            "A stay in hospital, a prosthesis or a series, so that you know what is reimbursed."
        )

    def search_words(self) -> str:
        return _("prior agreement hospital operation surgery prosthesis quote series planned care")

    def closed_because(self, facts: Facts) -> str:
        return "" if contracts_of(facts) else _("None of your contracts covers care yet.")

    def begin(self, facts: Facts) -> Answers:
        return begun(facts)

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        return (
            Step(name="care", title=_("The planned care"), parts=tuple(_care(facts))),
            Step(
                name="papers",
                title=_("The papers"),
                papers=True,
                aside="portal/requests/aside_claim.jinja",
            ),
        )

    def problems(self, facts: Facts, answers: Answers) -> tuple[Problem, ...]:
        found = []
        if answers.get("person") and not any(
            str(one.id) == answers["person"] for one in claimants(facts)
        ):
            words = _(
                "Choose yourself, one of your children, or an adult who shares their care with you."
            )
            found.append(Problem("care", "person", words))
        if answers.get("contract") and _contract(facts, answers) is None:
            found.append(Problem("care", "contract", _("Choose one of your contracts.")))
        first, last = answers.get("first_day", ""), answers.get("last_day", "")
        if first and last and last < first:
            found.append(
                Problem("care", "last_day", _("The last day comes before the first. Check both."))
            )
        return tuple(found)

    def papers(self, facts: Facts, answers: Answers) -> tuple[Paper, ...]:
        cost = _cost(answers)
        euros = worth(facts, [cost] if cost else [])
        category = answers.get("category", "")
        care = Care(
            categories=frozenset({category} if category else ()),
            country=answers.get("country", ""),
            series=int(answers.get("count") or 1) > 1,
            amount=Decimal("Infinity") if euros is None else euros,
        )
        return papers_for("AGREEMENT", care)

    def earlier(self, request: Request, facts: Facts) -> tuple[Earlier, ...]:
        answers = request.content.answers
        return before.earlier(
            request,
            facts,
            person=answers.get("person", ""),
            categories={answers["category"]} if answers.get("category") else (),
            days=(),
            provider=answers.get("provider", ""),
        )

    def headline(self, facts: Facts, answers: Answers) -> str:
        return str(answers.get("act") or self.title())

    def clocks(self, filed_at: datetime, answers: Answers) -> Clocks:
        """Before the care, where that is soon: an answer after an admission is none."""
        usual = super().clocks(filed_at, answers)
        if not answers.get("first_day"):
            return usual
        zone = ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)
        eve = date.fromisoformat(answers["first_day"]) - _BEFORE_CARE
        before = datetime.combine(eve, time(12), zone)
        return Clocks(due_at=max(filed_at, min(usual.due_at, before)))

    # ── the desk ───────────────────────────────────────────────────────────────────────────────

    def checked(self, request: Request, facts: Facts) -> tuple[Checked, ...]:
        return tuple(_checked(request, facts))

    def decision_form(self, request: Request, facts: Facts) -> tuple[Field | Group, ...]:
        contract = _contract(facts, request.content.answers)
        currency = contract.currency if contract else "EUR"
        return (
            Field(
                name="limit",
                label=_("Up to, in %(currency)s") % {"currency": currency},
                type=FieldType.NUMBER,
                required=False,
                hint=_("Left empty: the limits of the contract alone"),
                at_least="0",
            ),
            Field(
                name="percent",
                label=_("Percent of the cost"),
                type=FieldType.NUMBER,
                required=False,
                at_least="1",
                at_most="100",
            ),
            Field(name="first_day", label=_("Holds from"), type=FieldType.DATE),
            Field(name="last_day", label=_("Holds until"), type=FieldType.DATE),
        )

    def begin_decision(self, request: Request, facts: Facts) -> Answers:
        answers = request.content.answers
        contract, cost = _contract(facts, answers), _cost(answers)
        last = date.fromisoformat(answers.get("last_day") or answers["first_day"])
        found = {
            "first_day": answers["first_day"],
            "last_day": add_months(last, _VALID_MONTHS).isoformat(),
        }
        if contract and cost and cost.currency == contract.currency:
            found["limit"] = format(cost.amount, "f")
        return found

    def effect(self, request: Request, facts: Facts, details: Answers) -> tuple[Change, ...]:
        agreement = _agreement(request, facts, details)
        if agreement is None:
            return ()
        said = f"{category_name(agreement.category)}, {agreement.act}"
        return (Change(said, _("no agreement"), _said(agreement), request.case.number),)

    def stands_against(self, request: Request, facts: Facts, details: Answers) -> tuple[str, ...]:
        agreement = _agreement(request, facts, details)
        if agreement is None:
            return (_("Say from which day until which day it holds."),)
        if agreement.last_day < agreement.first_day:
            return (_("The last day comes before the first. Check both."),)
        return ()

    def reasons(self) -> tuple[Reason, ...]:
        return (
            Reason(
                "not-covered",
                _("The contract does not reimburse this care"),
                _("Your contract does not reimburse this care."),
            ),
            Reason(
                "not-needed",
                _("The papers do not show that it is needed"),
                _("The papers you sent do not show why this care is needed."),
            ),
            Reason(
                "other-care",
                _("Other care is enough"),
                _("Our medical adviser finds that other care would serve as well."),
            ),
        )

    def words_to_member(
        self, request: Request, facts: Facts, outcome: Outcome, details: Answers
    ) -> str:
        agreement = _agreement(request, facts, details)
        if outcome is Outcome.REJECTED or agreement is None:
            return ""
        return _(
            "We agree: %(what)s. When you claim, choose agreement %(number)s in the form. Waiting "
            "periods and limits of your contract still apply."
        ) % {"what": _said(agreement), "number": agreement.number}

    def apply(
        self, request: Request, facts: Facts, decision: DecisionSeen, *, today: date, now: datetime
    ) -> None:
        agreement = _agreement(request, facts, decision.details)
        contract = _contract(facts, request.content.answers)
        if agreement is None or contract is None:
            raise contracts.ContractEnded
        health.agree(
            household=facts.household, agreement=agreement, currency=contract.currency, now=now
        )


def _care(facts: Facts) -> Iterator[Field]:
    people = tuple(Option(str(one.id), one.full_name) for one in claimants(facts))
    held = tuple(
        Option(str(one.id), title_of(facts, str(one.id)), one.number) for one in contracts_of(facts)
    )
    yield Field(name="person", label=_("Whose care"), type=FieldType.PERSON, options=people)
    yield Field(name="contract", label=_("Which contract"), type=FieldType.CONTRACT, options=held)
    yield Field(
        name="category", label=_("Kind of care"), type=FieldType.CHOICE, options=category_options()
    )
    yield Field(
        name="act",
        label=_("Which care"),
        hint=_("As on the quote: hip prosthesis, two crowns, twenty sessions"),
        at_most="120",
    )
    yield Field(
        name="count",
        label=_("How many sessions"),
        type=FieldType.NUMBER,
        required=False,
        at_least="1",
        at_most="365",
        when=("category", tuple(one.value for one in _IN_SERIES)),
    )
    yield from _when_and_where(facts)


def _when_and_where(facts: Facts) -> Iterator[Field]:
    yield Field(name="provider", label=_("Who will give the care"), at_most="120")
    yield Field(name="country", label=_("In which country"), type=FieldType.COUNTRY)
    yield Field(
        name="first_day",
        label=_("First day"),
        type=FieldType.DATE,
        hint=_("Of the stay or of the first session. If it is soon, we answer before"),
    )
    yield Field(name="last_day", label=_("Last day"), type=FieldType.DATE, required=False)
    yield Field(
        name="cost",
        label=_("Estimated cost"),
        type=FieldType.AMOUNT,
        given=tuple(dict.fromkeys(one.currency for one in facts.contracts)),
        at_least="0.01",
    )


_IN_SERIES = (
    Category.NURSING,
    Category.SPECIALIST,
    Category.MENTAL_HEALTH,
    Category.COMPLEMENTARY,
    Category.OTHER,
)


def _checked(request: Request, facts: Facts) -> Iterator[Checked]:
    answers = request.content.answers
    first = date.fromisoformat(answers["first_day"])
    contract, person = _contract(facts, answers), facts.person(answers["person"])
    covered = bool(contract and person and is_covered(contract, person, first))
    day = {"day": in_full(first)}
    yield Checked(
        _("Covered on %(day)s") % day if covered else _("Not covered on %(day)s") % {**day},
        passed=covered,
    )
    again = [
        one.number
        for one in agreements(facts)
        if str(one.person) == answers["person"]
        and one.category == answers["category"]
        and one.first_day <= first <= one.last_day
    ]
    numbers = {"numbers": ", ".join(again)}
    yield Checked(
        _("Agreed to before: %(numbers)s") % numbers if again else _("Nothing was agreed to yet"),
        passed=not again,
    )
    ahead = first > request.case.filed_at.date()
    yield Checked(
        _("Asked before the care") if ahead else _("Asked once the care had begun"), passed=ahead
    )


def _contract(facts: Facts, answers: Answers) -> ContractSeen | None:
    return next(
        (one for one in contracts_of(facts) if str(one.id) == answers.get("contract")), None
    )


def _cost(answers: Answers) -> Money | None:
    held = answers.get("cost")
    return Money.rounded(held["amount"], held["currency"]) if held else None


def _agreement(request: Request, facts: Facts, details: Answers) -> Agreement | None:
    """What would be agreed to; none while a day is missing."""
    answers = request.content.answers
    contract = _contract(facts, answers)
    if contract is None or not details.get("first_day") or not details.get("last_day"):
        return None
    limit, percent = details.get("limit"), details.get("percent")
    return Agreement(
        number=request.case.number,
        person=UUID(answers["person"]),
        contract=contract.id,
        category=Category(answers["category"]),
        act=answers["act"],
        provider=answers["provider"],
        first_day=date.fromisoformat(details["first_day"]),
        last_day=date.fromisoformat(details["last_day"]),
        limit=Money.rounded(limit, contract.currency) if limit else None,
        percent=int(Decimal(percent)) if percent else None,
    )


def _said(agreement: Agreement) -> str:
    """Up to what, and on which days."""
    days = {"first": in_full(agreement.first_day), "last": in_full(agreement.last_day)}
    parts = [
        _("up to %(amount)s") % {"amount": money(agreement.limit)} if agreement.limit else "",
        _("%(percent)d%% of the cost") % {"percent": agreement.percent}
        if agreement.percent
        else "",
        _("from %(first)s to %(last)s") % days,
    ]
    return ", ".join(filter(None, parts))


KIND = AskAgreement()
