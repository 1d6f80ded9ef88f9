"""Everything that reads certificates. All but ``check`` ask for one household."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from havre.domains.certificates import rules
from havre.domains.certificates.models import Certificate
from havre.domains.certificates.rules import Worth
from havre.foundation.dates import Period
from havre.foundation.db import Actor, Channel, Role, acting

__all__ = ["Worth"]
_PUBLIC = Actor(name="anonymous", channel=Channel.ONLINE, purpose="check a certificate")


@dataclass(frozen=True)
class CertificateSeen:
    """A certificate that was issued to the household."""

    id: UUID
    reference: str
    kind: str
    language: str
    person: UUID
    contract: UUID
    document: UUID
    period: Period
    sealed: bool
    issued_at: datetime
    revoked_at: datetime | None

    def worth(self, covers: Iterable[Period], *, on: date) -> Worth:
        """What it is worth that day, covers being those of its person under its contract."""
        return rules.worth(
            certified=self.period, covers=covers, revoked=self.revoked_at is not None, on=on
        )


@dataclass(frozen=True)
class Checked:
    """What a stranger who holds the paper and knows the birth date is told. No name, no number."""

    kind: str
    initials: str
    zone: int | None
    period: Period
    issued_at: datetime
    worth: Worth


def issued(
    *,
    household: UUID,
    people: Iterable[UUID],
    besides: Iterable[UUID] = (),
    after: UUID | None,
    most: int,
) -> list[CertificateSeen]:
    """Certificates of these people, but for contracts ``besides``, the newest first. One statement.

    Those past ``after``, ``most`` of them.
    """
    rows = Certificate.objects.filter(household_id=household, person_id__in=list(people))
    rows = rows.exclude(contract_id__in=list(besides))
    if after is not None:
        rows = rows.filter(id__lt=after)  # ids sort by the time they were made
    return [_seen(row) for row in rows.order_by("-id")[:most]]


def certificate_of(*, household: UUID, certificate: UUID) -> CertificateSeen | None:
    """A certificate of the household; another household's is not there. One statement."""
    row = Certificate.objects.filter(household_id=household, id=certificate).first()
    return _seen(row) if row else None


def of_same_facts(*, household: UUID, facts: bytes) -> list[CertificateSeen]:
    """Those that certify the very same, revoked ones included, the newest first. One statement."""
    rows = Certificate.objects.filter(household_id=household, facts=facts).order_by("-id")
    return [_seen(row) for row in rows]


def check(*, token: bytes, birth: bytes, on: date) -> Checked | None:
    """What the certificate of that token is worth, to whoever knows the birth date too.

    None alike for an unknown token and another birth date. Takes the public role, which can read no
    table: one function of the database looks, and gives nothing unless both match.
    """
    with acting(actor=_PUBLIC, role=Role.PUBLIC), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM certificates_check(%s, %s)", [token, birth])
        row = cursor.fetchone()
    if row is None:
        return None
    kind, initials, zone, first_day, last_day, issued_at, revoked_at, covers = row
    certified = Period(first_day, last_day)
    return Checked(
        kind=kind,
        initials=initials,
        zone=zone,
        period=certified,
        issued_at=issued_at,
        worth=rules.worth(
            certified=certified,
            covers=[Period(start, end) for start, end in _days(covers)],
            revoked=revoked_at is not None,
            on=on,
        ),
    )


def _days(covers: Iterable[tuple[str, str | None]]) -> Iterable[tuple[date, date | None]]:
    for start, end in covers:
        yield date.fromisoformat(start), date.fromisoformat(end) if end else None


def _seen(row: Certificate) -> CertificateSeen:
    return CertificateSeen(
        id=row.id,
        reference=row.reference,
        kind=row.kind,
        language=row.language,
        person=row.person_id,
        contract=row.contract_id,
        document=row.document_id,
        period=Period(row.first_day, row.last_day),
        sealed=row.sealed,
        issued_at=row.issued_at,
        revoked_at=row.revoked_at,
    )
