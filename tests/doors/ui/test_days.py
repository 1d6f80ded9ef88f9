"""What people type for a day, and what is never guessed."""

from datetime import date

import pytest

from havre.doors.ui.days import Flaw, WrongDay, read_day


@pytest.mark.parametrize(
    "text",
    [
        "21/03/1958",
        "21/3/1958",
        " 21 03 1958 ",
        "21.03.1958",
        "21-03-1958",
        "21\N{NO-BREAK SPACE}03\N{NO-BREAK SPACE}1958",
        "21 / 03 / 1958",
        "21031958",
        "1958-03-21",
        "21 mars 1958",
        "21 March 1958",
        "21st March 1958",
        "21 MAR. 1958",
        "le 21 mars 1958",
        "٢١/٠٣/١٩٥٨",
    ],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_day(text) == date(1958, 3, 21)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er août 1958", date(1958, 8, 1)),
        ("03/04/1958", date(1958, 4, 3)),
        ("2 févr. 1958", date(1958, 2, 2)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_the_day_comes_first(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("03/21/1958", Flaw.NO_SUCH_MONTH),
        ("00/00/1958", Flaw.NO_SUCH_MONTH),
        ("31/11/2026", Flaw.NO_SUCH_DAY),
        ("29/02/2023", Flaw.NO_SUCH_DAY),
        ("01/01/0000", Flaw.NO_SUCH_DAY),
        ("21/03/58", Flaw.SHORT_YEAR),
        ("210358", Flaw.SHORT_YEAR),
        ("hier", Flaw.UNREADABLE),
        ("3 ju 1958", Flaw.UNREADABLE),
        ("3 jui 1958", Flaw.UNREADABLE),
        ("21/03/1958/1", Flaw.UNREADABLE),
        ("", Flaw.UNREADABLE),
    ],
)
def test_a_wrong_day_says_why(text: str, flaw: Flaw) -> None:
    with pytest.raises(WrongDay) as refused:
        read_day(text)
    assert refused.value.flaw is flaw
