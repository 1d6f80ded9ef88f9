"""A certificate is issued once: typeset, sealed, kept. Downloaded again, it is the same to the byte."""

import secrets
from base64 import b32encode
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from django.conf import settings

from havre.commons.documents import actions as documents
from havre.commons.documents.words import Compartment, DocumentKind
from havre.domains.certificates import actions as certificates
from havre.domains.certificates import queries as issued
from havre.domains.certificates.actions import AlreadyIssued, ToRecord
from havre.foundation.db import Actor, Role, acting
from havre.journeys.certificates.document import Proof, certificate_pdf
from havre.journeys.certificates.facts import Wish, certificate_facts
from havre.journeys.certificates.rules import check_facts, digest_of, reference_of
from havre.journeys.certificates.wording import Language, wording
from havre.journeys.certificates.words import CertificateFacts

if TYPE_CHECKING:
    from havre.foundation.pdf.seal import Seal

PDF = "application/pdf"
TOKEN_BYTES = 16
_log = structlog.get_logger(__name__)


def issue(
    wish: Wish, *, check_at: str, actor: Actor, account: UUID, today: date, now: datetime
) -> UUID:
    """Issue a certificate, or find the one issued today of the same facts; its id.

    ``check_at`` is the address of the check page, to which the certificate's token is added.

    Opens two short transactions, and typesets between them: a double click makes one certificate.
    Refuses ``CertificateRefused`` and ``NoSuchCover``.
    """
    with acting(actor=actor, role=Role.MEMBER, household=wish.household):
        facts = certificate_facts(wish, issued_on=today)
        check_facts(facts)
        digest = digest_of(facts, wish.language)
        same = issued.of_same_facts(household=wish.household, facts=digest)
    if standing := next((one for one in same if one.revoked_at is None), None):
        return standing.id
    reference = reference_of(digest, issued_on=today, copy=len(same))
    made = _made(replace(facts, reference=reference), wish.language, check_at=check_at, now=now)
    try:
        return _kept(wish, made, digest, actor=actor, account=account, now=now)
    except AlreadyIssued:
        with acting(actor=actor, role=Role.MEMBER, household=wish.household):
            return issued.of_same_facts(household=wish.household, facts=digest)[0].id


@dataclass(frozen=True)
class _Made:
    """A certificate that is a file, and not yet the household's."""

    facts: CertificateFacts
    birth_date: date
    token: str
    sealed: bool
    pdf: bytes


def _made(facts: CertificateFacts, language: Language, *, check_at: str, now: datetime) -> _Made:
    if facts.birth_date is None:
        raise ValueError("the facts were checked")
    token = b32encode(secrets.token_bytes(TOKEN_BYTES)).decode().rstrip("=")
    seal = _seal_in_force(now)
    proof = Proof(address=check_at + token, sealed=seal is not None)
    pdf = certificate_pdf(facts, language=language, created=now, proof=proof)
    if seal is not None:
        insurer = facts.insurer.legal_name
        label = wording(language).seal.format(insurer=insurer)
        pdf = seal.apply(pdf, label=label, name=insurer)
    return _Made(facts, facts.birth_date, token, seal is not None, pdf)


def _kept(
    wish: Wish, made: _Made, digest: bytes, *, actor: Actor, account: UUID, now: datetime
) -> UUID:
    """The file and its rows, or neither. Refuses ``AlreadyIssued``."""
    stored = documents.store([made.pdf])
    try:
        with acting(actor=actor, role=Role.MEMBER, household=wish.household):
            document = documents.record(
                stored,
                household=wish.household,
                kind=DocumentKind.CERTIFICATE,
                compartment=Compartment.GENERAL,
                media_type=PDF,
                file_name=f"{wording(wish.language).file_name}-{made.facts.reference}.pdf",
                now=now,
            )
            return certificates.record(
                ToRecord(
                    reference=made.facts.reference,
                    facts=digest,
                    kind=wish.certificate.code,
                    language=wish.language,
                    person=wish.person,
                    contract=wish.contract,
                    document=document,
                    first_day=made.facts.first_day,
                    last_day=made.facts.last_day,
                    zone=made.facts.zone,
                    names=made.facts.names,
                    birth_date=made.birth_date,
                    token=made.token,
                    sealed=made.sealed,
                ),
                household=wish.household,
                issued_by=account,
                issued_at=now,
            )
    except BaseException:
        documents.discard(stored)
        raise


def _seal_in_force(now: datetime) -> "Seal | None":
    """The house's seal. One whose certificate is over would look forged: none is better."""
    # Here, since pyHanko takes 15 MB of a web process, from its first certificate on.
    from havre.foundation.pdf.seal import house_seal

    seal = house_seal()
    if seal is not None and not seal.in_force(now=now):
        _log.error("seal_not_in_force", begins=str(seal.begins), ends=str(seal.ends))
        return None
    if seal is None and not settings.HAVRE.DEMO:
        _log.warning("certificate_unsealed")
    return seal
