"""When a certificate may be given: nothing is certified that is not known."""

from base64 import b32encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import blake2b

from havre.foundation.dates import add_months
from havre.foundation.refusals import Refusal
from havre.journeys.certificates.catalogue import Need, all_covered
from havre.journeys.certificates.words import CertificateFacts, Insurer, Reason


class CertificateRefused(Refusal):
    """No certificate for that day: every reason at once, so that all can be asked in one go.

    ``cover_start`` and ``cover_end`` are the days between which another day can be chosen;
    ``unprintable`` holds the characters that no font can draw, where that is the reason.
    """

    def __init__(
        self,
        *reasons: Reason,
        cover_start: date | None = None,
        cover_end: date | None = None,
        unprintable: tuple[str, ...] = (),
    ) -> None:
        self.reasons = reasons
        self.cover_start = cover_start
        self.cover_end = cover_end
        self.unprintable = unprintable
        super().__init__(", ".join(reasons))


def digest_of(facts: CertificateFacts, language: str) -> bytes:
    """The same for the same facts in the same language: what tells a double click from a new wish."""
    said = f"{replace(facts, reference='')!r} {language}"
    return blake2b(said.encode(), digest_size=32).digest()


def reference_of(digest: bytes, *, issued_on: date, copy: int) -> str:
    """``ATT-20261117-K7QM2XTA``: the day of issue, then a digest of what is certified.

    Letters and digits that can be read out on the telephone; no datum of the person can be read from
    it. ``copy`` counts those of the same facts that were revoked before.
    """
    short = blake2b(digest, digest_size=5, salt=copy.to_bytes(16)).digest()
    return f"ATT-{issued_on:%Y%m%d}-{b32encode(short).decode()}"


def check_facts(facts: CertificateFacts) -> None:
    """Refuses ``CertificateRefused`` unless all that a certificate must state is known and true."""
    reasons = tuple(reasons_to_refuse(facts))
    if reasons:
        raise CertificateRefused(*reasons, cover_start=facts.cover_start, cover_end=facts.cover_end)


def reasons_to_refuse(facts: CertificateFacts) -> Iterator[Reason]:
    """Every reason, in the order in which a reader would mend them."""
    if not _can_be_reached(facts.insurer):
        yield Reason.INSURER_DETAILS_MISSING
    if not (_said(facts.person_name) and _said(facts.holder_name)):
        yield Reason.NAME_MISSING
    if facts.birth_date is None:
        yield Reason.BIRTH_DATE_MISSING
    if not _said(facts.contract_number):
        yield Reason.CONTRACT_NUMBER_MISSING
    if not _said(facts.territory):
        yield Reason.TERRITORY_MISSING
    yield from _days_refused(facts)
    yield from _wants_refused(facts)


def _days_refused(facts: CertificateFacts) -> Iterator[Reason]:
    if facts.cover_start is None:
        yield Reason.COVER_START_MISSING
    elif facts.first_day < facts.cover_start:
        yield Reason.COVER_NOT_STARTED
    if facts.cover_end is not None and facts.last_day > facts.cover_end:
        yield Reason.COVER_ENDED
    elif facts.last_day > add_months(facts.issued_on, facts.certificate.months_ahead):
        yield Reason.TOO_FAR_AHEAD


def _wants_refused(facts: CertificateFacts) -> Iterator[Reason]:
    """What this kind must state, and the contract does not hold."""
    wanted = facts.certificate
    if not all_covered(wanted.states, facts.countries):
        yield Reason.STATES_NOT_COVERED
    if wanted.repatriation is Need.REQUIRED and not facts.repatriation:
        yield Reason.REPATRIATION_MISSING
    if wanted.least and not (facts.ceiling and facts.ceiling.reaches(wanted.least)):
        yield Reason.CEILING_TOO_LOW


def _can_be_reached(insurer: Insurer) -> bool:
    """Whoever is shown a certificate must be able to ask the insurer whether it is true."""
    reachable = _said(insurer.phone) or _said(insurer.email)
    return _said(insurer.legal_name) and any(map(_said, insurer.address)) and reachable


def _said(text: str | None) -> bool:
    return text is not None and text.strip() != ""
