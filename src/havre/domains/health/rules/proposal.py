"""What a contract owes for claimed care: pure rules, exact to the cent, one step after the other.

The order is that of the statements: the cost in the contract's currency, what the guarantee takes of it,
its limits, the primary scheme's share and another insurer's, the deductible, the limit of the whole
contract, that of what was agreed to beforehand. In the contract's currency: cost = primary + other +
reimbursed + left to pay, whatever comes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from havre.domains.health.words import Because
from havre.domains.products.words import Ceiling, Per, PercentOf
from havre.foundation.money import Money
from havre.foundation.refusals import Refusal

Left = Mapping[Ceiling, Money | int]


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A line of a claim, as it was read from the invoice.

    ``rate`` is units of the contract's currency for one of the currency spent, none where they are the
    same. ``count`` is how many acts, sessions or days. ``primary`` and ``other`` are in the contract's
    currency, none where nothing was paid; ``base`` is the scheme's, where a guarantee is a percentage of
    it. ``agreed``: what had to be agreed to before the care was.
    """

    care_date: date
    spent: Money
    rate: Decimal | None = None
    count: int = 1
    primary: Money | None = None
    other: Money | None = None
    base: Money | None = None
    agreed: bool = False


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the contract says of such care on its day. ``percent`` none counts as all of it.

    ``waits``: a waiting period still runs. ``agreement``: it must be agreed to, from the amount
    ``agreement_above`` on where there is one. ``agreed_percent``: of the cost, what was agreed to.
    """

    currency: str
    covered: bool = True
    waits: bool = False
    agreement: bool = False
    agreement_above: Money | None = None
    agreed_percent: int | None = None
    percent: int | None = None
    percent_of: PercentOf = PercentOf.COST
    ceilings: tuple[Ceiling, ...] = ()
    with_primary: bool = False


@dataclass(frozen=True, kw_only=True)
class Room:
    """What is left before a line: of each ceiling over time, of the contract, of the deductible, of what
    was agreed to beforehand.

    None: there is no such limit.
    """

    left: Left = field(default_factory=dict)
    overall: Money | None = None
    deductible: Money | None = None
    agreed: Money | None = None


@dataclass(frozen=True)
class Step:
    """One thing that took from what is reimbursed: why, how much, and the limit that it met."""

    because: Because
    takes: Money
    ceiling: Ceiling | None = None
    limit: Money | int | None = None


@dataclass(frozen=True)
class Owed:
    """A line worked out, in the contract's currency. ``deductible`` is part of what is left to pay."""

    cost: Money
    primary: Money
    other: Money
    deductible: Money
    reimbursed: Money

    @property
    def left(self) -> Money:
        return self.cost - self.primary - self.other - self.reimbursed


@dataclass(frozen=True)
class Proposal:
    """A line with what would be reimbursed of it, why not more, and what is left before and after it."""

    claimed: Claimed
    owed: Owed
    steps: tuple[Step, ...]
    before: Room
    after: Room


class Unclear(Refusal):
    """The line cannot be worked out as it stands: amounts in another currency, or no base."""


def propose(claimed: Claimed, *, terms: Terms, room: Room) -> Proposal:
    """What the line would be reimbursed. Refuses ``Unclear``; never more than what it cost."""
    cost = _converted(claimed, terms.currency)
    primary = min(_in(claimed.primary, terms.currency), cost)
    other = min(_in(claimed.other, terms.currency), cost - primary)
    work = _Work(cost, primary + other)
    if (why := _not_at_all(claimed, terms, cost)) is not None:
        work.take(why, work.within)
    else:
        _limit(work, claimed, terms, room)
    if terms.with_primary:
        _limit_over_time(work, room)
    work.share()
    if not terms.with_primary:
        _limit_over_time(work, room)
    deductible = work.take_up_to(Because.DEDUCTIBLE, room.deductible)
    work.cut_to(Because.OVERALL, room.overall)
    work.cut_to(Because.AGREED, room.agreed)
    owed = Owed(cost, primary, other, deductible, work.within)
    after = _after(room, claimed, terms, owed=owed)
    return Proposal(claimed, owed, tuple(work.steps), room, after)


