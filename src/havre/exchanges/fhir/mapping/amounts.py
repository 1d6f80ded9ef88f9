"""What was spent, reimbursed and left, out of an explanation's items, totals and payment.

Items state amounts by adjudication codes, of which Blue Button (Synthea) and CARIN each have their own.
Feeds write more decimals than money has: each amount is rounded once, when it becomes ours.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from havre.exchanges.fhir.mapping.values import Unreadable, tails
from havre.exchanges.fhir.resources import (
    Adjudication,
    Concept,
    ExplanationOfBenefit,
    FhirMoney,
    Item,
    Total,
)
from havre.foundation.money import Money, NotAnAmount, UnknownCurrency, minor_units


class Role(StrEnum):
    """What an adjudicated amount says, whatever the dialect."""

    SUBMITTED = "SUBMITTED"
    TO_PROVIDER = "TO_PROVIDER"
    TO_PATIENT = "TO_PATIENT"
    BENEFIT = "BENEFIT"
    DISCOUNT = "DISCOUNT"
    LIABILITY = "LIABILITY"
    COINSURANCE = "COINSURANCE"
    COPAY = "COPAY"
    DEDUCTIBLE = "DEDUCTIBLE"


# The end of each code: Blue Button writes whole addresses where HL7 and CARIN write one word.
_ROLES = {
    "line_sbmtd_chrg_amt": Role.SUBMITTED,
    "line_prvdr_pmt_amt": Role.TO_PROVIDER,
    "line_coinsrnc_amt": Role.COINSURANCE,
    "line_bene_ptb_ddctbl_amt": Role.DEDUCTIBLE,
    "submitted": Role.SUBMITTED,
    "benefit": Role.BENEFIT,
    "deductible": Role.DEDUCTIBLE,
    "copay": Role.COPAY,
    "coinsurance": Role.COINSURANCE,
    "discount": Role.DISCOUNT,
    "memberliability": Role.LIABILITY,
    "paidtoprovider": Role.TO_PROVIDER,
    "paidtopatient": Role.TO_PATIENT,
}
_REIMBURSED = (Role.BENEFIT, Role.TO_PROVIDER, Role.TO_PATIENT)
_SHARES_LEFT = (Role.COINSURANCE, Role.COPAY, Role.DEDUCTIBLE)


@dataclass(frozen=True)
class Amount:
    """An amount as fine as the feed states it. Two currencies never meet in one sum."""

    value: Decimal
    currency: str

    def rounded(self) -> Money:
        return Money.rounded(self.value, self.currency)


Stated = Mapping[Role, Amount]


@dataclass(frozen=True)
class Priced:
    """The amounts of one line; ``None`` is "not stated"."""

    spent: Money | None = None
    reimbursed: Money | None = None
    left: Money | None = None
    left_computed: bool = False
    deductible: Money | None = None


@dataclass(frozen=True)
class Settlement:
    """The amounts of an explanation, line by line in the order of its items.

    ``total`` is what was paid, the sum of what the lines reimburse; ``None`` where nothing says that
    anything was decided. ``whole`` is a line more: what was paid for the explanation as a whole, where
    its items do not say it. ``differs`` says that a stated total or payment is not the sum of the items.
    """

    lines: tuple[Priced, ...]
    whole: Priced | None
    total: Money | None
    to_provider: bool = False
    to_patient: bool = False
    differs: bool = False


def amount(stated: FhirMoney | None, field: str) -> Amount | None:
    """Refuses ``Unreadable`` an amount without an ISO 4217 currency, or that is no amount."""
    if stated is None or stated.value is None:
        return None
    if stated.currency is None:
        raise Unreadable(f"{field}.currency", "is required")
    found = Amount(stated.value, stated.currency)
    try:
        found.rounded()
    except UnknownCurrency:
        raise Unreadable(f"{field}.currency", "is no ISO 4217 currency code") from None
    except NotAnAmount:
        raise Unreadable(f"{field}.value", "is no amount of money") from None
    return found


def spent_by_item(items: Sequence[Item], total: Amount | None) -> tuple[Amount | None, ...]:
    """What each item cost: submitted, else net. The first that has no price gets the remainder.

    The remainder is the total submitted less the sum of ``net``: insurers bill the visit itself without
    a price of its own. Other items without a price stay "not stated".
    """
    spent = [_price(index, item) for index, item in enumerate(items)]
    if total is not None and None in spent:
        rest = _remainder(total, [_net(index, item) for index, item in enumerate(items)])
        spent[spent.index(None)] = rest
    return tuple(spent)


def settle(explanation: ExplanationOfBenefit) -> Settlement:
    """All amounts of an explanation. Refuses ``Unreadable`` payments in two currencies."""
    items = [_stated(index, item) for index, item in enumerate(explanation.item)]
    totals = dict(_by_role(explanation.total, "total"))
    submitted = totals.get(Role.SUBMITTED)
    spent = spent_by_item(explanation.item, submitted)
    lines = [_priced(*both) for both in zip(items, spent, strict=True)]
    paid = amount(explanation.payment.amount, "payment.amount")
    total = _total(paid, lines, totals)
    settled, whole = _mended(lines, totals, total)
    roles = {role for stated in (*items, totals) for role, sum_ in stated.items() if sum_.value}
    return Settlement(
        lines=tuple(settled),
        whole=whole,
        total=total,
        to_provider=Role.TO_PROVIDER in roles,
        to_patient=Role.TO_PATIENT in roles,
        differs=(whole is not None and bool(_reimbursements(lines))) or _differs(lines, totals),
    )


def _price(index: int, item: Item) -> Amount | None:
    return _stated(index, item).get(Role.SUBMITTED) or _net(index, item)


def _net(index: int, item: Item) -> Amount | None:
    return amount(item.net, f"item[{index}].net")


def _remainder(total: Amount, nets: Iterable[Amount | None]) -> Amount | None:
    stated = [net for net in nets if net is not None]
    if any(net.currency != total.currency for net in stated):
        return None
    rest = total.value - sum(net.value for net in stated)
    return Amount(rest, total.currency) if rest > 0 else None


def _stated(index: int, item: Item) -> Stated:
    return dict(_by_role(item.adjudication, f"item[{index}].adjudication"))


def _by_role(said: Sequence[Adjudication | Total], field: str) -> Iterator[tuple[Role, Amount]]:
    """Last to first, so that of a role said twice the first is kept; other codes are passed over."""
    for index, one in reversed(list(enumerate(said))):
        role = _role(one.category)
        found = amount(one.amount, f"{field}[{index}].amount") if role else None
        if role and found:
            yield role, found


def _role(category: Concept) -> Role | None:
    return next((_ROLES[code] for code in tails(category) if code in _ROLES), None)


def _reimbursed(stated: Stated) -> Amount | None:
    return next((stated[role] for role in _REIMBURSED if role in stated), None)


def _priced(stated: Stated, spent: Amount | None) -> Priced:
    reimbursed = _reimbursed(stated)
    left = _left(stated)
    computed = None if left else _left_computed(spent, stated.get(Role.DISCOUNT), reimbursed)
    return Priced(
        spent=_money(spent),
        reimbursed=_money(reimbursed),
        left=_money(left or computed),
        left_computed=computed is not None,
        deductible=_money(stated.get(Role.DEDUCTIBLE)),
    )


def _money(amount: Amount | None) -> Money | None:
    return amount.rounded() if amount else None


def _left(stated: Stated) -> Amount | None:
    """What the member is stated to owe: CARIN's liability, else the sum of the shares left to them."""
    if Role.LIABILITY in stated:
        return stated[Role.LIABILITY]
    shares = [stated[role] for role in _SHARES_LEFT if role in stated]
    if not shares or len({share.currency for share in shares}) > 1:
        return None
    return Amount(sum((share.value for share in shares), Decimal(0)), shares[0].currency)


