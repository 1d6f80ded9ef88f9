"""What a certificate says, and the reasons not to give one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from havre.domains.contracts.words import ContractKind, Scheme
from havre.foundation.money import Money
from havre.journeys.certificates.catalogue import CertificateKind


@dataclass(frozen=True, kw_only=True)
class Insurer:
    """Who certifies. ``service`` signs; ``logo`` is a file in SVG, PNG or JPEG."""

    legal_name: str
    service: str
    address: tuple[str, ...]
    phone: str
    email: str
    logo: Path | None = None


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    """All that a certificate states about one person under one contract over ``period``.

    ``None`` is "not known"; for ``cover_end`` it is "no end known". ``product_name`` and
    ``territory`` come in the certificate's language. ``expatriation_country`` and ``countries`` are
    ISO 3166-1 alpha-2. The cover includes both its days, and so does the period, of which both are
    known. ``repatriation`` is the option that gives it.
    """

    reference: str
    certificate: CertificateKind
    issued_on: date
    first_day: date
    last_day: date
    insurer: Insurer
    person_name: str
    birth_date: date | None
    adherent_number: str | None
    holder_name: str
    contract_number: str | None
    kind: ContractKind
    scheme: Scheme
    product_name: str | None
    cover_start: date | None
    cover_end: date | None
    territory: str | None
    expatriation_country: str | None
    names: tuple[str, ...] = ()
    zone: int | None = None
    countries: tuple[str, ...] = ()
    guarantees: tuple[tuple[str, str], ...] = ()
    repatriation: str | None = None
    ceiling: "Ceiling | None" = None


@dataclass(frozen=True)
class Ceiling:
    """What is paid at most for emergencies abroad; no amount is no ceiling."""

    amount: Money | None

    def reaches(self, least: Money) -> bool:
        """Whether at least that is paid. Another currency does not compare, and does not reach."""
        if self.amount is None:
            return True
        return self.amount.currency == least.currency and self.amount >= least


class Ask(StrEnum):
    """What to ask for, or do, so that a certificate can be given."""

    CHOOSE_ANOTHER_DAY = "CHOOSE_ANOTHER_DAY"
    CHOOSE_ANOTHER_KIND = "CHOOSE_ANOTHER_KIND"
    GIVE_BIRTH_DATE = "GIVE_BIRTH_DATE"
    GIVE_NAME = "GIVE_NAME"
    GIVE_NAME_IN_LATIN_LETTERS = "GIVE_NAME_IN_LATIN_LETTERS"
    HAVE_CONTRACT_COMPLETED = "HAVE_CONTRACT_COMPLETED"
    HAVE_SERVICE_DETAILS_COMPLETED = "HAVE_SERVICE_DETAILS_COMPLETED"


class Reason(StrEnum):
    """Why no certificate can be given; ``ask`` is the remedy."""

    INSURER_DETAILS_MISSING = "INSURER_DETAILS_MISSING"
    NAME_MISSING = "NAME_MISSING"
    BIRTH_DATE_MISSING = "BIRTH_DATE_MISSING"
    CONTRACT_NUMBER_MISSING = "CONTRACT_NUMBER_MISSING"
    TERRITORY_MISSING = "TERRITORY_MISSING"
    COVER_START_MISSING = "COVER_START_MISSING"
    COVER_NOT_STARTED = "COVER_NOT_STARTED"
    COVER_ENDED = "COVER_ENDED"
    TOO_FAR_AHEAD = "TOO_FAR_AHEAD"
    STATES_NOT_COVERED = "STATES_NOT_COVERED"
    REPATRIATION_MISSING = "REPATRIATION_MISSING"
    CEILING_TOO_LOW = "CEILING_TOO_LOW"
    FONTS_MISSING = "FONTS_MISSING"

    @property
    def ask(self) -> Ask:
        return _REMEDIES[self]


_REMEDIES = {
    Reason.INSURER_DETAILS_MISSING: Ask.HAVE_SERVICE_DETAILS_COMPLETED,
    Reason.NAME_MISSING: Ask.GIVE_NAME,
    Reason.BIRTH_DATE_MISSING: Ask.GIVE_BIRTH_DATE,
    Reason.CONTRACT_NUMBER_MISSING: Ask.HAVE_CONTRACT_COMPLETED,
    Reason.TERRITORY_MISSING: Ask.HAVE_CONTRACT_COMPLETED,
    Reason.COVER_START_MISSING: Ask.HAVE_CONTRACT_COMPLETED,
    Reason.COVER_NOT_STARTED: Ask.CHOOSE_ANOTHER_DAY,
    Reason.COVER_ENDED: Ask.CHOOSE_ANOTHER_DAY,
    Reason.TOO_FAR_AHEAD: Ask.CHOOSE_ANOTHER_DAY,
    Reason.STATES_NOT_COVERED: Ask.CHOOSE_ANOTHER_KIND,
    Reason.REPATRIATION_MISSING: Ask.CHOOSE_ANOTHER_KIND,
    Reason.CEILING_TOO_LOW: Ask.CHOOSE_ANOTHER_KIND,
    Reason.FONTS_MISSING: Ask.GIVE_NAME_IN_LATIN_LETTERS,
}
