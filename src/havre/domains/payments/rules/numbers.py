"""What names a bank account, checked: an IBAN, or a number and a SWIFT code where there is no IBAN."""

import re
from dataclasses import dataclass
from functools import cache

from schwifty import BIC, IBAN, registry
from schwifty.exceptions import SchwiftyException

from havre.domains.payments.words import NumberKind
from havre.foundation.identifiers import MASK, check_iban, mask_iban
from havre.foundation.refusals import Refusal


class WrongBic(Refusal):
    """No SWIFT code (BIC, ISO 9362)."""


class BicNeeded(Refusal):
    """An account without IBAN is found by its bank's SWIFT code."""


class IbanNeeded(Refusal):
    """The bank's country has IBANs: a bare number would not be paid."""


class WrongAccountNumber(Refusal):
    """No account number: 4 to 34 letters and digits."""


@dataclass(frozen=True)
class AccountNumber:
    """A number that was checked. ``shown`` is all that a page or a mail may repeat of it.

    ``bank_name`` and, where it was not given, ``bic`` are those the national registers give for an
    IBAN, none where they do not know the bank.
    """

    kind: NumberKind
    number: str
    shown: str
    bic: str | None
    bank_country: str
    bank_name: str | None = None


def compact(text: str) -> str:
    """A number in the form in which it is compared: upper case, without what stands between groups."""
    return re.sub(r"[\s.\-/\u2010-\u2015]+", "", text).upper()


def account_number(typed: str, *, bic: str | None = None) -> AccountNumber:
    """The account that was typed. Refuses ``WrongIban`` and the refusals of this module."""
    number = compact(typed)
    checked = _checked_bic(bic) if bic and bic.strip() else None
    begins_as_one = re.match(r"[A-Z]{2}[0-9]{2}", number) is not None
    if begins_as_one and _has_ibans(number[:2]):
        return _by_iban(check_iban(number), checked)
    if checked and _has_ibans(checked[4:6]):
        raise IbanNeeded
    return _by_number(number, checked)


def _by_iban(iban: str, bic: str | None) -> AccountNumber:
    known = IBAN(iban, allow_invalid=True)
    found = known.bic
    return AccountNumber(
        NumberKind.IBAN,
        iban,
        mask_iban(iban),
        bic or (str(found) if found else None),
        iban[:2],
        known.bank_name or None,
    )


def _by_number(number: str, bic: str | None) -> AccountNumber:
    if not re.fullmatch(r"[A-Z0-9]{4,34}", number):
        raise WrongAccountNumber
    if bic is None:
        raise BicNeeded
    return AccountNumber(NumberKind.OTHER, number, f"{MASK * 4} {number[-4:]}", bic, bic[4:6])


def _checked_bic(text: str) -> str:
    try:
        return str(BIC(compact(text)))
    except SchwiftyException:
        raise WrongBic from None


@cache
def _has_ibans(country: str) -> bool:
    """Whether the official registry gives the country IBANs; formats that are only reserved do not count."""
    try:
        return not registry.get_iban_spec(country).aspirational
    except SchwiftyException:
        return False
