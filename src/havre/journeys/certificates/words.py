"""What a certificate says, and the reasons not to give one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from havre.domains.contracts.words import ContractKind, Scheme


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
    """All that a certificate states about one person under one contract on the day ``as_of``.

    ``None`` is "not known"; for ``cover_end`` it is "no end known". ``product_name`` and
    ``territory`` come in the certificate's language. ``expatriation_country`` is ISO 3166-1
    alpha-2. The cover includes both its days.
    """

    reference: str
    issued_on: date
    as_of: date
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


class Ask(StrEnum):
    """What to ask for, or do, so that a certificate can be given."""

    CHOOSE_ANOTHER_DAY = "CHOOSE_ANOTHER_DAY"
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
    Reason.FONTS_MISSING: Ask.GIVE_NAME_IN_LATIN_LETTERS,
}
