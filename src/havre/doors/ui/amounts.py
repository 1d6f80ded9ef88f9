"""Reading an amount that someone typed, as French and English write it: `1 234,50`, `1,234.50`, `92,5 €`.

Nothing is guessed: `1,234` and `1.234` are a thousand in one language and one and a bit in the other.
"""

import re
from decimal import Decimal

from havre.foundation.money import UnknownCurrency, minor_units

_MARKS = re.compile(r"[\s\u00a0\u202f\u2009'’€$£]+")
_PLAIN = re.compile(r"\d+")
_DECIMALS = re.compile(r"(\d+)[.,](\d{1,2}|\d{4,})")
_THOUSANDS = re.compile(r"(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?|(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?")
_LONGEST = 24
_SIGNS = {"€": "EUR", "£": "GBP"}
_BESIDE = re.compile(
    r"(?P<before>[A-Za-z]{3}|[€£])?(?P<rest>.*?)(?P<after>[A-Za-z]{3}|[€£])?", re.DOTALL
)


class WrongAmount(ValueError):
    """A text that is no amount; ``ambiguous`` where it could be two."""

    def __init__(self, *, ambiguous: bool = False) -> None:
        super().__init__("ambiguous" if ambiguous else "unreadable")
        self.ambiguous = ambiguous


def read_amount(text: str) -> Decimal:
    """The amount, of zero or more. Raises ``WrongAmount``."""
    spaced = text.strip().rstrip("€$£ \u00a0\u202f")
    written = _MARKS.sub("", text)
    if len(written) > _LONGEST:
        raise WrongAmount
    if _PLAIN.fullmatch(written):
        return Decimal(written)
    if found := _DECIMALS.fullmatch(written):
        return Decimal(f"{found[1]}.{found[2]}")
    if re.fullmatch(r"\d+[.,]\d{3}", written):
        # With its thousands apart, or none, what follows the mark can only be decimals.
        if _MARKS.search(spaced) or written.startswith("0"):
            return Decimal(written.replace(",", "."))
        raise WrongAmount(ambiguous=True)
    if found := _THOUSANDS.fullmatch(written):
        whole, rest = (found[1], found[2]) if found[1] else (found[3], found[4])
        return Decimal(f"{re.sub('[.,]', '', whole)}.{rest or 0}")
    raise WrongAmount


def currency_named(text: str) -> str:
    """``EUR`` for ``€`` and ``eur``: a dollar sign stays, for it is of many."""
    return _SIGNS.get(text.strip(), text.strip().upper())


def read_priced(text: str) -> tuple[Decimal, str | None]:
    """The amount, and the currency that stands before or after it: ``100 EUR``, ``USD 20``, ``£20``.

    None where there is none, or only the sign of several. Raises ``WrongAmount``.
    """
    found = _BESIDE.fullmatch(text.strip())
    if found is None or (found["before"] and found["after"]):
        raise WrongAmount
    beside = found["before"] or found["after"]
    code = currency_named(beside) if beside else None
    try:
        minor_units(code or "EUR")
    except UnknownCurrency:
        raise WrongAmount from None
    return read_amount(found["rest"]), code
