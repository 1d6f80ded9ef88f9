"""How amounts, days and names are written for a reader, in the language now active.

French as in France, English as in Britain (the day before the month). Every space inside a number,
and between a number and its unit, is a no-break space, so that no amount is cut over two lines.

Babel knows how each is written, and takes its time to say so: a page has dozens of amounts and days.
So its marks are applied to amounts here, and what it made of a day is remembered.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_location
from babel.numbers import format_compact_decimal, format_decimal, format_percent
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.foundation.money import Money

NO_BREAK = "\N{NO-BREAK SPACE}"
COMPACT_FROM = 100_000
_VOWELS = "aàâeéèêëiîïoôuùûyAÀÂEÉÈÊËIÎÏOÔUÙÛ"
_MUTE_H = ("Helsinki", "Honolulu")


@cache
def _locale_of(language: str) -> Locale:
    return Locale.parse("fr" if language.startswith("fr") else "en_GB")


def locale() -> Locale:
    """The locale of the language now active."""
    return _locale_of(get_language() or "fr")


def _french() -> bool:
    return locale().language == "fr"


def money(value: Money) -> str:
    """`1 432,62 €`, `€1,432.62`; other currencies by their code: `2 600,00 MXN`, `MXN 2,600.00`.

    A code, because a dollar sign tells someone in Mexico City or Toronto nothing.
    """
    if value.currency == "EUR":
        return _euros(value.amount)
    number = _figures(value.amount, locale().language)
    parts = (number, value.currency) if _french() else (value.currency, number)
    return NO_BREAK.join(parts)


def figure(value: Decimal) -> str:
    """A number that is no amount, with its own decimals and no idle zero: `0,048`, `0.048`."""
    return _figures(value.normalize(), locale().language)


def brief_money(value: Money) -> str:
    """For the top of a bar: whole units (`544 €`), the euro's sign only, `1,2 M` when large."""
    if abs(value.amount) >= COMPACT_FROM:
        return format_compact_decimal(value.amount, locale=locale(), fraction_digits=1)
    whole = value.amount.quantize(Decimal(1))
    return _euros(whole) if value.currency == "EUR" else _figures(whole, locale().language)


def _euros(amount: Decimal) -> str:
    here = locale().language
    figures = _figures(abs(amount), here)
    sign = "-" if amount < 0 else ""
    return f"{sign}{figures}{NO_BREAK}€" if here == "fr" else f"{sign}€{figures}"


def _figures(amount: Decimal, language: str) -> str:
    """All decimals that the amount has, the thousands apart."""
    return f"{amount + 0:,f}".translate(_marks(language))


@cache
def _marks(language: str) -> dict[int, str]:
    symbols = _locale_of(language).number_symbols["latn"]
    return str.maketrans({",": symbols["group"], ".": symbols["decimal"]})


@lru_cache(maxsize=4096)
def _written(value: date, pattern: str, language: str) -> str:
    return format_date(value, pattern, locale=_locale_of(language))


def _day(value: date, pattern: str) -> str:
    return _written(value, pattern, get_language() or "fr")


def _first(value: date, text: str) -> str:
    """French says "1er janvier": the first of the month only."""
    return text.replace("1 ", "1er ", 1) if value.day == 1 and _french() else text


def day(value: date) -> str:
    """`12 novembre 2026`, `1er janvier 2025`, `12 November 2026`."""
    return _first(value, _day(value, "d MMMM y"))


def week_day(value: date) -> str:
    """`lundi 16 novembre 2026`, `Monday 16 November 2026`."""
    return f"{_day(value, 'EEEE')} {day(value)}"


def short_day(value: date) -> str:
    """For tables: `12 nov. 2026`, `1er nov. 2026`, `12 Nov 2026`."""
    return _first(value, _day(value, "d MMM y"))


def typed_day(value: date) -> str:
    """As it is typed in a field, in both languages: `12/11/2026`."""
    return f"{value:%d/%m/%Y}"


def month(value: date) -> str:
    """`novembre 2026`, `November 2026`."""
    return _day(value, "LLLL y")


def month_name(value: date) -> str:
    """`novembre`, `November`."""
    return _day(value, "LLLL")


def short_month(value: date) -> str:
    """Under a bar: `juil.`, `Jul`."""
    return _day(value, "LLL")


def clock(value: datetime) -> str:
    """`7 h 42`, `07:42`: the hour of the value's own zone."""
    if _french():
        return f"{value.hour}{NO_BREAK}h{NO_BREAK}{value.minute:02}"
    return format_time(value, "HH:mm", tzinfo=value.tzinfo, locale=locale())


def moment(value: datetime, zone: str) -> str:
    """`lundi 16 novembre 2026 à 7 h 42, heure de Mexico`; the zone is an IANA name."""
    local = value.astimezone(ZoneInfo(zone))
    return _("%(day)s at %(time)s, %(zone)s") % {
        "day": week_day(local.date()),
        "time": clock(local),
        "zone": zone_time(zone),
    }


def zone_time(zone: str) -> str:
    """`heure de Mexico`, `Mexico City time`, `heure universelle (UTC)`."""
    if zone == "UTC":
        return _("universal time (UTC)")
    city = _city(zone, get_language() or "fr")
    return _("%(city)s time") % {"city": _of(city) if _french() else city}


@lru_cache(maxsize=1024)
def _city(zone: str, language: str) -> str:
    place = get_timezone_location(zone, locale=_locale_of(language), return_city=True)
    return place.rpartition("/")[2]


def _of(city: str) -> str:
    """French: de Mexico, d’Alger, du Caire."""
    if city.startswith("Le "):
        return f"du {city[3:]}"
    return f"d’{city}" if city[0] in _VOWELS or city.startswith(_MUTE_H) else f"de {city}"


def percent(ratio: Decimal | float) -> str:
    """`65 %`, `65%`, from 0.65."""
    return format_percent(ratio, locale=locale())


def size(count: int) -> str:
    """Of a file: `240 Ko`, `240 KB`, `1,4 Mo`, `1.4 MB`."""
    kilobytes = max(1, round(count / 1024))
    figures, unit = (
        (str(kilobytes), _("KB"))
        if kilobytes < 1000
        else (format_decimal(count / 1024 / 1024, "0.0", locale=locale()), _("MB"))
    )
    return f"{figures}{NO_BREAK}{unit}"


def country(code: str) -> str:
    """The country of an ISO 3166 two-letter code, or the code itself when it is none."""
    return str(locale().territories.get(code, code))


def initials(name: str) -> str:
    """Two letters at most: first word, last word."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys((*words[:1], *words[1:][-1:]))).upper()
