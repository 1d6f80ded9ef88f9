"""What a feed says of transfers and lines, taken in as a set under the batch role."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from havre.foundation.crypto import Place, vault
from havre.foundation.db.intake import Intake, Key, Taken, look_up
from havre.foundation.identifiers import mask_iban


class StatedTransfer(NamedTuple):
    """``iban`` is in clear, in memory only, in the form of ``check_iban``."""

    id: UUID
    household_id: UUID
    source: str
    external_id: str
    reference: str
    settled_on: date
    payee: str
    payee_name: str | None
    iban: str | None
    currency: str
    total: Decimal


class KnownTransfer(NamedTuple):
    id: UUID
    household_id: UUID
    settled_on: date
    currency: str
    iban_index: bytes | None


class LineRow(NamedTuple):
    """``provider_key`` is what a provider is searched by, of ``foundation.names.sort_key``."""

    household_id: UUID
    source: str
    external_id: str
    transfer_id: UUID | None
    settled_on: date | None
    person_id: UUID
    contract_id: UUID | None
    claim: str
    care_date: date
    category: str
    sensitive: bool
    act: str
    provider: str | None
    provider_key: str | None
    country: str | None
    currency: str
    spent: Decimal | None
    spent_currency: str | None
    rate: Decimal | None
    rate_source: str | None
    rate_day: date | None
    converted: Decimal | None
    primary_share: Decimal | None
    other_share: Decimal | None
    guarantee: str | None
    deductible: Decimal | None
    ceiling_left: Decimal | None
    reimbursed: Decimal | None
    left_to_pay: Decimal | None
    left_computed: bool
    reason: str | None
    clause: str | None
    act_en: str | None
    rate_source_en: str | None
    guarantee_en: str | None
    reason_en: str | None
    clause_en: str | None


class WrongTotal(NamedTuple):
    """A transfer whose lines, all feeds together, do not add up to it."""

    transfer_id: UUID
    household_id: UUID
    external_id: str
    total: Decimal
    summed: Decimal
    one_currency: bool


class _TransferRow(NamedTuple):
    id: UUID
    household_id: UUID
    source: str
    external_id: str
    reference: str
    settled_on: date
    payee: str
    payee_name: str | None
    iban: bytes | None
    iban_index: bytes | None
    iban_shown: str | None
    currency: str
    total: Decimal


_TRANSFERS = Intake(
    "health.transfer",
    _TransferRow,
    key=("household_id", "source", "external_id"),
    once=("id",),
    sealed={"iban": "iban_index"},
)
_LINES = Intake("health.line", LineRow, key=("household_id", "source", "external_id"))


def find_transfers(keys: Collection[Key]) -> dict[Key, KnownTransfer]:
    """Transfers of every household, by source and external id."""
    found = look_up("health.transfer", keys=keys, give=KnownTransfer._fields)
    return {key: KnownTransfer(*row) for key, row in found.items()}


def load_transfers(
    transfers: Sequence[StatedTransfer], *, known: Mapping[Key, KnownTransfer]
) -> Taken:
    """Take transfers in; the day of settlement of their lines follows."""
    taken = _TRANSFERS.take(
        _sealed(stated, known.get((stated.source, stated.external_id))) for stated in transfers
    )
    moved = [transfers[place].id for place, names in taken.known.items() if "settled_on" in names]
    if moved:
        _settle_lines_with(moved)
    return taken


def load_lines(lines: Iterable[LineRow]) -> Taken:
    return _LINES.take(lines)


def wrong_totals(households: Collection[UUID]) -> list[WrongTotal]:
    """Transfers of these households that are not the sum of their lines, in one currency."""
    if not households:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM (SELECT t.id, t.household_id, t.external_id, t.total, "
            "coalesce(sum(l.reimbursed), 0) AS summed, "
            "coalesce(bool_and(l.currency = t.currency), true) AS one_currency "
            "FROM health.transfer t LEFT JOIN health.line l "
            "ON l.household_id = t.household_id AND l.transfer_id = t.id "
            "WHERE t.household_id = ANY(%s) GROUP BY t.id) AS sums "
            "WHERE total <> summed OR NOT one_currency ORDER BY external_id",
            [list(households)],
        )
        return [WrongTotal(*row) for row in cursor.fetchall()]


def _sealed(stated: StatedTransfer, known: KnownTransfer | None) -> _TransferRow:
    """The IBAN is sealed only if it is new: a sealed value never looks like the one before."""
    iban = stated.iban
    index = vault().blind(iban, purpose="iban") if iban else None
    before = bytes(known.iban_index) if known and known.iban_index else None
    place = Place("health.transfer", "iban", stated.id)
    return _TransferRow(
        *stated[:8],
        vault().seal(iban, place=place) if iban and index != before else None,
        index,
        mask_iban(iban) if iban else None,
        stated.currency,
        stated.total,
    )


def _settle_lines_with(transfers: list[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE health.line l SET settled_on = t.settled_on FROM health.transfer t "
            "WHERE t.household_id = l.household_id AND t.id = l.transfer_id "
            "AND t.id = ANY(%s) AND l.settled_on IS DISTINCT FROM t.settled_on",
            [transfers],
        )
