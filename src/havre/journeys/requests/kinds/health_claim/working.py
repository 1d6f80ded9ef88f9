"""A claim worked out as an agent has it: rates, shares of others, what is proposed, what is given instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from havre.commons.cases.words import Answers
from havre.domains.contracts.queries import ContractSeen
from havre.domains.health.actions import AcceptedLine
from havre.domains.health.queries import (
    Basis,
    Claimed,
    Proposed,
    ToPropose,
    Unclear,
    basis_of,
    propose_claim,
)
from havre.domains.health.words import Agreement, Said
from havre.domains.payments import queries as payments
from havre.domains.products import queries as products
from havre.domains.products.queries import FormulaSeen
from havre.domains.products.words import CeilingsCount
from havre.foundation.money import Money
from havre.foundation.refusals import Refusal
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kinds.health_claim.care import CareClaimed, agreements, lines_of
from havre.journeys.requests.kinds.health_claim.partly import clause_said, partly_said
from havre.journeys.requests.naming import money
from havre.journeys.requests.words import Request

Row = Mapping[str, str]


class CannotBePaid(Refusal):
    """Something that was filled in stands against it: the agent is told what."""


@dataclass(frozen=True)
class RateUsed:
    """Units of the contract's currency for one of the currency spent."""

    value: Decimal
    source: Said
    day: date


@dataclass(frozen=True, kw_only=True)
class LineWorked:
    """A line with what it is reimbursed. ``why`` says what was decided otherwise than proposed."""

    claimed: CareClaimed
    rate: RateUsed | None
    proposed: Proposed
    with_primary: bool
    given: Money | None = None
    why: Said | None = None
    clause: Said | None = None

    @property
    def reimbursed(self) -> Money:
        return self.given if self.given is not None else self.proposed.proposal.owed.reimbursed

    @property
    def left(self) -> Money:
        return self._accepted().left

    @property
    def reasons(self) -> Said | None:
        """Why something is left to pay."""
        return self._accepted().reasons

    @property
    def counted(self) -> Money:
        """What of it the limits count."""
        owed = self.proposed.proposal.owed
        return self.reimbursed + owed.primary if self.with_primary else self.reimbursed

    def accepted(self, answers: Answers) -> AcceptedLine:
        """The line as it is kept."""
        return self._accepted(
            provider=answers["provider"],
            country=answers["country"],
            rate_source=self.rate.source if self.rate else None,
            rate_day=self.rate.day if self.rate else None,
        )

    def _accepted(
        self,
        *,
        provider: str | None = None,
        country: str | None = None,
        rate_source: Said | None = None,
        rate_day: date | None = None,
    ) -> AcceptedLine:
        return AcceptedLine(
            proposed=self.proposed,
            act=Said(self.claimed.act),
            provider=provider,
            country=country,
            rate_source=rate_source,
            rate_day=rate_day,
            clause=self.clause,
            given=self.given,
            why=self.why,
        )


@dataclass(frozen=True, kw_only=True)
class Worked:
    """A claim worked out. ``against``: why it cannot be paid so, in words; then there may be no line."""

    contract: UUID
    basis: Basis | None = None
    lines: tuple[LineWorked, ...] = ()
    agreement: Agreement | None = None
    account: str = ""
    against: tuple[str, ...] = field(default=())

    @property
    def total(self) -> Money | None:
        """What is reimbursed altogether."""
        amounts = [line.reimbursed for line in self.lines]
        return sum(amounts[1:], amounts[0]) if amounts else None


def work(request: Request, facts: Facts, details: Answers) -> Worked:
    """The claim, with what an agent filled in. Needs the health of the household open.

    What is read is read once for these ``facts``.
    """
    return _Claim(request, facts, details).worked()


def rates_of(facts: Facts, contract: ContractSeen, answers: Answers) -> dict[date, RateUsed]:
    """The published rate of each day of care, where there is one; none where none is needed."""
    lines = lines_of(answers)
    currency = lines[0].spent.currency if lines else contract.currency
    if currency == contract.currency:
        return {}
    days = frozenset(line.day for line in lines)
    published = facts.once(
        ("rates", currency, contract.currency, days),
        lambda: payments.rates_on(currency=currency, to=contract.currency, days=days),
    )
    return {
        day: RateUsed(one.value, Said(one.source.said.fr, one.source.said.en), one.day)
        for day, one in published.items()
    }


def formulas_of(facts: Facts, contract: ContractSeen) -> dict[UUID, FormulaSeen]:
    """Every formula of the contract, with its guarantees."""
    held = frozenset(contract.formulas())
    return facts.once(("formulas", held), lambda: products.formulas_with_guarantees(ids=held))


def agreed(facts: Facts, answers: Answers) -> Agreement | None:
    """The agreement that the claim names."""
    number = answers.get("agreement", "")
    return next((one for one in agreements(facts) if one.number == number), None)


def agreement_for(facts: Facts, answers: Answers, line: CareClaimed) -> Agreement | None:
    """The same where it covers the line, under the contract of the claim."""
    found = agreed(facts, answers)
    if found is None or str(found.contract) != answers["contract"]:
        return None
    person = UUID(answers["person"])
    covers = found.covers(person=person, category=line.category, day=line.day)
    return found if covers else None


