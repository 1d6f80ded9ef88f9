"""ExplanationOfBenefit and Claim → the transfer and lines of a décompte."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from havre.exchanges.fhir.mapping.amounts import Priced, Settlement, amount, spent_by_item
from havre.exchanges.fhir.mapping.categories import category
from havre.exchanges.fhir.mapping.values import Unreadable, code, cut, day, readable
from havre.exchanges.fhir.resources import Claim, Concept, ExplanationOfBenefit, Item, Span
from havre.foundation.money import Money
from havre.journeys.loading.records import Category, Line, Spent, Transfer

Payee = Literal["MEMBER", "PROVIDER", "NOT_STATED"]

_WITHDRAWN = ("cancelled", "draft", "entered-in-error")

# http://terminology.hl7.org/CodeSystem/payeetype and CARIN's C4BBPayeeType
_PAYEES: dict[str, Payee] = {
    "subscriber": "MEMBER",
    "beneficiary": "MEMBER",
    "provider": "PROVIDER",
}


@dataclass(frozen=True)
class Care:
    """What stands around an explanation or a claim, its references resolved."""

    source: str
    patient: str
    claim: str
    contract: str | None
    provider: str | None
    country: str | None
    payee_name: str | None = None


def stands(resource: Claim | ExplanationOfBenefit) -> bool:
    """Whether it is about care given, and stands: not a question about care to come, nor withdrawn."""
    return resource.use == "claim" and resource.status not in _WITHDRAWN


def first_day(resource: Claim | ExplanationOfBenefit) -> date:
    """The first day of care. Refuses ``Unreadable`` where none is stated."""
    days = [_care_date(resource.billable_period, item, index) for index, item in _items(resource)]
    return min(days) if days else _care_date(resource.billable_period, None, 0)


def explained(
    explanation: ExplanationOfBenefit, settlement: Settlement, care: Care
) -> tuple[Transfer | None, list[Line]]:
    """The transfer of an explanation and its lines, in the order of its items.

    A payment of zero is a transfer of zero: everything was decided and nothing was due. An explanation
    that says of no payment at all is not settled: it has lines and no transfer.
    """
    total = settlement.total
    spent = (line.spent for line in settlement.lines)
    currency = next((one.currency for one in (total, *spent) if one), None)
    sheet = _Sheet(explanation, care, currency, explanation.id if total else None)
    lines = [
        sheet.line(index, item, priced)
        for (index, item), priced in zip(_items(explanation), settlement.lines, strict=True)
    ]
    if settlement.whole is not None:
        lines.append(sheet.whole(settlement.whole, {line.category for line in lines}))
    return (_transfer(explanation, settlement, total, care) if total else None), lines


def unsettled(claim: Claim, care: Care) -> list[Line]:
    """The lines of a claim that nothing explains yet."""
    total = amount(claim.total, "total")
    spent = spent_by_item(claim.item, total)
    currency = next((one.currency for one in (total, *spent) if one), None)
    sheet = _Sheet(claim, care, currency, None)
    return [
        sheet.line(index, item, Priced(spent=one.rounded() if one else None))
        for (index, item), one in zip(_items(claim), spent, strict=True)
    ]


@dataclass(frozen=True)
class _Sheet:
    """The décompte in the making; ``transfer`` is ``None`` while it is not settled."""

    resource: Claim | ExplanationOfBenefit
    care: Care
    currency: str | None
    transfer: str | None

    def line(self, index: int, item: Item, priced: Priced) -> Line:
        act = item.product_or_service.words
        if act is None:
            raise Unreadable(f"item[{index}].productOrService", "has neither text nor code")
        cared = _care_date(self.resource.billable_period, item, index)
        kind = category(item, self.resource.type)
        return self._record(str(item.sequence), act, cared, priced, kind)

    def whole(self, priced: Priced, categories: set[Category]) -> Line:
        """Named by the type of the explanation, the feed's own word for the whole of it."""
        kind = self.resource.type
        only = next(iter(categories)) if len(categories) == 1 else category(None, kind)
        act = kind.words or self.resource.id
        return self._record("whole", act, first_day(self.resource), priced, only)

    def _record(self, mark: str, act: str, cared: date, priced: Priced, kind: Category) -> Line:
        if self.currency is None:
            raise Unreadable("total", "is required where no item states an amount")
        return Line(
            source=self.care.source,
            external_id=code(f"{self.resource.id}#{mark}"),
            household=self.care.patient,
            person=self.care.patient,
            claim=code(self.care.claim),
            care_date=cared,
            category=kind,
            act=cut(act),
            currency=self.currency,
            transfer=self.transfer,
            contract=self.care.contract,
            provider=self.care.provider,
            country=self.care.country,
            spent=_spent(priced.spent),
            deductible=self._ours(priced.deductible),
            reimbursed=self._ours(priced.reimbursed),
            left_to_pay=self._ours(priced.left),
            left_computed=priced.left_computed,
        )

    def _ours(self, stated: Money | None) -> Decimal | None:
        """The amount, if in the line's currency: only what was spent may be in another."""
        return stated.amount if stated and stated.currency == self.currency else None


def _items(resource: Claim | ExplanationOfBenefit) -> list[tuple[int, Item]]:
    """The items with their index. Refuses ``Unreadable`` two items of one number: it is their identity."""
    seen: set[int] = set()
    for index, item in enumerate(resource.item):
        if item.sequence in seen:
            raise Unreadable(f"item[{index}].sequence", "stands twice")
        seen.add(item.sequence)
    return list(enumerate(resource.item))


def _care_date(period: Span, item: Item | None, index: int) -> date:
    """The period billed begins on the day of care; Synthea's items state other years (``servicedPeriod``)."""
    if period.start:
        return day(period.start, "billablePeriod.start")
    if item and item.serviced_date:
        return day(item.serviced_date, f"item[{index}].servicedDate")
    if item and item.serviced_period.start:
        return day(item.serviced_period.start, f"item[{index}].servicedPeriod.start")
    raise Unreadable("billablePeriod.start", "is required")


def _spent(stated: Money | None) -> Spent | None:
    return Spent(amount=stated.amount, currency=stated.currency) if stated else None


def _transfer(
    explanation: ExplanationOfBenefit, settlement: Settlement, total: Money, care: Care
) -> Transfer:
    payment = explanation.payment
    settled_on = (
        (payment.date, "payment.date") if payment.date else (explanation.created, "created")
    )
    payee = _payee(explanation.payee.type, settlement)
    name = care.payee_name or (care.provider if payee == "PROVIDER" else None)
    return Transfer(
        source=care.source,
        external_id=explanation.id,
        household=care.patient,
        reference=_reference(explanation),
        settled_on=day(*settled_on),
        payee=payee,
        currency=total.currency,
        total=total.amount,
        payee_name=name,
    )


def _payee(stated: Concept, settlement: Settlement) -> Payee:
    """As stated, else whom the amounts say they were paid to."""
    named = next((_PAYEES[code] for code in stated.codes if code in _PAYEES), None)
    if named or stated.codes or settlement.to_provider == settlement.to_patient:
        return named or "NOT_STATED"
    return "PROVIDER" if settlement.to_provider else "MEMBER"


def _reference(explanation: ExplanationOfBenefit) -> str:
    """The payment's identifier, else the explanation's own, else its id, short enough to be read out."""
    stated = (explanation.payment.identifier, *explanation.identifier)
    return readable(next((one.value for one in stated if one and one.value), explanation.id))
