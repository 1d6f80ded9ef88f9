"""Reading an amount that someone typed, as French and English write it: `1 234,50`, `1,234.50`, `92,5 €`.

Nothing is guessed: `1,234` and `1.234` are a thousand in one language and one and a bit in the other.
"""

import re
from decimal import Decimal

_MARKS = re.compile(r"[\s\u00a0\u202f\u2009'’€$£]+")
_PLAIN = re.compile(r"\d+")
_DECIMALS = re.compile(r"(\d+)[.,](\d{1,2}|\d{4,})")
_THOUSANDS = re.compile(r"(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?|(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?")
_LONGEST = 24


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
        # With its thousands apart, what follows the mark can only be decimals.
        if _MARKS.search(spaced):
            return Decimal(written.replace(",", "."))
        raise WrongAmount(ambiguous=True)
    if found := _THOUSANDS.fullmatch(written):
        whole, rest = (found[1], found[2]) if found[1] else (found[3], found[4])
        return Decimal(f"{re.sub('[.,]', '', whole)}.{rest or 0}")
    raise WrongAmount
