"""Lines of reimbursements by the million, as feeds leave them: day by day, household by household.

Only the tables of health are filled, and the households that are measured (:data:`LARGE`) are families
with an account: no search reads the people of another household.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.bench.members import SEED, SOURCE, Household, made_id

DAYS = 730
PEOPLE = 4
LARGE = (5_000, 50_000)
"""Lines of the households that are measured, the same whatever the others have."""
_OF_TRANSFER = 4
_OF_ORDINARY = 20
_CATEGORIES = (
    ("GENERAL_PRACTITIONER", 30),
    ("PHARMACY", 25),
    ("SPECIALIST", 15),
    ("DENTAL", 10),
    ("LABORATORY", 9),
    ("OPTICAL", 6),
    ("HOSPITAL", 3),
    ("MENTAL_HEALTH", 1),
    ("TRANSPORT", 1),
)
_TRANSFER = "id, household_id, source, external_id, reference, settled_on, payee, currency, total"
_LINE = (
    "household_id, source, external_id, transfer_id, settled_on, person_id, contract_id, claim,"
    " provider, provider_key, care_date, category, sensitive, act, country, currency, spent,"
    " spent_currency, rate, rate_source, rate_day, converted, primary_share, guarantee, reimbursed,"
    " left_to_pay, left_computed, reason, clause"
)
_KINDS_OF_CARE = 5_000
_FLUSHED = 1 << 16


def large_households() -> list[Household]:
    """Those to measure: a reader, a spouse who shares nothing, and children."""
    return [
        Household(
            place, range(place * PEOPLE, (place + 1) * PEOPLE), range(place, place + 1), lines
        )
        for place, lines in enumerate(LARGE)
    ]


def put_in(connection: Any, lines: int, *, day: date) -> None:
    """``lines`` in all, up to ``day``, by COPY as a superuser; keys are not checked line by line.

    The indexes are made afterwards: filled one by one they would take most of the run.
    """
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET maintenance_work_mem = '1GB'")
    tables = ("health.transfer", "health.line")
    for table in tables:
        connection.execute(
            f"UPDATE pg_index SET indisready = false WHERE indrelid = '{table}'::regclass"
        )
    connection.commit()
    ordinary = (lines - sum(LARGE)) // _OF_ORDINARY
    for table, columns, rows in (
        (tables[0], _TRANSFER, _transfers(ordinary, day)),
        (tables[1], _LINE, _lines(ordinary, day)),
    ):
        with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for block in _blocks(rows):
                copy.write(block)
        connection.commit()
        connection.execute(f"REINDEX TABLE {table}")
        connection.commit()


def _blocks(rows: Iterator[str]) -> Iterator[str]:
    block: list[str] = []
    for row in rows:
        block.append(row)
        if len(block) == _FLUSHED:
            yield "".join(block)
            block.clear()
    yield "".join(block)


def _settled(ordinary: int) -> Iterator[tuple[int, int, int]]:
    """Day, household and number of each transfer, as feeds bring them."""
    number = 0
    every = DAYS * _OF_TRANSFER // _OF_ORDINARY  # days between two transfers of an ordinary one
    for day in range(DAYS):
        for place, lines in enumerate(LARGE):
            whole = lines // _OF_TRANSFER
            for _ in range(whole * (day + 1) // DAYS - whole * day // DAYS):
                yield day, place, number
                number += 1
        for household in range(len(LARGE) + day % every, len(LARGE) + ordinary, every):
            yield day, household, number
            number += 1


def _transfers(ordinary: int, last: date) -> Iterator[str]:
    days = _days(last)
    transfers, households = str(made_id("transfer", 0))[:-12], str(made_id("household", 0))[:-12]
    for day, household, number in _settled(ordinary):
        yield (
            f"{transfers}{number:012x}\t{households}{household:012x}\t{SOURCE}\tT{number:09}"
            f"\tVIR {number:09}\t{days[day]}\tMEMBER\tEUR\t88.00\n"
        )


def _lines(ordinary: int, last: date) -> Iterator[str]:
    days, care = _days(last), _kinds_of_care(last)
    transfers, households, people, contracts = (
        str(made_id(kind, 0))[:-12] for kind in ("transfer", "household", "person", "contract")
    )
    drawn = SEED
    for day, household, number in _settled(ordinary):
        transfer = (
            f"{households}{household:012x}\t{SOURCE}\tL{number:09}-%s\t{transfers}{number:012x}"
            f"\t{days[day]}\t{people}%012x\t{contracts}{household:012x}\tC{number:09}\t%s\t%s"
        )
        # The same few providers for a household; a hundred for one of thousands of lines.
        few = 8 if household >= len(LARGE) else 100
        for n in range(_OF_TRANSFER):
            drawn = (drawn * 1_103_515_245 + 12_345) & 0x7FFFFFFF
            place = (household * 37 + (drawn >> 8) % few) % 2_000
            provider = f"Cabinet {place} de fiction\tcabinet {place} de fiction"
            person = household * PEOPLE + (drawn >> 4) % PEOPLE
            yield transfer % (n, person, provider, care[(drawn >> 6) % _KINDS_OF_CARE])


def _days(last: date) -> list[str]:
    return [str(last - timedelta(days=DAYS - 1 - day)) for day in range(DAYS)]


def _kinds_of_care(last: date) -> list[str]:
    """The end of a row: what care it was, and its amounts."""
    draw = random.Random(SEED)  # noqa: S311 - the same each time is the purpose
    names, weights = zip(*_CATEGORIES, strict=True)
    return [_care(draw, draw.choices(names, weights)[0], last) for _ in range(_KINDS_OF_CARE)]


def _care(draw: random.Random, category: str, last: date) -> str:
    abroad = draw.random() < 0.5
    spent = draw.randint(1_000, 40_000) / 100
    rate = draw.randint(8_000, 11_000) / 10_000
    converted = round(spent * rate if abroad else spent, 2)
    primary, reimbursed = round(converted * 0.3, 2), round(converted * 0.6, 2)
    care_date = last - timedelta(days=draw.randint(2, DAYS))
    told = [
        *(care_date, category, "f", "Consultation de fiction", "SG" if abroad else "FR", "EUR"),
        *(f"{spent:.2f}", "SGD" if abroad else "EUR"),
        *((rate, "BCE", care_date) if abroad else (r"\N",) * 3),
        *(f"{converted:.2f}", f"{primary:.2f}", "Soins courants", f"{reimbursed:.2f}"),
        *(f"{converted - primary - reimbursed:.2f}", "t"),
        *(("Votre garantie rembourse 60 %.", "4.2") if draw.random() < 0.3 else (r"\N",) * 2),
    ]
    return "\t".join(map(str, told)) + "\n"