def _left_computed(
    spent: Amount | None, discount: Amount | None, reimbursed: Amount | None
) -> Amount | None:
    if spent is None or reimbursed is None:
        return None
    discount = discount or Amount(Decimal(0), spent.currency)
    if not spent.currency == discount.currency == reimbursed.currency:
        return None
    rest = spent.value - discount.value - reimbursed.value
    return Amount(rest, spent.currency) if rest >= 0 else None


def _total(paid: Amount | None, lines: Sequence[Priced], totals: Stated) -> Money | None:
    """What was paid: the payment, else the sum of the lines that say it, else the stated total."""
    by_line = _reimbursements(lines)
    stated = _money(paid or (None if by_line else _reimbursed(totals)))
    currencies = {one.currency for one in (*by_line, stated) if one is not None}
    if len(currencies) > 1:
        raise Unreadable("payment.amount", f"paid in {' and '.join(sorted(currencies))} at once")
    return stated or (_sum(by_line, by_line[0].currency) if by_line else None)


def _reimbursements(lines: Iterable[Priced]) -> list[Money]:
    return [line.reimbursed for line in lines if line.reimbursed is not None]


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    return sum(amounts, Money.zero(currency))


def _mended(
    lines: list[Priced], totals: Stated, total: Money | None
) -> tuple[list[Priced], Priced | None]:
    """Makes the lines sum to what was paid.

    The cents that rounding left go to the last line that says what it reimburses; anything larger is
    no rounding, and becomes a line of its own for the whole.
    """
    if total is None:
        return lines, None
    residual = total - _sum(_reimbursements(lines), total.currency)
    paying = [index for index, line in enumerate(lines) if line.reimbursed is not None]
    if not residual.amount:
        return lines, None
    if not _is_rounding(residual, len(paying)):
        return lines, _whole(lines, totals, residual)
    last = paying[-1]
    reimbursed = _sum([residual, *_reimbursements([lines[last]])], total.currency)
    return [*lines[:last], replace(lines[last], reimbursed=reimbursed), *lines[last + 1 :]], None


