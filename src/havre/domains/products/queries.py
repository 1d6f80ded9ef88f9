"""Everything that reads what is sold: the same for every household."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from havre.domains.products.models import Formula, Guarantee
from havre.domains.products.words import (
    Bilingual,
    Ceiling,
    CeilingsCount,
    CeilingYear,
    Per,
    PercentOf,
    PriorAgreement,
    Unit,
)
from havre.foundation.db.reading import AnyOf, Given, PreparedRead
from havre.foundation.lately import Lately


@dataclass(frozen=True)
class GuaranteeSeen:
    """A row of the guarantee table; ``category`` is a category of expense, in words.

    ``text`` prevails; the rest is what a machine can count with, none where it is not stated.
    """

    category: str
    label: Bilingual
    text: Bilingual
    code: str | None = None
    percent: int | None = None
    percent_of: PercentOf = PercentOf.COST
    ceilings: tuple[Ceiling, ...] = ()
    waiting_months: int | None = None
    prior_agreement: PriorAgreement | None = None
    prior_agreement_above: Decimal | None = None

    def is_named(self, name: str | None) -> bool:
        """Whether a statement that names its guarantee so means this one: its code, or its label."""
        return name is not None and name in {self.code, self.label.fr, self.label.en}


@dataclass(frozen=True)
class FormulaSeen:
    """A formula of a product. ``guarantees`` are in the order in which they are shown.

    ``currency`` is that of its amounts, none where it is the contract's.
    """

    id: UUID
    product: Bilingual
    name: Bilingual
    guarantees: tuple[GuaranteeSeen, ...] = ()
    currency: str | None = None
    year: CeilingYear = CeilingYear.CALENDAR
    ceilings_count: CeilingsCount = CeilingsCount.REIMBURSED
    overall_ceiling: Decimal | None = None
    product_code: str = ""
    code: str = ""

    def title(self, language: str) -> str:
        """``Escale Confort``: the product then the formula, or the formula alone if it says both."""
        product, name = self.product.said_in(language), self.name.said_in(language)
        says_both = name.split()[:1] == product.split()[:1]
        return name if says_both else f"{product} {name}"


def product_code_of(formula: OuterRef) -> Subquery:
    """The product of a formula, for a statement about what it was sold as."""
    return Subquery(Formula.objects.filter(id=formula).values("product_code"))


def formulas(*, ids: Iterable[UUID | None]) -> dict[UUID, FormulaSeen]:
    """Formulas by id, without their guarantees. One statement, none when nothing is asked."""
    wanted = {wanted for wanted in ids if wanted is not None}
    return {row.id: _seen(row) for row in _formulas(ids=list(wanted))} if wanted else {}


def formulas_lately(*, ids: Iterable[UUID | None]) -> dict[UUID, FormulaSeen]:
    """The same as of the last minute: no statement where this process read them within it."""
    return _lately.of(wanted for wanted in ids if wanted is not None)


_lately: Lately[UUID, FormulaSeen] = Lately(lambda ids: formulas(ids=ids))


def formulas_with_guarantees(*, ids: Iterable[UUID | None]) -> dict[UUID, FormulaSeen]:
    """Formulas, their guarantee tables. One statement, none when nothing is asked."""
    wanted = {wanted for wanted in ids if wanted is not None}
    return {row.id: _whole(row) for row in _with_tables(ids=list(wanted))} if wanted else {}


def formulas_of(*, product: str) -> list[FormulaSeen]:
    """The formulas of a product with their guarantees, by their code. Two statements."""
    ids = Formula.objects.filter(product_code=product).values_list("id", flat=True)
    found = formulas_with_guarantees(ids=list(ids))
    return sorted(found.values(), key=lambda one: one.code)


class _Row(NamedTuple):
    id: UUID
    product_name_fr: str
    product_name_en: str
    name_fr: str
    name_en: str
    product_code: str
    code: str


class _WholeRow(NamedTuple):
    id: UUID
    product_name_fr: str
    product_name_en: str
    name_fr: str
    name_en: str
    currency: str | None
    year: str
    ceilings_count: str
    overall_ceiling: Decimal | None
    product_code: str
    code: str
    table: list[dict[str, Any]]


_SHOWN = (
    *("category", "label_fr", "label_en", "text_fr", "text_en", "code", "percent", "percent_of"),
    *("ceilings", "waiting_months", "prior_agreement", "prior_agreement_above"),
)


def _asked() -> QuerySet[Formula]:
    return Formula.objects.filter(AnyOf(F("id"), Given("ids")))


def _tables() -> QuerySet[Formula, Any]:
    table = Guarantee.objects.filter(formula_id=OuterRef("id")).order_by("position")
    rows = table.values(row=JSONObject(**{name: name for name in _SHOWN}))
    return _asked().annotate(table=ArraySubquery(rows))


_formulas = PreparedRead(_Row._make, _Row._fields, _asked)
_with_tables = PreparedRead(_WholeRow._make, _WholeRow._fields, _tables)


def _seen(row: _Row) -> FormulaSeen:
    return FormulaSeen(row.id, *_names(row), product_code=row.product_code, code=row.code)


def _names(row: _Row | _WholeRow) -> tuple[Bilingual, Bilingual]:
    return (
        Bilingual(row.product_name_fr, row.product_name_en),
        Bilingual(row.name_fr, row.name_en),
    )


def _whole(row: _WholeRow) -> FormulaSeen:
    return FormulaSeen(
        row.id,
        *_names(row),
        guarantees=tuple(map(_guarantee, row.table)),
        currency=row.currency,
        year=CeilingYear(row.year),
        ceilings_count=CeilingsCount(row.ceilings_count),
        overall_ceiling=row.overall_ceiling,
        product_code=row.product_code,
        code=row.code,
    )


def _guarantee(row: dict[str, Any]) -> GuaranteeSeen:
    agreement, above = row["prior_agreement"], row["prior_agreement_above"]
    return GuaranteeSeen(
        category=row["category"],
        label=Bilingual(row["label_fr"], row["label_en"]),
        text=Bilingual(row["text_fr"], row["text_en"]),
        code=row["code"],
        percent=row["percent"],
        percent_of=PercentOf(row["percent_of"]),
        ceilings=tuple(map(_ceiling, row["ceilings"])),
        waiting_months=row["waiting_months"],
        prior_agreement=PriorAgreement(agreement) if agreement else None,
        prior_agreement_above=None if above is None else Decimal(str(above)),
    )


def _ceiling(row: dict[str, Any]) -> Ceiling:
    amount = row["amount"]
    return Ceiling(
        per=Per(row["per"]),
        amount=None if amount is None else Decimal(amount),
        count=row["count"],
        unit=Unit(row["unit"]),
    )
