"""What an agent fills in to validate a claim: a row a line of care."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from havre.commons.cases.words import Answers
from havre.domains.contracts.queries import ContractSeen
from havre.domains.payments import queries as payments
from havre.domains.products.words import PercentOf
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kinds.health_claim.care import lines_of
from havre.journeys.requests.kinds.health_claim.partly import partly_options
from havre.journeys.requests.kinds.health_claim.working import formulas_of, rates_of
from havre.journeys.requests.words import Field, FieldType, Group, Request


def questions(request: Request, facts: Facts) -> Group:
    """One row a line, in their order. An amount left empty is what the rules work out."""
    answers = request.content.answers
    contract = facts.contract(answers["contract"])
    count = len(lines_of(answers))
    return Group(
        name="lines",
        label=_("Reimbursed in part, or worked out otherwise"),
        one=_("Line"),
        add="",
        fields=tuple(_fields(facts, answers, contract)),
        at_least=count,
        at_most=count,
    )


def is_large(request: Request, *, from_euros: int) -> bool:
    """Whether the claim is of so many euros; one that nobody can convert counts as large."""
    lines = lines_of(request.content.answers)
    currency = lines[0].spent.currency
    total = sum(line.spent.amount for line in lines)
    day = max(line.day for line in lines)
    rate = payments.rates_on(currency=currency, to="EUR", days=[day]).get(day)
    return rate is None or total * rate.value >= from_euros


def _fields(facts: Facts, answers: Answers, contract: ContractSeen | None) -> Iterator[Field]:
    currency = contract.currency if contract else "EUR"
    yield _figure("primary", _("Paid by the CFE or social security, in %(currency)s"), currency)
    yield _figure("other", _("Paid by another insurer, in %(currency)s"), currency)
    if contract and _by_base(facts, contract):
        yield _figure("base", _("The scheme’s base, in %(currency)s"), currency)
    if contract and _lacks_a_rate(facts, contract, answers):
        yield Field(
            name="rate",
            label=_("Rate: %(currency)s for one of the currency paid") % {"currency": currency},
            type=FieldType.NUMBER,
            required=False,
        )
        yield Field(name="rate_source", label=_("Who publishes it"), required=False, at_most="80")
    yield _figure("amount", _("Reimburse instead, in %(currency)s"), currency)
    yield Field(
        name="why",
        label=_("Why less"),
        type=FieldType.CHOICE,
        required=False,
        options=partly_options(),
    )
    yield Field(name="clause", label=_("Clause of the conditions"), required=False, at_most="120")


def _figure(name: str, label: str, currency: str) -> Field:
    return Field(
        name=name,
        label=label % {"currency": currency},
        type=FieldType.NUMBER,
        required=False,
        at_least="0",
    )


def _by_base(facts: Facts, contract: ContractSeen) -> bool:
    return any(
        one.percent_of is PercentOf.BASE
        for formula in formulas_of(facts, contract).values()
        for one in formula.guarantees
    )


def _lacks_a_rate(facts: Facts, contract: ContractSeen, answers: Answers) -> bool:
    published = rates_of(facts, contract, answers)
    return any(
        line.spent.currency != contract.currency and line.day not in published
        for line in lines_of(answers)
    )
