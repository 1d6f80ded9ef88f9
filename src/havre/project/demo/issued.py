"""Numbers and addresses that are well formed and belong to nobody.

- NIR: right key, but born in a country whose INSEE code (99 9xx) was never attributed.
- IBAN: right keys, bank and branch 99999 (France) or clearing number 00000 (Switzerland).
- SIREN: right key, in the range of zeros that INSEE does not issue.
- Telephones: ranges that regulators keep for fiction (Arcep, Ofcom, ACMA, 555-01xx in North America).
- E-mail: example.org and example.net (RFC 2606).
"""

import unicodedata
from datetime import date
from random import Random

from stdnum import iban as stdnum_iban
from stdnum.fr import nir as stdnum_nir

EMPLOYER_SIREN = "000000109"
NIR_BIRTHPLACES = range(99_900, 99_950)
FRENCH_BANK = "99999"
SWISS_CLEARING = "00000"
# ACMA keeps single mobile numbers for works of fiction rather than a range.
_AUSTRALIAN_MOBILES = ("491 570 156", "491 570 157", "491 570 158", "491 570 159", "491 570 110")


class Issuer:
    """Issues each adherent number, NIR order and e-mail address once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._adherents: set[str] = set()
        self._emails: set[str] = set()
        self._nirs: set[str] = set()

    def adherent_number(self) -> str:
        """As on the member's card: ``HV 204 817 3``."""
        while True:
            digits = f"{self._rng.randrange(2_000_000, 3_000_000)}"
            number = f"HV {digits[:3]} {digits[3:6]} {digits[6]}"
            if number not in self._adherents:
                self._adherents.add(number)
                return number

    def reserve(self, adherent_number: str) -> str:
        self._adherents.add(adherent_number)
        return adherent_number

    def nir(self, birth: date, *, woman: bool) -> str:
        while True:
            place = self._rng.choice(NIR_BIRTHPLACES)
            order = self._rng.randint(1, 899)
            number = f"{2 if woman else 1}{birth:%y%m}{place}{order:03d}"
            if number not in self._nirs:
                self._nirs.add(number)
                return number + stdnum_nir.calc_check_digits(number)

    def email(self, first: str, family: str) -> str:
        domain = self._rng.choice(("example.org", "example.net"))
        stem = f"{_slug(first)}.{_slug(family)}"
        email, again = f"{stem}@{domain}", 2
        while email in self._emails:
            email, again = f"{stem}{again}@{domain}", again + 1
        self._emails.add(email)
        return email

    def phone(self, country: str) -> str:
        tail = self._rng.randrange(100)
        if country in ("US", "CA"):
            return f"+1 {'514' if country == 'CA' else '617'} 555 01{tail:02d}"
        if country == "GB":
            return f"+44 7700 900{self._rng.randrange(1000):03d}"
        if country == "AU":
            return f"+61 {self._rng.choice(_AUSTRALIAN_MOBILES)}"
        return f"+33 6 39 98 {tail:02d} {self._rng.randrange(100):02d}"

    def iban(self, currency: str) -> str | None:
        """An account in the currency, ``None`` in dollars: those are paid to accounts without IBAN."""
        account = self._rng.randrange(10**9)
        if currency == "USD":
            return None
        if currency == "CHF":
            return _with_key("CH", f"{SWISS_CLEARING}{account:012d}")
        bank = branch = int(FRENCH_BANK)
        key = 97 - (89 * bank + 15 * branch + 3 * account) % 97
        return _with_key("FR", f"{bank}{branch}{account:011d}{key:02d}")


def _with_key(country: str, bban: str) -> str:
    return country + stdnum_iban.calc_check_digits(f"{country}00{bban}") + bban


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return "".join(char if char.isalnum() else "-" for char in plain).strip("-")
