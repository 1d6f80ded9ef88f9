"""Exchange rates as their publisher gives them, taken in as a set under the batch role."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from havre.foundation.db.intake import Intake, Taken


class PublishedRate(NamedTuple):
    """Units of ``currency`` for one euro, published on ``day``."""

    currency: str
    day: date
    per_euro: Decimal


_RATES = Intake("payments_publishedrate", PublishedRate, key=("currency", "day"))


def load_rates(rates: Iterable[PublishedRate]) -> Taken:
    """Take rates in; one that is known and corrected is replaced. Needs the batch role."""
    return _RATES.take(rates)
