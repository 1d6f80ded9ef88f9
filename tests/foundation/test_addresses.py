"""Addresses by country, and telephone numbers."""

import pytest

from havre.foundation.addresses import (
    Part,
    PostalAddress,
    countries,
    fits_postal_code,
    parts_of,
    written,
)
from havre.foundation.phones import WrongPhone, read_phone, shown_phone


def test_each_country_has_a_form() -> None:
    assert {"FR", "MX", "JP", "AE"} <= countries()
    for country in countries():
        assert Part.STREET in {rule.part for rule in parts_of(country)}, country


def test_fields_come_in_the_order_of_the_country() -> None:
    french = [rule.part for rule in parts_of("FR")]
    assert french == [Part.STREET, Part.POSTAL_CODE, Part.CITY]
    assert parts_of("JP")[0].part is Part.POSTAL_CODE
    kinds = {rule.part: rule.kind for rule in parts_of("US")}
    assert (kinds[Part.REGION], kinds[Part.POSTAL_CODE]) == ("state", "zip")


def test_an_address_is_written_as_over_there() -> None:
    assert written(PostalAddress(("12 rue X", "Bât B"), "FR", "75001", "Paris")) == (
        "12 rue X",
        "Bât B",
        "75001 Paris",
    )
    assert written(PostalAddress(("1 Main St",), "US", "02116", "Boston", region="MA"))[-1] == (
        "Boston MA 02116"
    )


def test_what_the_country_has_no_place_for_is_not_lost() -> None:
    assert "Tokyo" in written(PostalAddress(("1-1",), "JP", "100-0001", "Tokyo"))
    assert written(PostalAddress(("Base",), "ZZ", "1", "Camp")) == ("Base", "1 Camp")


@pytest.mark.parametrize(
    ("code", "country", "fits"),
    [("75001", "FR", True), ("7500", "FR", False), ("ec1y 8sy", "GB", True), ("x", "AE", True)],
)
def test_the_shape_of_a_postal_code(code: str, country: str, *, fits: bool) -> None:
    assert fits_postal_code(code, country=country) is fits


def test_numbers_are_read_as_people_write_them() -> None:
    for typed in ("+33 6 39 98 83 06", "0033639988306", "06.39.98.83.06"):
        assert read_phone(typed, country="FR") == "+33639988306"
    assert shown_phone("+33639988306").replace("\xa0", " ") == "+33 6 39 98 83 06"
    assert shown_phone("no number") == "no number"
    for typed in ("12", "abc", "+33 12"):
        with pytest.raises(WrongPhone):
            read_phone(typed, country="FR")
    with pytest.raises(WrongPhone):
        read_phone("06 39 98 83 06", country=None)
