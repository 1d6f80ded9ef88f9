"""Settles a household's visits: lines with their amounts, and the transfers that paid them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Literal

import msgspec

from havre.foundation.money import Money
from havre.journeys.loading.records import Line, Spent, StatementRecord, Transfer
from havre.project.demo.care import rate
from havre.project.demo.household import SOURCE, Family
from havre.project.demo.settlement import ZERO, Ledger
from havre.project.demo.visits import Bill, Visit

# Lines ready within so many days of each other leave in one transfer, five at most. What comes to
# nothing (a deductible) waits longer for something to be paid with.
_TOGETHER = timedelta(days=7)
_TOGETHER_IF_NOTHING = timedelta(days=75)
_SENSITIVE = {"GYNAECOLOGIST"}
_MOST_LINES = 5


class References:
    """Numbers lines, claims and transfers over the whole house."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def line(self) -> str:
        return f"L{self._next('line'):06d}"

    def transfer(self) -> str:
        return f"T{self._next('transfer'):05d}"

    def claim(self, day: date) -> str:
        return f"D-{day.year}-{self._next(f'claim {day.year}'):05d}"

    def payment(self, day: date) -> str:
        """As on the bank statement: ``VIR-2026-11-0418``."""
        return f"VIR-{day:%Y-%m}-{self._next(f'payment {day:%Y-%m}'):04d}"

    def _next(self, what: str) -> int:
        self._counts[what] += 1
        return self._counts[what]


@dataclass(frozen=True)
class _Ready:
    """A settled line that waits for its transfer."""

    line: Line
    on: date


def statements(
    rng: Random, family: Family, visits: list[Visit], references: References, *, today: date
) -> list[StatementRecord]:
    """Every line of the household, each transfer before its lines, those not settled yet last."""
    ledgers: dict[str, Ledger] = {}
    to_member: dict[str, list[_Ready]] = {}
    records: list[StatementRecord] = []
    waiting: list[Line] = []
    for visit in sorted(visits, key=lambda visit: (visit.day, visit.insured.person.external_id)):
        if visit.ready_on is None or visit.ready_on > today:
            waiting += _lines(family, visit, None, references)
            continue
        contract = visit.taken.contract.external_id
        ledger = ledgers.setdefault(contract, Ledger(visit.taken.plan))
        lines = _lines(family, visit, ledger, references)
        if visit.direct:
            records += _paid(family, lines, visit.ready_on, "PROVIDER", references)
        else:
            ready = [_Ready(line, visit.ready_on) for line in lines]
            to_member.setdefault(contract, []).extend(ready)
    for contract_lines in to_member.values():
        for group in _grouped(rng, contract_lines):
            lines = [ready.line for ready in group]
            records += _paid(family, lines, group[-1].on, "MEMBER", references)
    return records + waiting


def _lines(
    family: Family, visit: Visit, ledger: Ledger | None, references: References
) -> list[Line]:
    claim = references.claim(visit.day)
    return [_line(family, visit, bill, claim, ledger, references) for bill in visit.bills]


def _line(
    family: Family,
    visit: Visit,
    bill: Bill,
    claim: str,
    ledger: Ledger | None,
    references: References,
) -> Line:
    contract, country = visit.taken.contract, bill.country
    line = Line(
        source=SOURCE,
        external_id=references.line(),
        household=family.code,
        person=visit.insured.person.external_id,
        claim=claim,
        care_date=visit.day,
        category=bill.act.category,
        sensitive=bill.act.code in _SENSITIVE,
        act=bill.act.name,
        currency=contract.currency,
        contract=contract.external_id,
        provider=bill.provider,
        country=country.code,
        spent=Spent(
            amount=Money.rounded(bill.price, country.currency).amount, currency=country.currency
        ),
    )
    return line if ledger is None else _settled(line, visit, bill, ledger)


def _settled(line: Line, visit: Visit, bill: Bill, ledger: Ledger) -> Line:
    converting = rate(spent=bill.country.currency, contract=line.currency, day=visit.day)
    cost = Money.rounded(
        bill.price if converting is None else bill.price * converting.value, line.currency
    ).amount
    other = Money.rounded(cost * visit.other_percent / 100, line.currency).amount
    settlement = ledger.settle(
        person=line.person, act=bill.act, day=visit.day, cost=cost, other=other
    )
    return msgspec.structs.replace(
        line,
        rate=converting,
        converted=cost,
        primary_share=settlement.primary,
        other_share=settlement.other,
        guarantee=ledger.plan.guarantees[bill.act.guarantee].label,
        deductible=settlement.deductible,
        ceiling_left=settlement.ceiling_left,
        reimbursed=settlement.reimbursed,
        left_to_pay=settlement.left,
        reason=settlement.reason,
        clause=settlement.clause,
    )


def _grouped(rng: Random, lines: list[_Ready]) -> list[list[_Ready]]:
    """One to five lines a transfer. A transfer of nothing is avoided where a neighbour is near."""
    groups: list[list[_Ready]] = []
    most = rng.randint(1, _MOST_LINES)
    for ready in sorted(lines, key=lambda ready: (ready.on, ready.line.external_id)):
        group = groups[-1] if groups else []
        worth = any(one.line.reimbursed for one in group)
        near = bool(group) and ready.on - group[0].on <= (
            _TOGETHER if worth else _TOGETHER_IF_NOTHING
        )
        if near and len(group) < (most if worth else _MOST_LINES):
            group.append(ready)
        else:
            groups.append([ready])
            most = rng.randint(1, _MOST_LINES)
    return groups


def _paid(
    family: Family,
    lines: list[Line],
    on: date,
    payee: Literal["MEMBER", "PROVIDER"],
    references: References,
) -> list[StatementRecord]:
    currency = lines[0].currency
    holder = family.people[0].person
    transfer = Transfer(
        source=SOURCE,
        external_id=references.transfer(),
        household=family.code,
        reference=references.payment(on),
        settled_on=on,
        payee=payee,
        currency=currency,
        total=sum((line.reimbursed or ZERO for line in lines), Decimal("0.00")),
        payee_name=(
            f"{holder.first_name} {holder.family_name}" if payee == "MEMBER" else lines[0].provider
        ),
        iban=family.ibans.get(currency) if payee == "MEMBER" else None,
    )
    paid = (msgspec.structs.replace(line, transfer=transfer.external_id) for line in lines)
    return [transfer, *paid]
