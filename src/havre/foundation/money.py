"""Amounts of money: exact, never without their currency, rounded in one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import cache
from typing import Self

from babel.core import get_global

from havre.foundation.refusals import Refusal


class UnknownCurrency(Refusal):
    """The code is no ISO 4217 currency."""


class NotAnAmount(Refusal):
    """The text or number is no finite amount, or is beyond any that we could be asked to keep."""


class TooManyDecimals(Refusal):
    """The amount is finer than the currency's minor unit; ``Money.rounded`` rounds on purpose."""


class CurrencyMismatch(ArithmeticError):
    """Two currencies met in one sum or comparison. A fault of ours, never of who typed."""


# ISO 4217 minor units where they are not 2. Babel tells which codes exist, but its decimals are
# those of everyday display (CLDR): 0 for the Serbian dinar, whose transfers do carry cents.
_OTHER_THAN_2 = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_MINOR_UNITS = {code: units for units, codes in _OTHER_THAN_2.items() for code in codes.split()}
_LIMIT = Decimal(10) ** 18  # sums of such amounts stay exact in the 28 digits of decimal arithmetic


@cache
def minor_units(currency: str) -> int:
    """Decimals of the currency by ISO 4217: EUR 2, JPY 0, TND 3. Refuses ``UnknownCurrency``."""
    if currency not in get_global("all_currencies"):
        raise UnknownCurrency(f"{currency!r} is no ISO 4217 currency code")
    return _MINOR_UNITS.get(currency, 2)


@cache
def _minor_unit(currency: str) -> Decimal:
    return Decimal(1).scaleb(-minor_units(currency))


def _round(amount: Decimal, currency: str) -> Decimal:
    """The one rounding place: half a minor unit goes away from zero, as on bank statements.

    A member who checks a statement by hand rounds this way, and a reversal mirrors what it
    reverses. Rounded parts that must meet a whole are the business of ``allocate``.
    """
    return amount.quantize(_minor_unit(currency), rounding=ROUND_HALF_UP)


def _exact(amount: Decimal | str | int) -> Decimal:
    if isinstance(amount, float):
        raise TypeError("a float is no amount of money")
    try:
        exact = Decimal(amount)
    except InvalidOperation:
        raise NotAnAmount("not a number") from None
    if not exact.is_finite() or abs(exact) >= _LIMIT:
        raise NotAnAmount("not a finite amount below 10^18")
    return exact


@dataclass(frozen=True, slots=True, init=False)
class Money:
    """An exact amount in a currency, always held to the currency's minor unit.

    Refuses ``UnknownCurrency``, ``NotAnAmount`` and ``TooManyDecimals``. Amounts of two currencies
    are never equal, and raise ``CurrencyMismatch`` when added or ordered.
    """

    amount: Decimal
    currency: str

    def __init__(self, amount: Decimal | str | int, currency: str) -> None:
        exact = _exact(amount)
        held = _round(exact, currency)
        if held != exact:
            raise TooManyDecimals(f"{currency} has {minor_units(currency)} decimals")
        # A frozen dataclass is set from inside this way; adding zero turns -0 into 0.
        object.__setattr__(self, "amount", held + 0)
        object.__setattr__(self, "currency", currency)

    @classmethod
    def zero(cls, currency: str) -> Self:
        return cls(0, currency)

    @classmethod
    def rounded(cls, amount: Decimal | str | int, currency: str) -> Self:
        """The amount rounded half up to the minor unit: for rates, percentages and fine feeds."""
        return cls(_round(_exact(amount), currency), currency)

    def split(self, parts: int) -> tuple[Self, ...]:
        """Equal parts that sum to the whole, the larger first, one minor unit apart at most."""
        if parts < 1:
            raise ValueError("a split needs at least one part")
        return self.allocate([1] * parts)

    def allocate(self, weights: Sequence[Decimal | int]) -> tuple[Self, ...]:
        """Parts in proportion to the weights, in their order, that sum to the whole.

        What rounding down leaves goes where it took most, the earlier part first. A weight of zero
        gets nothing. Weights are not negative, and not all zero.
        """
        if any(weight < 0 for weight in weights) or not any(weights):
            raise ValueError("weights are not negative, and not all zero")
        sign = -1 if self.amount < 0 else 1
        units = int(abs(self.amount) / _minor_unit(self.currency))
        shares = _largest_remainders(units, [Fraction(weight) for weight in weights])
        return tuple(self._of_units(sign * share) for share in shares)

    def _of_units(self, units: int) -> Self:
        return type(self)(units * _minor_unit(self.currency), self.currency)

    def _same(self, other: "Money") -> Decimal:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} with {other.currency}")
        return other.amount

    def __add__(self, other: "Money") -> Self:
        if not isinstance(other, Money):
            return NotImplemented
        return type(self)(self.amount + self._same(other), self.currency)

    def __radd__(self, other: int) -> Self:
        """``sum(amounts)`` starts at 0, which is nothing in any currency."""
        return self if other == 0 else NotImplemented

    def __sub__(self, other: "Money") -> Self:
        if not isinstance(other, Money):
            return NotImplemented
        return type(self)(self.amount - self._same(other), self.currency)

    def __neg__(self) -> Self:
        return type(self)(-self.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.amount >= self._same(other)

    def __str__(self) -> str:
        """For developers and the command line; pages format by the reader's language."""
        return f"{self.amount:f} {self.currency}"


def _largest_remainders(units: int, weights: Sequence[Fraction]) -> list[int]:
    """Whole units by weight (Hamilton's method), exact on the way."""
    whole = sum(weights)
    quotas = [divmod(units * weight, whole) for weight in weights]
    left = units - sum(share for share, _ in quotas)
    by_remainder = sorted(range(len(quotas)), key=lambda index: -quotas[index][1])
    favoured = set(by_remainder[:left])
    return [share + (index in favoured) for index, (share, _) in enumerate(quotas)]
