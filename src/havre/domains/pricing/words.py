from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from havre.domains.products.words import Bilingual
from havre.foundation.dates import Period


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a price is asked for: frozen facts, and nobody. ``ages`` are of each person on the day."""

    scheme: str
    zone: int | None
    ages: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Tariff:
    """A line of the price list: a month for one person of an age, both ages included.

    ``option`` is "" for the formula itself. ``zone`` none: whatever the zone.
    """

    product: str
    formula: str
    option: str
    name: Bilingual
    scheme: str
    zone: int | None
    from_age: int
    to_age: int
    monthly: Decimal
    currency: str
    period: Period

    def holds(self, asked: Asked, *, age: int, on: date) -> bool:
        """Whether it is the price of someone of that age on that day."""
        return (
            self.scheme in ("", asked.scheme)
            and self.zone in (None, asked.zone)
            and self.from_age <= age <= self.to_age
            and self.period.contains(on)
        )
