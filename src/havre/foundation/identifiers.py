"""Numbers that name a person, an account or a company: how each is checked, compared and shown.

No refusal carries the number it refuses, so that it can be logged and shown as it is.
"""

import re
from enum import StrEnum

from stdnum import iban as stdnum_iban
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength, ValidationError
from stdnum.fr import nir as stdnum_nir
from stdnum.fr import siren as stdnum_siren

from havre.foundation.refusals import Refusal

MASK = "•"


class Fault(StrEnum):
    """Why a number is refused, in a word that a door turns into a sentence."""

    LENGTH = "LENGTH"
    CHARACTERS = "CHARACTERS"
    SEX = "SEX"
    PROVISIONAL = "PROVISIONAL"
    MONTH = "MONTH"
    PLACE = "PLACE"
    ORDER = "ORDER"
    COUNTRY = "COUNTRY"
    KEY = "KEY"
    NATIONAL_KEY = "NATIONAL_KEY"


class WrongNumber(Refusal):
    """A number is not what it should be; ``reason`` says where it fails."""

    def __init__(self, reason: Fault) -> None:
        super().__init__(reason.value)
        self.reason = reason


class WrongNir(WrongNumber):
    """No social security number."""


class WrongIban(WrongNumber):
    """No bank account number."""


class WrongSiren(WrongNumber):
    """No French company number."""


def _compact(text: str) -> str:
    """Upper case, without the spaces, dots and dashes that people and forms put between groups."""
    return re.sub(r"[\s.\-\u2010-\u2015]+", "", text).upper()


def adherent_key(text: str) -> str:
    """What adherent numbers are compared by: upper case, without spaces or dashes of any kind."""
    return re.sub(r"[\s\-\u2010-\u2015]+", "", text).upper()


# 13 characters and the key. Months beyond 12 mark a birth whose record is incomplete, department 99
# a birth abroad (INSEE, "Numéro d'inscription au répertoire").
_NIR = re.compile(
    r"(?P<sex>\d)\d\d(?P<month>\d\d)(?P<department>\d[\dAB])\d{3}(?P<order>\d{3})\d\d", re.ASCII
)
_NIR_GROUPS = (1, 2, 2, 2, 3, 3, 2)
_NIR_SHOWN_GROUPS = 3


def check_nir(text: str, *, provisional_ok: bool = False) -> str:
    """The social security number in 15 characters, key included.

    Refuses ``WrongNir``; a provisional number (3, 4, 7 or 8 first: the registration goes on) is
    refused as ``PROVISIONAL`` unless ``provisional_ok``.
    """
    nir = _compact(text)
    if len(nir) != sum(_NIR_GROUPS):
        raise WrongNir(Fault.LENGTH)
    if (parts := _NIR.fullmatch(nir)) is None:
        raise WrongNir(Fault.CHARACTERS)
    _check_nir_parts(parts, provisional_ok=provisional_ok)
    try:
        stdnum_nir.validate(nir)
    except ValidationError as fault:
        raise WrongNir(_fault(fault)) from None
    return nir


def _check_nir_parts(parts: re.Match[str], *, provisional_ok: bool) -> None:
    if parts["sex"] not in "123478":
        raise WrongNir(Fault.SEX)
    if parts["sex"] in "3478" and not provisional_ok:
        raise WrongNir(Fault.PROVISIONAL)
    if not _is_nir_month(int(parts["month"])):
        raise WrongNir(Fault.MONTH)
    department = parts["department"]
    if department == "00" or (not department.isdigit() and department not in ("2A", "2B")):
        raise WrongNir(Fault.PLACE)
    if parts["order"] == "000":
        raise WrongNir(Fault.ORDER)


def _is_nir_month(month: int) -> bool:
    return 1 <= month <= 12 or 20 <= month <= 42 or month >= 50


