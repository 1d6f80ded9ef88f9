"""What names an account is checked before it is kept, and is never repeated whole."""

import pytest

from havre.domains.payments.actions import (
    BicNeeded,
    IbanNeeded,
    WrongAccountNumber,
    WrongBic,
    account_number,
)
from havre.domains.payments.words import NumberKind
from havre.foundation.identifiers import Fault, WrongIban


def test_an_iban_tells_its_bank() -> None:
    number = account_number("fr76 3000 6000 0112 3456 7890 189")
    assert number.kind is NumberKind.IBAN
    assert number.number == "FR7630006000011234567890189"
    assert number.shown == "FR76 •••• 0189"
    assert (number.bic, number.bank_country) == ("AGRIFRPPXXX", "FR")
    assert number.bank_name == "CREDIT AGRICOLE SA"


def test_a_bank_in_no_register_is_an_account_all_the_same() -> None:
    number = account_number("CH93 0076 2011 6238 5295 7")
    assert (number.bank_country, number.bic, number.bank_name) == ("CH", None, None)
    assert account_number("CH9300762011623852957", bic="ubswchzh80a").bic == "UBSWCHZH80A"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("FR7630006000011234567890188", Fault.KEY),
        ("FR0630006000011234567890188", Fault.NATIONAL_KEY),  # a right IBAN around a wrong RIB
        ("FR76", Fault.LENGTH),
    ],
)
def test_a_mistyped_iban_says_where_it_fails(typed: str, reason: Fault) -> None:
    with pytest.raises(WrongIban) as refused:
        account_number(typed)
    assert refused.value.reason is reason


def test_where_there_is_no_iban_the_number_goes_with_a_swift_code() -> None:
    number = account_number("000 123-456789", bic="CHASUS33")
    assert (number.kind, number.number) == (NumberKind.OTHER, "000123456789")
    assert (number.shown, number.bank_country) == ("•••• 6789", "US")
    with pytest.raises(BicNeeded):
        account_number("000123456789")


def test_a_bank_of_a_country_with_ibans_needs_one() -> None:
    with pytest.raises(IbanNeeded):
        account_number("000123456789", bic="AGRIFRPP")


def test_what_is_no_number_and_no_code_is_refused() -> None:
    with pytest.raises(WrongBic):
        account_number("000123456789", bic="CHASUS3")
    with pytest.raises(WrongAccountNumber):
        account_number("12#4", bic="CHASUS33")
