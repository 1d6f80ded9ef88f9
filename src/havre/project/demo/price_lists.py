"""What the demo's formulas and options cost: fictional price lists by age and zone."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from havre.domains.pricing.actions import COLUMNS, load_prices
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.loading.records import Bilingual
from havre.project.demo.products import OPTIONS, PLANS

_DEMO = Actor(name="demo", channel=Channel.COMMAND, purpose="load prices")
_AGES = ((0, 17), (18, 29), (30, 39), (40, 49), (50, 59), (60, 120))
_BY_AGE = ("0.55", "0.80", "1.00", "1.35", "1.90", "2.70")
_BASE = {"ESSENTIEL": 62, "CONFORT": 78, "HORIZON": 164, "LEMAN": 188, "EQUIPE": 70, "MONDE": 175}
_BY_ZONE = ("1.00", "1.12", "1.25", "1.45", "1.95")
# One that nobody has yet, so that there is always something to add.
_DAILY = ("DAILY", Bilingual(fr="Indemnité par jour d’hôpital", en="Daily hospital benefit"), 0)
_OPTION = {"DAILY": "9.80", "ASSISTANCE": "6.50", "LIABILITY": "3.20", "LEGAL": "4.10"}


def load(*, today: date) -> None:
    """Put the price lists in force since the beginning of last year. As the worker."""
    with acting(actor=_DEMO, role=Role.EDITOR):
        load_prices("\n".join([",".join(COLUMNS), *_lines(date(today.year - 1, 1, 1))]))


def _lines(first_day: date) -> Iterator[str]:
    """In the order of ``COLUMNS``; the scheme and the last day are left empty."""
    for plan in PLANS.values():
        sold, since = f"{plan.product},{plan.code}", f"{plan.currency},{first_day},"
        for zone, by_zone in enumerate(_BY_ZONE, 1):
            for (first, last), by_age in zip(_AGES, _BY_AGE, strict=True):
                cost = _BASE[plan.code] * Decimal(by_zone) * Decimal(by_age)
                yield f"{sold},,,,,{zone},{first},{last},{cost:.2f},{since}"
        for code, name, _ in (*OPTIONS, _DAILY):
            yield f"{sold},{code},{name.fr},{name.en},,,0,120,{_OPTION[code]},{since}"
