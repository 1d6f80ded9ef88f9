"""What a feed says of formulas, taken in as a set under the batch role."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from havre.foundation.db.intake import Intake, Key, Taken, look_up


class FormulaRow(NamedTuple):
    id: UUID
    product_code: str
    code: str
    product_name_fr: str
    product_name_en: str
    name_fr: str
    name_en: str
    currency: str | None
    year: str
    ceilings_count: str
    overall_ceiling: Decimal | None


class GuaranteeRow(NamedTuple):
    """``position`` counts from 0, in the order in which guarantees are shown.

    ``ceilings`` is JSON: a list of objects with the fields of ``words.Ceiling``, amounts as strings.
    """

    formula_id: UUID
    position: int
    category: str
    label_fr: str
    label_en: str
    text_fr: str
    text_en: str
    code: str | None
    percent: int | None
    percent_of: str
    ceilings: str
    waiting_months: int | None
    prior_agreement: str | None
    prior_agreement_above: Decimal | None


_FORMULAS = Intake("products_formula", FormulaRow, key=("product_code", "code"), once=("id",))
_GUARANTEES = Intake("products_guarantee", GuaranteeRow, key=("formula_id", "position"))


def find_formulas(keys: Collection[Key]) -> dict[Key, UUID]:
    """Ids by product code and formula code."""
    found = look_up("products_formula", keys=keys, give=("id",), by=("product_code", "code"))
    return {key: row[0] for key, row in found.items()}


def load_formulas(rows: Sequence[FormulaRow]) -> Taken:
    return _FORMULAS.take(rows)


def load_guarantees(rows: Sequence[GuaranteeRow]) -> set[UUID]:
    """Replace the guarantee tables of the formulas that ``rows`` has any of; which ones changed.

    A formula without a row keeps the table it has.
    """
    taken = _GUARANTEES.take(rows)
    changed = {row.formula_id for place, row in enumerate(rows) if taken.known.get(place) != ()}
    lengths: dict[UUID, int] = {}
    for row in rows:
        lengths[row.formula_id] = max(lengths.get(row.formula_id, 0), row.position + 1)
    return changed | _cut_to(lengths)


def _cut_to(lengths: Mapping[UUID, int]) -> set[UUID]:
    if not lengths:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM products_guarantee g "
            "USING unnest(%s::uuid[], %s::int[]) AS shown (formula_id, length) "
            "WHERE g.formula_id = shown.formula_id AND g.position >= shown.length "
            "RETURNING g.formula_id",
            [list(lengths), list(lengths.values())],
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return {row[0] for row in rows}
