"""What a claim would be reimbursed, by the contract on the day of each care and what was used before.

For those who decide of a claim, who have opened the health of the household: nothing is masked here.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from havre.domains.contracts.queries import ContractSeen
from havre.domains.contracts.words import Standing
from havre.domains.health.models import Line
from havre.domains.health.queries.lines import stated
from havre.domains.health.queries.meters import place_of
from havre.domains.health.rules.proposal import Claimed, Proposal, Terms, Unclear, propose
from havre.domains.health.rules.room import Limits, Past, room
from havre.domains.health.words import Agreement, Category, Said
from havre.domains.products.queries import FormulaSeen, GuaranteeSeen
from havre.domains.products.words import CeilingsCount, CeilingYear, PriorAgreement
from havre.foundation.money import Money
from havre.foundation.names import sort_key


@dataclass(frozen=True)
class Basis:
    """What one person used under a contract, paid or accepted. ``mark`` changes when any of it does."""

    person: UUID
    currency: str
    past: tuple[Past, ...]
    mark: str


@dataclass(frozen=True, kw_only=True)
class ToPropose:
    """A line of a claim, under the guarantee at ``place`` of the formula; none: its category's, if that
    is one row. ``agreement``: what was agreed to that covers it."""

    category: Category
    claimed: Claimed
    place: int | None = None
    agreement: Agreement | None = None


@dataclass(frozen=True)
class Proposed:
    """A line worked out, with the guarantee that it was worked out by, none where none is meant."""

    asked: ToPropose
    guarantee: GuaranteeSeen | None
    proposal: Proposal


@dataclass(frozen=True)
class EarlierCare:
    """A line of the household that is on file, by what one knows the same care again."""

    claim: str
    care_date: date
    provider: str | None
    spent: Money | None

    def is_same(self, *, day: date, provider: str, spent: Money) -> bool:
        """Of the same day and amount, at the same provider, or at one that was not stated."""
        own = sort_key(self.provider) if self.provider else None
        return (self.care_date, self.spent) == (day, spent) and own in {None, sort_key(provider)}


@dataclass(frozen=True)
class SettledCare:
    """A line that was settled, as those who decide of the next one read it."""

    care_date: date
    act: Said
    provider: str | None
    spent: Money | None
    reimbursed: Money | None
    settled_on: date | None

    def is_like(self, *, day: date, provider: str) -> bool:
        """Of the same day, at the same provider or at one that was not stated: perhaps the same care."""
        own = sort_key(self.provider) if self.provider else None
        return self.care_date == day and own in {None, sort_key(provider)}


def care_on(*, household: UUID, days: Iterable[date], but: str) -> list[EarlierCare]:
    """Lines of these days, settled or accepted, those of the claim ``but`` left out. One statement."""
    rows = Line.objects.filter(household_id=household, care_date__in=list(days)).exclude(claim=but)
    return [
        EarlierCare(
            row.claim, row.care_date, row.provider, stated(row.spent, row.spent_currency or "")
        )
        for row in rows.order_by("care_date", "id")
    ]


def settled_before(
    *, household: UUID, person: UUID, categories: Collection[Category], but: str, size: int
) -> list[SettledCare]:
    """Care of these kinds that was settled to a person, the latest first, the claim ``but`` left out.

    One statement.
    """
    rows = Line.objects.filter(
        household_id=household,
        person_id=person,
        category__in=list(categories),
        settled_on__isnull=False,
    ).exclude(claim=but)
    return [
        SettledCare(
            care_date=row.care_date,
            act=Said(row.act, row.act_en),
            provider=row.provider,
            spent=stated(row.spent, row.spent_currency or row.currency),
            reimbursed=stated(row.reimbursed, row.currency),
            settled_on=row.settled_on,
        )
        for row in rows.order_by("-care_date", "-id")[:size]
    ]


def basis_of(*, household: UUID, person: UUID, contract: UUID, currency: str) -> Basis:
    """What counts before a claim: lines that were paid, and those accepted that will be. One statement."""
    rows = list(
        Line.objects.filter(
            household_id=household,
            person_id=person,
            contract_id=contract,
            currency=currency,
            reimbursed__isnull=False,
        ).order_by("id")
    )
    said = "\n".join(
        f"{row.id} {row.reimbursed} {row.primary_share} {row.settled_on} {row.ceiling_left}"
        for row in rows
    )
    past = tuple(_past(row, currency) for row in rows)
    return Basis(person, currency, past, sha256(said.encode()).hexdigest())


def propose_claim(
    basis: Basis,
    *,
    contract: ContractSeen,
    formula_on: Callable[[date], FormulaSeen | None],
    lines: Sequence[ToPropose],
    deductible: Decimal | None = None,
) -> tuple[Proposed, ...]:
    """The lines worked out in their order, each with what those before it left. Asks nothing.

    ``formula_on`` gives the formula in force on a day, with its guarantees; ``deductible`` is that of one
    person and year, where the contract has one. Refuses ``Unclear``.
    """
    past, made = list(basis.past), []
    for line in lines:
        formula = formula_on(line.claimed.care_date)
        one = _proposed(
            basis, past, contract=contract, formula=formula, line=line, deductible=deductible
        )
        made.append(one)
        past.append(_as_past(one))
    return tuple(made)


def _proposed(
    basis: Basis,
    past: Sequence[Past],
    *,
    contract: ContractSeen,
    formula: FormulaSeen | None,
    line: ToPropose,
    deductible: Decimal | None,
) -> Proposed:
    day, table = line.claimed.care_date, formula.guarantees if formula else ()
    if formula and formula.currency not in {None, basis.currency}:
        raise Unclear("the formula counts in another currency than the contract")
    place = line.place
    if place is None:
        place = place_of(table, category=line.category, guarantee=None)
    guarantee = table[place] if place is not None else None
    terms = _terms(basis, contract, formula, guarantee, day)
    if line.agreement:
        terms = replace(terms, agreed_percent=line.agreement.percent)
    limits = Limits(
        currency=basis.currency,
        year=contract.ceiling_year(formula.year if formula else CeilingYear.CALENDAR, on=day),
        ceilings=terms.ceilings,
        with_primary=terms.with_primary,
        overall=formula.overall_ceiling if formula else None,
        deductible=deductible,
        agreement=line.agreement,
    )
    own = [one for one in past if _counts_under(table, one) == place]
    left = room(limits, of_guarantee=own, everything=past, on=day)
    claimed = replace(line.claimed, agreed=line.claimed.agreed or bool(line.agreement))
    return Proposed(line, guarantee, propose(claimed, terms=terms, room=left))


def _counts_under(table: Sequence[GuaranteeSeen], past: Past) -> int | None:
    return place_of(table, category=past.category, guarantee=past.guarantee)


def _terms(
    basis: Basis,
    contract: ContractSeen,
    formula: FormulaSeen | None,
    guarantee: GuaranteeSeen | None,
    day: date,
) -> Terms:
    cover = contract.cover_of(basis.person, on=day)
    if formula is None or guarantee is None or cover is None or not cover.contains(day):
        return Terms(currency=basis.currency, covered=False)
    above = guarantee.prior_agreement_above
    return Terms(
        currency=basis.currency,
        covered=contract.standing(on=day) is Standing.IN_FORCE,
        waits=contract.waits_until(basis.person, guarantee.waiting_months, on=day) is not None,
        agreement=guarantee.prior_agreement in {PriorAgreement.YES, PriorAgreement.ABOVE},
        agreement_above=None if above is None else Money.rounded(above, basis.currency),
        percent=guarantee.percent,
        percent_of=guarantee.percent_of,
        ceilings=guarantee.ceilings,
        with_primary=formula.ceilings_count is CeilingsCount.WITH_PRIMARY,
    )


def _past(row: Line, currency: str) -> Past:
    return Past(
        care_date=row.care_date,
        category=Category(row.category),
        guarantee=row.guarantee,
        count=row.count,
        reimbursed=Money.rounded(row.reimbursed or 0, currency),
        primary=Money.rounded(row.primary_share or 0, currency),
        deductible=Money.rounded(row.deductible or 0, currency),
        settled_on=row.settled_on,
        stated_left=stated(row.ceiling_left, currency) if row.settled_on else None,
    )


def _as_past(made: Proposed) -> Past:
    owed = made.proposal.owed
    return Past(
        care_date=made.asked.claimed.care_date,
        category=made.asked.category,
        guarantee=made.guarantee.label.fr if made.guarantee else None,
        count=made.asked.claimed.count,
        reimbursed=owed.reimbursed,
        primary=owed.primary,
        deductible=owed.deductible,
        settled_on=None,
        stated_left=None,
    )
