"""Everything that reads what is sold: the same for every household."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from havre.domains.products.models import Formula, Guarantee
from havre.domains.products.words import Bilingual
from havre.foundation.db.reading import AnyOf, Given, PreparedRead


@dataclass(frozen=True)
class GuaranteeSeen:
    """A row of the guarantee table; ``category`` is a category of expense, in words."""

    category: str
    label: Bilingual
    text: Bilingual


@dataclass(frozen=True)
class FormulaSeen:
    """A formula of a product. ``guarantees`` are in the order in which they are shown."""

    id: UUID
    product: Bilingual
    name: Bilingual
    guarantees: tuple[GuaranteeSeen, ...] = ()

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


def formula_with_guarantees(*, id: UUID | None) -> FormulaSeen | None:  # noqa: A002  # its name
    """A formula and its guarantee table. One statement, none when nothing is asked."""
    if id is None:
        return None
    table = (
        Guarantee.objects.filter(formula_id=OuterRef("id"))
        .order_by("position")
        .values(
            row=JSONObject(
                category="category",
                label_fr="label_fr",
                label_en="label_en",
                text_fr="text_fr",
                text_en="text_en",
            )
        )
    )
    row = Formula.objects.filter(id=id).annotate(table=ArraySubquery(table)).first()
    return _seen(row, table=row.table) if row else None


class _Row(NamedTuple):
    id: UUID
    product_name_fr: str
    product_name_en: str
    name_fr: str
    name_en: str


_formulas = PreparedRead(
    _Row._make, _Row._fields, lambda: Formula.objects.filter(AnyOf(F("id"), Given("ids")))
)


def _seen(row: Formula | _Row, *, table: Iterable[dict[str, Any]] = ()) -> FormulaSeen:
    return FormulaSeen(
        id=row.id,
        product=Bilingual(row.product_name_fr, row.product_name_en),
        name=Bilingual(row.name_fr, row.name_en),
        guarantees=tuple(
            GuaranteeSeen(
                category=guarantee["category"],
                label=Bilingual(guarantee["label_fr"], guarantee["label_en"]),
                text=Bilingual(guarantee["text_fr"], guarantee["text_en"]),
            )
            for guarantee in table
        ),
    )
