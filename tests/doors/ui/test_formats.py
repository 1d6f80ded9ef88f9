"""How amounts, days and names read in both languages. # W1"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from babel.numbers import format_currency
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from havre.doors.ui import formats
from havre.foundation.money import Money

N = "\N{NO-BREAK SPACE}"
THIN = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("amount", "currency", "french", "english"),
    [
        ("1432.62", "EUR", f"1{THIN}432,62{N}€", "€1,432.62"),
        ("-12.50", "EUR", f"-12,50{N}€", "-€12.50"),
        ("2600.00", "MXN", f"2{THIN}600,00{N}MXN", f"MXN{N}2,600.00"),
        ("14600", "JPY", f"14{THIN}600{N}JPY", f"JPY{N}14,600"),
        ("1.250", "TND", f"1,250{N}TND", f"TND{N}1.250"),
    ],
)
def test_money(amount: str, currency: str, french: str, english: str) -> None:
    value = Money(amount, currency)
    with translation.override("fr"):
        assert formats.money(value) == french
    with translation.override("en"):
        assert formats.money(value) == english


@pytest.mark.parametrize("language", ["fr", "en"])
@given(units=st.integers(min_value=-(10**12), max_value=10**12))
def test_money_is_written_as_babel_writes_it(language: str, units: int) -> None:
    value = Money(Decimal(units).scaleb(-2), "EUR")
    with translation.override(language):
        assert formats.money(value) == format_currency(value.amount, "EUR", locale=formats.locale())


@pytest.mark.parametrize(
    ("amount", "currency", "french", "english"),
    [
        ("543.58", "EUR", f"544{N}€", "€544"),
        ("0.00", "EUR", f"0{N}€", "€0"),
        ("-0.30", "EUR", f"0{N}€", "€0"),
        ("2600.40", "MXN", f"2{THIN}600", "2,600"),
        ("1250000.00", "XOF", f"1,2{N}M", "1.2M"),
    ],
)
def test_brief_money(amount: str, currency: str, french: str, english: str) -> None:
    value = Money.rounded(Decimal(amount), currency)
    with translation.override("fr"):
        assert formats.brief_money(value) == french
    with translation.override("en"):
        assert formats.brief_money(value) == english


def test_days_in_french(french: None) -> None:
    first = date(2025, 1, 1)
    assert formats.day(date(2026, 11, 12)) == "12 novembre 2026"
    assert formats.day(first) == "1er janvier 2025"
    assert formats.day(date(2025, 1, 11)) == "11 janvier 2025"
    assert formats.week_day(date(2026, 11, 16)) == "lundi 16 novembre 2026"
    assert formats.short_day(first) == "1er janv. 2025"
    assert formats.typed_day(date(2026, 11, 3)) == "03/11/2026"
    assert formats.month(first) == "janvier 2025"
    assert formats.short_month(date(2026, 7, 1)) == "juil."


def test_days_in_english(english: None) -> None:
    first = date(2025, 1, 1)
    assert formats.day(date(2026, 11, 12)) == "12 November 2026"
    assert formats.day(first) == "1 January 2025"
    assert formats.week_day(date(2026, 11, 16)) == "Monday 16 November 2026"
    assert formats.short_day(first) == "1 Jan 2025"
    assert formats.month_name(first) == "January"


AT = datetime(2026, 11, 16, 13, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "french", "english"),
    [
        (
            "America/Mexico_City",
            f"lundi 16 novembre 2026 à 7{N}h{N}42, heure de Mexico",
            "Monday 16 November 2026 at 07:42, Mexico City time",
        ),
        (
            "Asia/Tokyo",
            f"lundi 16 novembre 2026 à 22{N}h{N}42, heure de Tokyo",
            "Monday 16 November 2026 at 22:42, Tokyo time",
        ),
        (
            "UTC",
            f"lundi 16 novembre 2026 à 13{N}h{N}42, heure universelle (UTC)",
            "Monday 16 November 2026 at 13:42, universal time (UTC)",
        ),
    ],
)
def test_moment_names_its_place(zone: str, french: str, english: str) -> None:
    with translation.override("fr"):
        assert formats.moment(AT, zone) == french
    with translation.override("en"):
        assert formats.moment(AT, zone) == english


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Africa/Algiers", "heure d’Alger"),
        ("Africa/Cairo", "heure du Caire"),
        ("America/Havana", "heure de La Havane"),
        ("Europe/Helsinki", "heure d’Helsinki"),
        ("America/Argentina/Buenos_Aires", "heure de Buenos Aires"),
    ],
)
def test_french_elides_before_a_city(zone: str, words: str, french: None) -> None:
    assert formats.zone_time(zone) == words


def test_percent_country_initials(french: None) -> None:
    assert formats.percent(Decimal("0.65")) == f"65{N}%"
    assert formats.country("MX") == "Mexique"
    assert formats.country("??") == "??"
    assert formats.initials("Claire Aubrac") == "CA"
    assert formats.initials("anne de la Tour") == "AT"
    assert formats.initials("Inès") == "I"
    assert formats.initials("Anne Aubrac") == "AA"
    assert formats.initials("") == ""
