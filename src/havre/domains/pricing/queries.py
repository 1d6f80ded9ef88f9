"""Everything that reads prices."""

from collections.abc import Iterable
from datetime import date

from havre.domains.pricing import rules
from havre.domains.pricing.models import TariffLine
from havre.domains.pricing.words import Asked, Tariff
from havre.domains.products.words import Bilingual
from havre.foundation.dates import Period
from havre.foundation.money import Money


class PriceList:
    """The prices of one product, asked once, then read as often as one likes."""

    def __init__(self, tariffs: Iterable[Tariff]) -> None:
        self._tariffs = tuple(tariffs)

    def monthly(self, *, formula: str, asked: Asked, on: date, option: str = "") -> Money | None:
        """What the formula, or one of its options, costs a month; none where the list does not say."""
        lines = [
            line
            for line in self._tariffs
            if line.option == option and line.formula in (formula, "")
        ]
        return rules.monthly(lines, asked, on=on)

    def options(self, *, formula: str, on: date) -> dict[str, Bilingual]:
        """The options sold with the formula on that day, by their code."""
        return {
            line.option: line.name
            for line in self._tariffs
            if line.option and line.formula in (formula, "") and line.period.contains(on)
        }


def price_list(*, product: str) -> PriceList:
    """The price list of a product, empty where there is none. One statement."""
    rows = TariffLine.objects.filter(product_code=product).order_by(
        "formula_code", "option_code", "from_age", "first_day"
    )
    return PriceList(map(_seen, rows))


def _seen(row: TariffLine) -> Tariff:
    return Tariff(
        product=row.product_code,
        formula=row.formula_code,
        option=row.option_code,
        name=Bilingual(row.name_fr, row.name_en),
        scheme=row.scheme,
        zone=row.zone,
        from_age=row.from_age,
        to_age=row.to_age,
        monthly=row.monthly,
        currency=row.currency,
        period=Period(row.first_day, row.last_day),
    )