class _Claim:
    def __init__(self, request: Request, facts: Facts, details: Answers) -> None:
        self.answers, self.facts = request.content.answers, facts
        self.rows: Sequence[Row] = details.get("lines", [])
        self.contract = facts.contract(self.answers["contract"])
        self.person = facts.person(self.answers["person"])
        self.against: list[str] = []

    def worked(self) -> Worked:
        contract, person = self.contract, self.person
        id_ = UUID(self.answers["contract"])
        if contract is None or person is None:
            words = _("The person or the contract is no longer in this household’s file.")
            return Worked(contract=id_, against=(words,))
        basis = self.facts.once(
            ("basis", contract.id, person.id),
            lambda: basis_of(
                household=self.facts.household,
                person=person.id,
                contract=contract.id,
                currency=contract.currency,
            ),
        )
        rates = rates_of(self.facts, contract, self.answers)
        claimed = lines_of(self.answers)
        used = [self._rate(at, one, contract, rates) for at, one in enumerate(claimed)]
        if self.against:
            return Worked(contract=id_, basis=basis, against=tuple(self.against))
        lines = self._lines(basis, contract, claimed, used)
        return Worked(
            contract=id_,
            basis=basis,
            lines=lines,
            agreement=agreed(self.facts, self.answers),
            account=self.answers.get("account", ""),
            against=tuple(self.against),
        )

    def _rate(
        self,
        at: int,
        line: CareClaimed,
        contract: ContractSeen,
        published: Mapping[date, RateUsed],
    ) -> RateUsed | None:
        if line.spent.currency == contract.currency:
            return None
        row = self._row(at)
        typed = Decimal(row["rate"]) if row.get("rate") else None
        if typed is not None and typed > 0 and row.get("rate_source"):
            return RateUsed(typed, Said(row["rate_source"]), line.day)
        if line.day in published and typed is None:
            return published[line.day]
        words = _("Line %(number)d: no rate of %(currency)s is published. Give one and its source.")
        self.against.append(words % {"number": at + 1, "currency": line.spent.currency})
        return None

    def _lines(
        self,
        basis: Basis,
        contract: ContractSeen,
        claimed: Sequence[CareClaimed],
        rates: Sequence[RateUsed | None],
    ) -> tuple[LineWorked, ...]:
        formulas = formulas_of(self.facts, contract)

        def formula_on(day: date) -> FormulaSeen | None:
            held = contract.as_of(day).formula
            return formulas.get(held) if held else None

        try:
            asked = [
                ToPropose(
                    category=one.category,
                    claimed=self._claimed(at, one, rates[at], contract),
                    agreement=agreement_for(self.facts, self.answers, one),
                )
                for at, one in enumerate(claimed)
            ]
            proposed = propose_claim(basis, contract=contract, formula_on=formula_on, lines=asked)
        except Unclear:
            self.against.append(
                _("A guarantee is a percentage of the scheme’s base: give the base of each line.")
            )
            return ()
        return tuple(
            self._line(at, one, rates[at], proposed[at], formula_on(one.day))
            for at, one in enumerate(claimed)
        )

    def _claimed(
        self, at: int, line: CareClaimed, rate: RateUsed | None, contract: ContractSeen
    ) -> Claimed:
        return Claimed(
            care_date=line.day,
            spent=line.spent,
            rate=rate.value if rate else None,
            count=line.count,
            primary=self._money(at, "primary", contract.currency),
            other=self._money(at, "other", contract.currency),
            base=self._money(at, "base", contract.currency),
        )

    def _line(
        self,
        at: int,
        claimed: CareClaimed,
        rate: RateUsed | None,
        proposed: Proposed,
        formula: FormulaSeen | None,
    ) -> LineWorked:
        row, owed = self._row(at), proposed.proposal.owed
        given = self._money(at, "amount", owed.cost.currency)
        given = None if given == owed.reimbursed else given
        most = owed.left + owed.reimbursed
        if given is not None and given > most:
            words = _("Line %(number)d: at most %(amount)s can be reimbursed.")
            self.against.append(words % {"number": at + 1, "amount": money(most)})
        lowered = given is not None and given < owed.reimbursed
        if lowered and not row.get("why"):
            words = _(
                "Line %(number)d is reimbursed in part: choose the reason the member will read."
            )
            self.against.append(words % {"number": at + 1})
        return LineWorked(
            claimed=claimed,
            rate=rate,
            proposed=proposed,
            with_primary=bool(formula and formula.ceilings_count is CeilingsCount.WITH_PRIMARY),
            given=given,
            why=partly_said(row["why"]) if lowered and row.get("why") else None,
            clause=clause_said(row.get("clause", "")),
        )

    def _row(self, at: int) -> Row:
        return self.rows[at] if at < len(self.rows) else {}

    def _money(self, at: int, name: str, currency: str) -> Money | None:
        typed = self._row(at).get(name)
        return Money.rounded(typed, currency) if typed not in (None, "") else None


def told(said: Said | None) -> str:
    """Words of a line in the language in force."""
    return said.said_in(translation.get_language() or "fr") if said else ""
