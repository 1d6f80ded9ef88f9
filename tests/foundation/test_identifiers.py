from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.foundation.identifiers import (
    Fault,
    WrongIban,
    WrongNir,
    WrongNumber,
    WrongSiren,
    adherent_key,
    check_iban,
    check_nir,
    check_siren,
    format_nir,
    mask_iban,
    mask_nir,
)

NIR = "185057800608491"
IBAN = "FR1420041010050500013M02606"


def nir_of(first_13: str) -> str:
    """The number with its key, by INSEE's own way for Corsica: take a million, or two, off."""
    corsica = {"A": 1_000_000, "B": 2_000_000}.get(first_13[6], 0)
    number = int(first_13.replace("A", "0").replace("B", "0")) - corsica
    return f"{first_13}{97 - number % 97:02d}"


def test_adherent_numbers_compare_without_case_spaces_or_dashes() -> None:
    assert adherent_key(" ab-12\u00a034\u201056 ") == "AB123456"
    assert adherent_key("AB123456") != adherent_key("AB123457")


@pytest.mark.parametrize("text", [NIR, "1 85 05 78 006 084 91", " 1850578 006084-91 "])
def test_a_nir_is_read_however_it_is_grouped(text: str) -> None:
    assert check_nir(text) == NIR


@pytest.mark.parametrize("first_13", ["2530 72B 073 004", "2530 72A 073 004", "1 85 05 99 404 012"])
def test_corsica_and_births_abroad_have_their_keys(first_13: str) -> None:
    nir = nir_of(first_13.replace(" ", ""))
    assert check_nir(nir.lower()) == nir


@pytest.mark.parametrize("month", ["01", "12", "20", "30", "42", "50", "99"])
def test_incomplete_civil_records_have_months_of_their_own(month: str) -> None:
    nir = nir_of(f"185{month}78006084")
    assert check_nir(nir) == nir


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Fault.LENGTH),
        ("1850578006084", Fault.LENGTH),
        (NIR + "0", Fault.LENGTH),
        ("18505780060849X", Fault.CHARACTERS),
        ("1850578006084９1", Fault.CHARACTERS),
        (nir_of("9850578006084"), Fault.SEX),
        (nir_of("0850578006084"), Fault.SEX),
        (nir_of("1851378006084"), Fault.MONTH),
        (nir_of("1850078006084"), Fault.MONTH),
        (nir_of("1854378006084"), Fault.MONTH),
        (nir_of("1850500006084"), Fault.PLACE),
        (nir_of("185051A006084"), Fault.PLACE),
        (nir_of("1850578006000"), Fault.ORDER),
        ("185057800608490", Fault.KEY),
        ("185057800608400", Fault.KEY),
    ],
)
def test_a_wrong_nir_says_why(text: str, reason: Fault) -> None:
    with pytest.raises(WrongNir) as refused:
        check_nir(text)
    assert refused.value.reason == reason


@pytest.mark.parametrize("first", "3478")
def test_a_provisional_nir_is_accepted_only_where_asked(first: str) -> None:
    nir = nir_of(f"{first}850578006084")
    with pytest.raises(WrongNir) as refused:
        check_nir(nir)
    assert refused.value.reason == Fault.PROVISIONAL
    assert check_nir(nir, provisional_ok=True) == nir


@given(st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(position: int, shift: int) -> None:
    digit = str((int(NIR[position]) + shift) % 10)
    with pytest.raises(WrongNir):
        check_nir(NIR[:position] + digit + NIR[position + 1 :], provisional_ok=True)


def test_a_nir_is_shown_masked_or_whole() -> None:  # W23
    assert mask_nir(NIR) == "1 85 05 •• ••• ••• ••"
    assert format_nir(NIR) == "1 85 05 78 006 084 91"
    assert mask_nir("2530 72B 073 004 70") == "2 53 07 •• ••• ••• ••"


@pytest.mark.parametrize("text", ["", "185", NIR[:13], "not a number"])
def test_what_is_no_nir_is_masked_whole(text: str) -> None:
    assert mask_nir(text) == "• •• •• •• ••• ••• ••"


@pytest.mark.parametrize(
    "iban", [IBAN, "MC5811222000010123456789030", "DE89370400440532013000", "NO9386011117947"]
)
def test_an_iban_is_read_however_it_is_grouped(iban: str) -> None:
    grouped = " ".join(iban[at : at + 4] for at in range(0, len(iban), 4)).lower()
    assert check_iban(grouped) == iban


def iban_of(country: str, bban: str) -> str:
    """An IBAN whose own key is right, whatever is inside."""
    number = "".join(str(int(character, 36)) for character in f"{bban}{country}00")
    return f"{country}{98 - int(number) % 97:02d}{bban}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Fault.LENGTH),
        ("FR14", Fault.LENGTH),
        ("FR14 2004 1010 0505 0001 3M02 6é6", Fault.CHARACTERS),
        ("1420041010050500013M02606FR", Fault.CHARACTERS),
        (IBAN[:-1] + "7", Fault.KEY),
        (iban_of("ZZ", "539007547034"), Fault.COUNTRY),
        (iban_of("FR", "20041010050500013M02607"), Fault.NATIONAL_KEY),
        (iban_of("FR", "20041010050500013N02606"), Fault.NATIONAL_KEY),
    ],
)
def test_a_wrong_iban_says_why(text: str, reason: Fault) -> None:
    with pytest.raises(WrongIban) as refused:
        check_iban(text)
    assert refused.value.reason == reason


def test_a_rib_with_a_right_key_passes() -> None:
    assert check_iban(iban_of("FR", IBAN[4:])) == IBAN


@pytest.mark.parametrize(
    ("letters", "digits"),
    [("ABCDEFGHI", "123456789"), ("JKLMNOPQR", "123456789"), ("STUVWXYZ", "23456789")],
)
def test_letters_of_an_account_count_as_their_digits(letters: str, digits: str) -> None:
    for letter, digit in zip(letters, digits, strict=True):
        key = 97 - int(f"20041010050500013{digit}02600") % 97
        iban = iban_of("FR", f"20041010050500013{letter}026{key:02d}")
        assert check_iban(iban) == iban


def test_an_iban_is_shown_by_both_ends() -> None:
    assert mask_iban("FR14 2004 1010 0505 0001 3M02 606") == "FR14 •••• 2606"
    assert mask_iban("FR14260") == "••••"


def test_a_siren_is_nine_digits_with_a_key() -> None:
    assert check_siren("732 829 320") == "732829320"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("732829321", Fault.KEY),
        ("73282932", Fault.LENGTH),
        ("", Fault.LENGTH),
        ("73282932X", Fault.CHARACTERS),
    ],
)
def test_a_wrong_siren_says_why(text: str, reason: Fault) -> None:
    with pytest.raises(WrongSiren) as refused:
        check_siren(text)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("check", "text"),
    [(check_nir, "185057800608490"), (check_iban, IBAN[:-1] + "7"), (check_siren, "732829321")],
)
def test_a_refusal_never_carries_the_number(check: Callable[[str], str], text: str) -> None:
    with pytest.raises(WrongNumber) as refused:
        check(text)
    assert text[:6] not in repr(refused.value) + str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