class _Work:
    """What is still to be reimbursed, and what took from it."""

    def __init__(self, cost: Money, paid: Money) -> None:
        self.cost = self.within = cost
        self.steps: list[Step] = []
        self._paid = paid

    def take(
        self,
        why: Because,
        amount: Money,
        ceiling: Ceiling | None = None,
        limit: Money | int | None = None,
    ) -> None:
        if amount.amount > 0:
            self.within -= amount
            self.steps.append(Step(why, amount, ceiling, limit))

    def cut_to(self, why: Because, most: Money | None, ceiling: Ceiling | None = None) -> None:
        if most is not None and most < self.within:
            self.take(why, self.within - _floor(most), ceiling, most)

    def cut_to_percent(self, why: Because, percent: int) -> None:
        most = Money.rounded(self.cost.amount * percent / 100, self.cost.currency)
        self.take(why, self.within - min(most, self.within), limit=percent)

    def take_up_to(self, why: Because, most: Money | None) -> Money:
        taken = min(self.within, _floor(most)) if most is not None else self.within - self.within
        self.take(why, taken, limit=most)
        return taken

    def share(self) -> None:
        """What others paid is part of what the guarantee takes in, not added to it."""
        self.take(Because.PRIMARY, min(self._paid, self.within))


def _converted(claimed: Claimed, currency: str) -> Money:
    if claimed.spent.amount < 0 or claimed.count < 1:
        raise Unclear("care is of an amount, and at least once")
    if claimed.rate is not None:
        return Money.rounded(claimed.spent.amount * claimed.rate, currency)
    if claimed.spent.currency != currency:
        raise Unclear("no rate between the two currencies")
    return claimed.spent


def _in(amount: Money | None, currency: str) -> Money:
    if amount is None:
        return Money.zero(currency)
    if amount.currency != currency or amount.amount < 0:
        raise Unclear("a share is an amount in the contract's currency")
    return amount


def _not_at_all(claimed: Claimed, terms: Terms, cost: Money) -> Because | None:
    """Why nothing is owed, where nothing is."""
    if not terms.covered:
        return Because.NOT_COVERED
    if terms.waits:
        return Because.WAITING
    above = terms.agreement_above
    if terms.agreement and not claimed.agreed and (above is None or above <= cost):
        return Because.NO_AGREEMENT
    return None


def _limit(work: _Work, claimed: Claimed, terms: Terms, room: Room) -> None:
    if terms.percent is not None:
        work.cut_to(Because.PERCENT, _percent(claimed, terms, work.within))
    if terms.agreed_percent is not None:
        work.cut_to_percent(Because.AGREED_PERCENT, terms.agreed_percent)
    for ceiling in terms.ceilings:
        if ceiling.per in {Per.ACT, Per.DAY} and ceiling.amount is not None:
            most = Money.rounded(ceiling.amount * claimed.count, terms.currency)
            work.cut_to(Because.PER_ACT, most, ceiling)
    for ceiling, left in room.left.items():
        if isinstance(left, int) and left < claimed.count:
            part = Money.rounded(work.within.amount * max(0, left) / claimed.count, terms.currency)
            work.take(Because.COUNT, work.within - part, ceiling, ceiling.count)


def _limit_over_time(work: _Work, room: Room) -> None:
    """Ceilings by amount: of what is reimbursed, or, before the shares, of that and what they are."""
    for ceiling, left in room.left.items():
        if isinstance(left, Money):
            work.cut_to(Because.CEILING, left, ceiling)


def _percent(claimed: Claimed, terms: Terms, cost: Money) -> Money:
    of = cost
    if terms.percent_of is PercentOf.BASE:
        if claimed.base is None:
            raise Unclear("the guarantee is a percentage of the scheme's base, which is not given")
        of = _in(claimed.base, terms.currency)
    return Money.rounded(of.amount * (terms.percent or 0) / 100, terms.currency)


def _after(room: Room, claimed: Claimed, terms: Terms, *, owed: Owed) -> Room:
    """What is left once this is paid; care of which nothing counts uses nothing."""
    counted = owed.reimbursed + owed.primary if terms.with_primary else owed.reimbursed
    count = claimed.count if counted.amount > 0 else 0
    left = {
        ceiling: max(0, rest - count) if isinstance(rest, int) else _floor(rest - counted)
        for ceiling, rest in room.left.items()
    }
    return Room(
        left=left,
        overall=None if room.overall is None else _floor(room.overall - owed.reimbursed),
        deductible=None if room.deductible is None else _floor(room.deductible - owed.deductible),
        agreed=None if room.agreed is None else _floor(room.agreed - owed.reimbursed),
    )


def _floor(amount: Money) -> Money:
    return max(amount, Money.zero(amount.currency))
