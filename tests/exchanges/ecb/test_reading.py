"""The ECB's files, as it publishes them, and what is none of them."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from havre.domains.payments.actions import PublishedRate
from havre.exchanges.ecb import Unreadable, read

ALL = (
    b"Date,USD,JPY,BGN,RUB,\n2026-11-20,1.1525,163.00,N/A,N/A,\n2026-11-19,1.15,162.5,1.9558,N/A,\n"
)
OF_A_DAY = b"Date, USD, JPY, \n20 November 2026, 1.1525, 163.00, \n"
NEWEST = [
    PublishedRate("USD", date(2026, 11, 20), Decimal("1.1525")),
    PublishedRate("JPY", date(2026, 11, 20), Decimal("163.00")),
]


def zipped(content: bytes, *names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in names:
            packed.writestr(name, content)
    return made.getvalue()


def test_the_file_of_all_days_gives_what_was_published() -> None:
    rates = list(read(ALL))
    assert rates[:2] == NEWEST
    assert len(rates) == 5


def test_the_file_of_a_day_and_the_zip_say_the_same() -> None:
    assert list(read(OF_A_DAY)) == NEWEST
    assert list(read(zipped(ALL, "eurofxref-hist.csv"))) == list(read(ALL))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Currency,Rate\nUSD,1.15\n",
        b"Date,USD,\nsoon,1.15,\n",
        b"Date,USD,\n2026-11-20,cheap,\n",
        b"Date,USD,\n2026-11-20,0,\n",
        b"Date,USD,\n2026-11-20,NaN,\n",
        b"\xff\xfe",
        b"PK\x03\x04cut",
        zipped(ALL, "a.csv", "b.csv"),
        zipped(ALL, "a.txt"),
    ],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        list(read(content))
