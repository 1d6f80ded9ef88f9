"""Reading a day that someone typed.

Text and not `type=date`: the picker's language and order are the browser's, not the page's, and it
makes someone born in 1941 turn back eighty years of months on a phone. The day always comes first,
in both languages, and nothing is guessed: an American order that can be told apart is refused with
a word of explanation, and the example on screen has a day over 12.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum
from functools import cache

from babel import Locale

_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})[ ./-]+(\d{1,2})[ ./-]+(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WITH_NAME = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?[ -]+([a-z]+)\.?,?[ -]+(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}[ ./-]+\d{1,2}[ ./-]+\d{2}|\d{6}")
_ARTICLE = re.compile(r"^(?:le|the) ")
_SHORTEST_NAME = 3


class Flaw(StrEnum):
    """Why a text is no day."""

    UNREADABLE = "UNREADABLE"
    SHORT_YEAR = "SHORT_YEAR"
    NO_SUCH_MONTH = "NO_SUCH_MONTH"
    NO_SUCH_DAY = "NO_SUCH_DAY"


class WrongDay(ValueError):
    """A text that is no day of the calendar; `month` and `year` are there when they were read."""

    def __init__(self, flaw: Flaw, *, month: int = 0, year: int = 0) -> None:
        super().__init__(flaw.value)
        self.flaw, self.month, self.year = flaw, month, year


def read_day(text: str) -> date:
    """The day of `21/03/1958`, `21 3 1958`, `21.03.1958`, `21031958`, `1958-03-21`, `21 mars 1958`.

    Raises WrongDay: two-digit years are never completed, no order but day, month, year is guessed.
    """
    written = _plain(text)
    numbers = _numbers(written)
    if numbers is None:
        short = _SHORT_YEAR.fullmatch(written)
        raise WrongDay(Flaw.SHORT_YEAR if short else Flaw.UNREADABLE)
    year, month, day = numbers
    if not 1 <= month <= 12:
        raise WrongDay(Flaw.NO_SUCH_MONTH, month=month, year=year)
    try:
        return date(year, month, day)
    except ValueError:
        raise WrongDay(Flaw.NO_SUCH_DAY, month=month, year=year) from None


def _numbers(written: str) -> tuple[int, int, int] | None:
    for pattern in (_DIGITS, _DAY_FIRST):
        if found := pattern.fullmatch(written):
            day, month, year = found.groups()
            return int(year), int(month), int(day)
    if found := _YEAR_FIRST.fullmatch(written):
        year, month, day = found.groups()
        return int(year), int(month), int(day)
    if (found := _WITH_NAME.fullmatch(written)) and (number := _month_number(found[2])):
        return int(found[3]), number, int(found[1])
    return None


def _plain(text: str) -> str:
    """Lower case, no accents, single spaces, no article: "le 3 juillet 1989"."""
    letters = unicodedata.normalize("NFKD", text.strip().lower())
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return _ARTICLE.sub("", re.sub(r"\s+", " ", plain))


def _month_number(name: str) -> int:
    """1 to 12 from a French or English month, or a beginning that tells it apart; else 0."""
    if len(name) < _SHORTEST_NAME:
        return 0
    found = {number for full, number in _month_names() if full.startswith(name)}
    return found.pop() if len(found) == 1 else 0


@cache
def _month_names() -> tuple[tuple[str, int], ...]:
    return tuple(
        (_plain(name), number)
        for language in ("fr", "en")
        for number, name in Locale.parse(language).months["format"]["wide"].items()
    )
