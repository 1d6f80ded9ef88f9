"""Transfers and lines of the households: as a feed says them, and as rows for the control."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from havre.exchanges import jsonl
from havre.foundation.crypto import Place, vault
from havre.foundation.identifiers import mask_iban
from havre.foundation.names import sort_key
from havre.journeys.loading.records import Line, Rate, Record, Spent, Transfer
from tests.bench.members import SEED, SOURCE, Household, copy_in, made_id

LINES_A_TRANSFER = 4
_DAYS = 730
_CATEGORIES = ("GENERAL_PRACTITIONER", "PHARMACY", "DENTAL", "OPTICAL", "SPECIALIST", "LABORATORY")
_ACTS = ("Consultation", "Médicaments prescrits", "Soins conservateurs", "Monture et verres")
TRANSFER_COLUMNS = (
    "id, household_id, source, external_id, reference, settled_on, payee, payee_name, iban,"
    " iban_index, iban_shown, currency, total"
)
LINE_COLUMNS = (
    "household_id, source, external_id, transfer_id, settled_on, person_id, contract_id, claim,"
    " care_date, category, sensitive, act, provider, provider_key, country, currency, spent,"
    " spent_currency, rate, rate_source, rate_day, converted, primary_share, other_share,"
    " guarantee, deductible,"
    " ceiling_left, reimbursed, left_to_pay, left_computed, reason, clause,"
    " act_en, rate_source_en, guarantee_en, reason_en, clause_en"
)
Settlement = tuple[Transfer, list[Line]]


def settlements(household: Household, *, day: date) -> Iterator[Settlement]:
    """Two years of a household's transfers up to ``day``, the oldest first."""
    draw = random.Random(SEED + household.number)  # noqa: S311 - the same each time
    count = -(-household.lines // LINES_A_TRANSFER)
    for place in range(count):
        size = min(LINES_A_TRANSFER, household.lines - place * LINES_A_TRANSFER)
        settled = day - timedelta(days=_DAYS - 1 - place * _DAYS // count)
        yield _settlement(draw, household, place, size, settled)


def _settlement(
    draw: random.Random, household: Household, place: int, size: int, settled: date
) -> Settlement:
    key = f"T{household.number:07}-{place:05}"
    lines = [_line(draw, household, key, place, settled, n) for n in range(size)]
    transfer = Transfer(
        source=SOURCE,
        external_id=key,
        household=household.key,
        reference=f"VIR {household.number:07} {place:05}",
        settled_on=settled,
        payee="MEMBER",
        currency="EUR",
        total=sum((line.reimbursed or Decimal(0) for line in lines), Decimal("0.00")),
        iban=_iban(household.number),
    )
    return transfer, lines


def _line(
    draw: random.Random, household: Household, transfer: str, place: int, settled: date, n: int
) -> Line:
    """Half of the care is spent in another currency, as abroad it is."""
    abroad = draw.random() < 0.5
    spent = Decimal(draw.randint(1000, 40000)) / 100
    rate = Decimal(draw.randint(8000, 11000)) / 10000 if abroad else None
    converted = (spent * rate).quantize(Decimal("0.01")) if rate else spent
    primary = (converted * Decimal("0.3")).quantize(Decimal("0.01"))
    reimbursed = (converted * Decimal("0.6")).quantize(Decimal("0.01"))
    care = settled - timedelta(days=draw.randint(2, 40))
    return Line(
        source=SOURCE,
        external_id=f"L{household.number:07}-{place:05}-{n}",
        household=household.key,
        person=f"P{draw.choice(household.people):07}",
        claim=f"C{household.number:07}-{place:05}",
        care_date=care,
        category=draw.choice(_CATEGORIES),  # type: ignore[arg-type]
        act=draw.choice(_ACTS),
        currency="EUR",
        transfer=transfer,
        contract=f"K{household.contracts[0]:07}",
        provider="Cabinet de fiction",
        country="SG" if abroad else "FR",
        spent=Spent(amount=spent, currency="SGD" if abroad else "EUR"),
        rate=Rate(value=rate, source="BCE", day=care) if rate else None,
        converted=converted,
        primary_share=primary,
        reimbursed=reimbursed,
        left_to_pay=converted - primary - reimbursed,
    )


# --- As a feed -----------------------------------------------------------------------------------


def write_feed(path: Path, made: Sequence[Household], *, day: date) -> int:
    """The feed as a management system writes it, by day of settlement; the number of records."""
    those = [one for household in made for one in settlements(household, day=day)]
    those.sort(key=lambda one: (one[0].settled_on, one[0].external_id))
    records: list[Record] = []
    for transfer, lines in those:
        records += [transfer, *lines]
    jsonl.write(path, records)
    return len(records)


# --- As rows -------------------------------------------------------------------------------------


def copy_rows(connection: Any, made: Sequence[Household], *, day: date) -> None:
    """The same straight into the tables, household by household."""
    rows = list(_rows(made, day=day))
    copy_in(connection, "health.transfer", TRANSFER_COLUMNS, (transfer for transfer, _ in rows))
    copy_in(connection, "health.line", LINE_COLUMNS, (line for _, lines in rows for line in lines))


def _rows(made: Sequence[Household], *, day: date) -> Iterator[tuple[Any, list[Any]]]:
    number = 0
    for household in made:
        for transfer, lines in settlements(household, day=day):
            number += 1
            yield (
                _transfer_row(household, transfer, number),
                [_line_row(household, transfer, line, number) for line in lines],
            )


def _transfer_row(household: Household, transfer: Transfer, number: int) -> tuple[object, ...]:
    row_id, iban = made_id("transfer", number), transfer.iban or ""
    return (
        *(row_id, household.id, transfer.source, transfer.external_id, transfer.reference),
        *(transfer.settled_on, transfer.payee, transfer.payee_name),
        vault().seal(iban, place=Place("health.transfer", "iban", row_id)),
        *(vault().blind(iban, purpose="iban"), mask_iban(iban)),
        *(transfer.currency, transfer.total),
    )


def _line_row(
    household: Household, transfer: Transfer, line: Line, number: int
) -> tuple[object, ...]:
    spent, rate = line.spent, line.rate
    return (
        *(household.id, line.source, line.external_id, made_id("transfer", number)),
        *(transfer.settled_on, made_id("person", int(line.person[1:]))),
        *(made_id("contract", int((line.contract or "")[1:])), line.claim, line.care_date),
        *(line.category, line.sensitive, line.act, line.provider),
        *(sort_key(line.provider) if line.provider else None, line.country, line.currency),
        *((spent.amount, spent.currency) if spent else (None, None)),
        *((rate.value, rate.source, rate.day) if rate else (None, None, None)),
        *(line.converted, line.primary_share, line.other_share, line.guarantee, line.deductible),
        *(line.ceiling_left, line.reimbursed, line.left_to_pay, line.left_computed),
        *(line.reason, line.clause, *[None] * 5),
    )


def _iban(household: int) -> str:
    """A number with right keys, of a bank that is none."""
    bank, branch, account = 99999, 1, household
    key = 97 - (89 * bank + 15 * branch + 3 * account) % 97
    bban = f"{bank:05}{branch:05}{account:011}{key:02}"
    return f"FR{98 - int(bban + '152700') % 97:02}{bban}"
