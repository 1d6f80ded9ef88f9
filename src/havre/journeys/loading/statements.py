"""Loads the records of a statements feed: transfers, then their lines."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from havre.domains.health import actions as health
from havre.foundation.db.intake import Key, Taken
from havre.foundation.ids import new_id
from havre.foundation.names import sort_key
from havre.journeys.loading.batch import Batch
from havre.journeys.loading.paid import tell_paid
from havre.journeys.loading.problems import Located, Location, Problems, shown
from havre.journeys.loading.records import Bilingual, Line, Transfer
from havre.journeys.loading.report import Report
from havre.journeys.loading.resolve import Known
from havre.journeys.loading.telling import tell

Counted: TypeAlias = Callable[[Iterable[Any]], Iterable[Any]]


class _Settled(NamedTuple):
    id: UUID | None
    day: date | None


_NOT_SETTLED = _Settled(None, None)


def load_statements(
    batch: Batch,
    known: Known,
    contracts: Mapping[Key, UUID],
    report: Report,
    *,
    counted: Counted,
    every_row: bool,
    now: datetime,
) -> None:
    """``contracts`` are ids of contracts, those known and those of the batch.

    Refuses (``WrongFeed``) lines that would leave a transfer with another total than their sum.
    """
    if not batch.transfers and not batch.lines:
        return
    transfers = [_stated(located.record, known) for located in batch.transfers]
    taken = health.load_transfers(transfers, known=known.transfers)
    tell(report, "transfer", batch.transfers, taken, every_row=every_row)
    settled = {key: _Settled(found.id, found.settled_on) for key, found in known.transfers.items()}
    for stated in transfers:
        settled[(stated.source, stated.external_id)] = _Settled(stated.id, stated.settled_on)
    lines = health.load_lines(counted(_rows(batch.lines, known, contracts, settled)))
    tell(report, "line", batch.lines, lines, every_row=every_row)
    _refuse_wrong_totals(batch, known, transfers, taken, lines)
    new = [stated for place, stated in enumerate(transfers) if place not in taken.known]
    tell_paid(new, batch, known, contracts, now=now)


def _stated(transfer: Transfer, known: Known) -> health.StatedTransfer:
    found = known.transfers.get((transfer.source, transfer.external_id))
    return health.StatedTransfer(
        id=found.id if found else new_id(),
        household_id=known.households[(transfer.source, transfer.household)],
        source=transfer.source,
        external_id=transfer.external_id,
        reference=transfer.reference,
        settled_on=transfer.settled_on,
        payee=transfer.payee,
        payee_name=transfer.payee_name,
        iban=transfer.iban,
        currency=transfer.currency,
        total=transfer.total,
    )


def _rows(
    lines: Iterable[Located[Line]],
    known: Known,
    contracts: Mapping[Key, UUID],
    settled: Mapping[Key, _Settled],
) -> Iterator[health.LineRow]:
    """By position, which is twice as quick as by name, and there are a million of them."""
    households, persons = known.households, known.persons
    for located in lines:
        line = located.record
        source, spent, rate = line.source, line.spent, line.rate
        transfer = settled[(source, line.transfer)] if line.transfer else _NOT_SETTLED
        (act, guarantee, rate_source, reason, clause), english = _words(line)
        yield health.LineRow(
            households[(source, line.household)],
            source,
            line.external_id,
            transfer.id,
            transfer.day,
            persons[(source, line.person)],
            contracts[(source, line.contract)] if line.contract else None,
            *(line.claim, line.care_date, line.category, line.sensitive, act, line.provider),
            _provider_key(line.provider) if line.provider else None,
            *(line.country, line.currency),
            spent.amount if spent else None,
            spent.currency if spent else None,
            rate.value if rate else None,
            rate_source,
            rate.day if rate else None,
            line.converted,
            line.primary_share,
            line.other_share,
            guarantee,
            line.deductible,
            line.ceiling_left,
            line.reimbursed,
            line.left_to_pay,
            line.left_computed,
            *(reason, clause, *english),
        )


# A provider comes back line after line.
_provider_key = lru_cache(maxsize=4096)(sort_key)


def _words(line: Line) -> tuple[list[Any], list[Any]]:
    """What a member reads: as it came, or in French, and in English where it came in both."""
    rate_source = line.rate.source if line.rate else None
    # In the order of the columns of English.
    said = [line.act, rate_source, line.guarantee, line.reason, line.clause]
    act, rate_source, guarantee, reason, clause = (
        words.fr if words.__class__ is Bilingual else words for words in said
    )
    english = [words.en if words.__class__ is Bilingual else None for words in said]
    return [act, guarantee, rate_source, reason, clause], english


# --- Totals --------------------------------------------------------------------------------------


def _refuse_wrong_totals(
    batch: Batch,
    known: Known,
    transfers: Sequence[health.StatedTransfer],
    taken: Taken,
    lines: Taken,
) -> None:
    """Among the households where the batch met what was there; the rest it has summed itself."""
    households = {transfers[place].household_id for place, names in taken.known.items() if names}
    met = known.transfers.keys()
    for place, located in enumerate(batch.lines) if met or lines.known else ():
        line = located.record
        added = place not in lines.known and (line.source, line.transfer or "") in met
        if added or lines.known.get(place):
            households.add(known.households[(line.source, line.household)])
    problems = Problems()
    for wrong in health.wrong_totals(households):
        problems.add(_place(wrong, batch, known), "total", _why(wrong))
    problems.refuse()


def _why(wrong: health.WrongTotal) -> str:
    which = f"the transfer {shown(wrong.external_id)}"
    if not wrong.one_currency:
        return f"{which} would have lines in another currency than its own"
    return (
        f"{which} would be of {wrong.total.normalize():f}, and its lines, those known before "
        f"included, reimburse {wrong.summed.normalize():f}"
    )


def _place(wrong: health.WrongTotal, batch: Batch, known: Known) -> Location:
    """The transfer in the batch, or a line of it, or else the first line of the household."""

    def here(record: Transfer | Line) -> bool:
        return known.households[(record.source, record.household)] == wrong.household_id

    for transfer in batch.transfers:
        if transfer.record.external_id == wrong.external_id and here(transfer.record):
            return transfer.location
    of_household = [located for located in batch.lines if here(located.record)]
    for line in of_household:
        if line.record.transfer == wrong.external_id:
            return line.location
    return of_household[0].location
