"""What was counted of a file, held against its trailer."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from havre.journeys.loading.records import Trailer, Transfer

Progress: TypeAlias = Callable[[int, int], None]
"""Told how much is done and how much there is."""


class Uncountable(Exception):
    """The total of a transfer is no amount that sums exactly."""


class Tally:
    """Counts the records of one file and sums its transfers by currency."""

    def __init__(self) -> None:
        self._records = 0
        self._sums: dict[str, Decimal] = defaultdict(Decimal)
        self.wrong = 0
        """How many rows were no record."""

    def count(self, record: Struct) -> None:
        """Raises ``Uncountable``."""
        if isinstance(record, Transfer):
            if not _summable(record.total):
                raise Uncountable
            self._sums[record.currency] += record.total
        self._records += 1

    def count_wrong(self, *, blank: bool = False) -> None:
        """A row that is wrong is still a record, unless nothing stands there."""
        self._records += not blank
        self.wrong += 1

    def differences(self, trailer: Trailer) -> Iterator[tuple[str, str]]:
        """The fields of the trailer that say something else, and why."""
        if trailer.count != self._records:
            why = f"the trailer counts {trailer.count} records, the file has {self._records}"
            yield "count", why
        elif not self.wrong:  # else the sums differ because of rows already told
            for currency in sorted(self._sums.keys() | trailer.sums.keys()):
                stated = trailer.sums.get(currency, Decimal(0))
                summed = self._sums.get(currency, Decimal(0))
                if not _summable(stated):
                    yield f"sums.{currency}", "is not an amount that can be summed"
                elif stated != summed:
                    why = f"the trailer says {stated:f}, the transfers sum to {summed:f}"
                    yield f"sums.{currency}", why


def _summable(amount: Decimal) -> bool:
    """Whether sums of such amounts stay exact in the 28 digits of decimal arithmetic."""
    if not amount.is_finite():
        return False
    return amount.adjusted() < 18 and int(amount.as_tuple().exponent) >= -6
