"""Everything that changes certificates: they are recorded once, and revoked once."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from havre.domains.certificates.models import Certificate
from havre.domains.certificates.rules import initials_of
from havre.foundation.crypto import vault
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal


class AlreadyIssued(Refusal):
    """The same certificate was recorded a moment ago."""


class NoSuchCertificate(Refusal):
    """The household has no certificate of this id."""


@dataclass(frozen=True, kw_only=True)
class ToRecord:
    """A certificate that was made. ``names`` are the person's, of which the initials are kept."""

    reference: str
    facts: bytes
    kind: str
    language: str
    person: UUID
    contract: UUID
    document: UUID
    first_day: date
    last_day: date
    zone: int | None
    names: tuple[str, ...]
    birth_date: date
    token: str
    sealed: bool


def token_digest(token: str) -> bytes:
    """What is kept of the secret of a certificate, in any case of its letters."""
    return vault().blind(token.upper(), purpose="certificate token")


def birth_digest(token: str, birth_date: date) -> bytes:
    """What is kept of the birth date: another one for each certificate."""
    return vault().blind(f"{token.upper()} {birth_date.isoformat()}", purpose="certificate birth")


def record(made: ToRecord, *, household: UUID, issued_by: UUID, issued_at: datetime) -> UUID:
    """Keep a certificate, its document recorded before; its id. Needs the household's guard.

    Refuses ``AlreadyIssued``.
    """
    row = Certificate(
        id=new_id(),
        household_id=household,
        reference=made.reference,
        facts=made.facts,
        kind=made.kind,
        language=made.language,
        person_id=made.person,
        contract_id=made.contract,
        document_id=made.document,
        first_day=made.first_day,
        last_day=made.last_day,
        zone=made.zone,
        initials=initials_of(made.names),
        token=token_digest(made.token),
        birth=birth_digest(made.token, made.birth_date),
        sealed=made.sealed,
        issued_at=issued_at,
        issued_by=issued_by,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "one_certificate_a_reference" not in str(error):
            raise
        raise AlreadyIssued(made.reference) from None
    return row.id


def revoke(*, household: UUID, certificate: UUID, now: datetime) -> None:
    """From now on the check page says that it is revoked; a second time changes nothing.

    Needs the household's guard. Refuses ``NoSuchCertificate``.
    """
    found = Certificate.objects.filter(household_id=household, id=certificate)
    if not found.filter(revoked_at=None).update(revoked_at=now) and not found.exists():
        raise NoSuchCertificate