def _nir_groups(nir: str) -> list[str]:
    ends = [sum(_NIR_GROUPS[: index + 1]) for index in range(len(_NIR_GROUPS))]
    return [nir[end - size : end] for end, size in zip(ends, _NIR_GROUPS, strict=True)]


def format_nir(nir: str) -> str:
    """The whole number as it is printed on a card: ``1 85 05 78 006 084 91``."""
    return " ".join(_nir_groups(_compact(nir)))


def mask_nir(nir: str) -> str:
    """Sex, year and month only: ``1 85 05 •• ••• ••• ••``. All is hidden if the length is wrong."""
    nir = _compact(nir)
    if len(nir) != sum(_NIR_GROUPS):
        return " ".join(MASK * size for size in _NIR_GROUPS)
    groups = _nir_groups(nir)
    hidden = [MASK * len(group) for group in groups[_NIR_SHOWN_GROUPS:]]
    return " ".join(groups[:_NIR_SHOWN_GROUPS] + hidden)


def check_iban(text: str) -> str:
    """The IBAN without spaces. Refuses ``WrongIban``.

    The French RIB key inside is checked too: an IBAN made from a mistyped RIB has a right key
    of its own around a wrong account.
    """
    iban = _compact(text)
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{4,30}", iban):
        raise WrongIban(Fault.CHARACTERS if len(iban) >= 15 else Fault.LENGTH)
    # The usual ones are known at once; of the others, stdnum takes twenty times as long to say why.
    if not (_FRENCH_IBAN.fullmatch(iban) and _iban_key_holds(iban)):
        try:
            stdnum_iban.validate(iban)
        except InvalidComponent:
            raise WrongIban(Fault.COUNTRY) from None
        except ValidationError as fault:
            raise WrongIban(_fault(fault)) from None
    if iban[:2] in ("FR", "MC") and not _rib_key_holds(iban[4:]):
        raise WrongIban(Fault.NATIONAL_KEY)
    return iban


_FRENCH_IBAN = re.compile(r"(FR|MC)[0-9]{12}[0-9A-Z]{11}[0-9]{2}")
_IBAN_DIGITS = str.maketrans({chr(ord("A") + n): str(10 + n) for n in range(26)})


def _iban_key_holds(iban: str) -> bool:
    """ISO 13616: country and key moved to the end, letters as 10 to 35, leave 1 modulo 97."""
    return int((iban[4:] + iban[:4]).translate(_IBAN_DIGITS)) % 97 == 1


# Letters of an account number count as digits: A-I and J-R as 1-9, S-Z as 2-9.
_RIB_DIGITS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


def _rib_key_holds(bban: str) -> bool:
    """French and Monegasque accounts: 97 − ((89·bank + 15·branch + 3·account) mod 97)."""
    digits = bban.translate(_RIB_DIGITS)
    bank, branch, account = int(digits[:5]), int(digits[5:10]), int(digits[10:21])
    return int(digits[21:]) == 97 - (89 * bank + 15 * branch + 3 * account) % 97


def mask_iban(iban: str) -> str:
    """Country, key and the last four characters: ``FR76 •••• 4471``. All is hidden if too short."""
    iban = _compact(iban)
    if len(iban) < 15:  # the shortest IBAN (Norway)
        return MASK * 4
    return f"{iban[:4]} {MASK * 4} {iban[-4:]}"


_SIREN_DIGITS = 9


def check_siren(text: str) -> str:
    """The French company number in 9 digits. Refuses ``WrongSiren``: length, characters or key."""
    siren = _compact(text)
    if len(siren) != _SIREN_DIGITS:
        raise WrongSiren(Fault.LENGTH)
    try:
        stdnum_siren.validate(siren)
    except ValidationError as fault:
        raise WrongSiren(_fault(fault)) from None
    return siren


def _fault(error: ValidationError) -> Fault:
    if isinstance(error, InvalidLength):
        return Fault.LENGTH
    return Fault.KEY if isinstance(error, InvalidChecksum) else Fault.CHARACTERS
