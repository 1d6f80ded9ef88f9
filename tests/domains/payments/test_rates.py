"""What a currency is worth on a day: the last published day, never between two, never too old."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from havre.domains.payments.actions import PublishedRate, load_rates
from havre.domains.payments.queries import NoRate, rate_on
from havre.domains.payments.rules.rates import rate
from havre.domains.payments.words import RateSource
from havre.foundation.db import Role, acting
from tests.builders import BUILDER
from tests.database import acting_as

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 6, 12)
RATES = [
    PublishedRate("USD", FRIDAY, Decimal("1.1525")),
    PublishedRate("JPY", FRIDAY, Decimal("163.00")),
    PublishedRate("USD", FRIDAY - timedelta(days=1), Decimal("1.2000")),
    PublishedRate("RUB", date(2022, 3, 1), Decimal("117.201")),
]


@pytest.fixture(autouse=True)
def _known() -> None:
    with acting_as(Role.WORKER), acting(actor=BUILDER, role=Role.BATCH):
        load_rates(RATES)


def worth(currency: str, to: str, day: date = FRIDAY) -> tuple[Decimal, date]:
    with acting(actor=BUILDER, role=Role.MEMBER):
        found = rate_on(currency=currency, to=to, day=day)
    return found.value, found.day


def test_the_rate_of_the_day_exact_to_ten_decimals() -> None:
    assert worth("USD", "EUR") == (Decimal("0.8676789588"), FRIDAY)
    assert worth("EUR", "USD") == (Decimal("1.1525000000"), FRIDAY)
    assert worth("JPY", "USD") == (Decimal("0.0070705521"), FRIDAY)


def test_on_a_day_without_one_the_last_before_is_taken() -> None:
    assert worth("USD", "EUR", FRIDAY + timedelta(days=2))[1] == FRIDAY
    assert worth("USD", "EUR", FRIDAY - timedelta(days=1))[0] == Decimal("0.8333333333")


def test_both_sides_are_of_one_day() -> None:
    with pytest.raises(NoRate):
        worth("JPY", "USD", FRIDAY - timedelta(days=1))


def test_a_rate_too_old_is_none_and_says_of_when() -> None:
    assert worth("USD", "EUR", FRIDAY + timedelta(days=7))[1] == FRIDAY
    with pytest.raises(NoRate) as refused:
        worth("USD", "EUR", FRIDAY + timedelta(days=8))
    assert (refused.value.currency, refused.value.last) == ("USD", FRIDAY)
    with pytest.raises(NoRate) as refused:
        worth("RUB", "EUR")
    assert refused.value.last == date(2022, 3, 1)


def test_the_rule_itself_takes_no_rate_older_than_seven_days() -> None:
    published = [("USD", FRIDAY, Decimal("1.1525"))]
    assert rate(published, currency="USD", to="EUR", day=FRIDAY + timedelta(days=7)).day == FRIDAY
    with pytest.raises(NoRate):
        rate(published, currency="USD", to="EUR", day=FRIDAY + timedelta(days=8))


def test_a_currency_that_nobody_publishes_has_none() -> None:
    with pytest.raises(NoRate) as refused:
        worth("EUR", "PEN")
    assert (refused.value.currency, refused.value.last) == ("PEN", None)


def test_a_fixed_parity_needs_no_publication() -> None:
    assert worth("EUR", "XOF", date(2030, 1, 1)) == (Decimal("655.957"), date(2030, 1, 1))
    assert worth("XPF", "EUR")[0] == Decimal("0.0083800000")
    with acting(actor=BUILDER, role=Role.MEMBER):
        assert rate_on(currency="XOF", to="EUR", day=FRIDAY).source is RateSource.FIXED
        assert rate_on(currency="XOF", to="USD", day=FRIDAY).source is RateSource.ECB


def test_a_corrected_rate_is_replaced_and_the_same_one_changes_nothing() -> None:
    with acting_as(Role.WORKER), acting(actor=BUILDER, role=Role.BATCH):
        again = load_rates(RATES)
        corrected = load_rates([PublishedRate("USD", FRIDAY, Decimal("1.25"))])
    assert (again.new, any(again.known.values())) == (0, False)
    assert corrected.known == {0: ("per_euro",)}
    assert worth("USD", "EUR")[0] == Decimal("0.8000000000")