def _is_rounding(difference: Money, parts: int) -> bool:
    """Whether so many rounded parts can be that far from their sum: one minor unit each."""
    return abs(difference.amount).scaleb(minor_units(difference.currency)) <= parts


def _whole(lines: Sequence[Priced], totals: Stated, residual: Money) -> Priced:
    """The line for the whole: what the totals say beyond the items.

    What is left to pay stands on it only where no item says anything of reimbursement or of what is left.
    """
    left, computed = None, None
    if not any(line.reimbursed or line.left for line in lines):
        left = _left(totals)
        paid = Amount(residual.amount, residual.currency)
        submitted, discount = totals.get(Role.SUBMITTED), totals.get(Role.DISCOUNT)
        computed = None if left else _left_computed(submitted, discount, paid)
    return Priced(
        spent=_unstated(lines, totals.get(Role.SUBMITTED)),
        reimbursed=residual,
        left=_money(left or computed),
        left_computed=computed is not None,
    )


def _unstated(lines: Iterable[Priced], submitted: Amount | None) -> Money | None:
    """The part of the submitted total that no item says."""
    spent = [line.spent for line in lines if line.spent is not None]
    if submitted is None or any(one.currency != submitted.currency for one in spent):
        return None
    rest = submitted.rounded() - _sum(spent, submitted.currency)
    return rest if rest.amount > 0 and not _is_rounding(rest, len(spent)) else None


def _differs(lines: Sequence[Priced], totals: Stated) -> bool:
    """Whether a stated total is another than the sum of the items that state their part of it."""
    spent = [line.spent for line in lines if line.spent is not None]
    pairs = ((spent, totals.get(Role.SUBMITTED)), (_reimbursements(lines), _reimbursed(totals)))
    return any(_sums_apart(parts, total) for parts, total in pairs)


def _sums_apart(parts: Sequence[Money], total: Amount | None) -> bool:
    if total is None or not parts or any(part.currency != total.currency for part in parts):
        return False
    return not _is_rounding(total.rounded() - _sum(parts, total.currency), len(parts))
