"""Certificates that the demo's members asked for as any member would: valid, over, revoked, lapsed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from uuid import UUID

import pikepdf
from django.conf import settings

from havre.commons.accounts import queries as accounts
from havre.commons.documents import queries as documents
from havre.domains.certificates import queries as certificates
from havre.domains.certificates.actions import revoke
from havre.domains.contracts import queries as contracts
from havre.domains.contracts.words import Standing
from havre.domains.people import queries as people
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.certificates.catalogue import catalogue
from havre.journeys.certificates.facts import Wish
from havre.journeys.certificates.issuing import issue

_DEMO = Actor(name="demo", channel=Channel.ONLINE, purpose="issue certificates")


@dataclass(frozen=True)
class _Given:
    kind: str
    to: str
    language: str
    days_ago: int
    days: int
    revoked: bool = False


# The oldest first.
_GIVEN = (
    _Given("membership", "Inès", "fr", 200, 1),
    _Given("abroad", "Claire", "es", 90, 30, revoked=True),
    _Given("hospital", "Mathieu", "en", 12, 60),
    _Given("schengen", "Claire", "fr", 3, 45),
)
_LAPSING = _Given("abroad", "Anatole", "en", 100, 365)


def issue_some(account: UUID, *, today: date, now: datetime) -> None:
    """What stands in the list of certificates when the demo opens. As the web server."""
    household = _household_of(account)
    for given in _GIVEN:
        made = _issue(given, household, account, today=today, now=now)
        if given.revoked:
            on = now - timedelta(days=given.days_ago - 2)
            with acting(actor=_DEMO, role=Role.MEMBER, household=household):
                revoke(household=household, certificate=made, now=on)


def issue_lapsing(account: UUID, *, today: date, now: datetime) -> str:
    """A certificate for a year under a contract that is still without end; the path of its check page.

    As the web server.
    """
    household = _household_of(account)
    made = _issue(_LAPSING, household, account, today=today, now=now)
    with acting(actor=_DEMO, role=Role.MEMBER, household=household):
        certificate = certificates.certificate_of(household=household, certificate=made)
        document = (
            documents.document_of(household=household, document=certificate.document)
            if certificate
            else None
        )
    if document is None:
        raise LookupError("a certificate that was issued has a file")
    return _check_page(b"".join(documents.content_of(document)))


def _check_page(pdf: bytes) -> str:
    """Its secret is kept nowhere but on the paper: where the paper's link leads."""
    with pikepdf.open(BytesIO(pdf)) as paper:
        links = [
            str(note.A.URI)
            for page in paper.pages
            for note in page.get("/Annots", ())
            if note.Subtype == "/Link"
        ]
    return links[0].removeprefix(settings.HAVRE.BASE_URL)


def _household_of(account: UUID) -> UUID:
    with acting(actor=_DEMO):
        place = accounts.place_of(account=account)
    if place is None:
        raise LookupError("the demo's member has an account")
    return place[0]


def _issue(given: _Given, household: UUID, account: UUID, *, today: date, now: datetime) -> UUID:
    known, ago = catalogue(today=today), timedelta(days=given.days_ago)
    kind = known.kind(given.kind)
    if kind is None:
        raise LookupError(f"the demo offers no certificate {given.kind}")
    with acting(actor=_DEMO, role=Role.MEMBER, household=household):
        insured = next(
            one.id
            for one in people.household_people(household=household)
            if one.first_name == given.to
        )
        held = next(
            one
            for one in contracts.contracts_of(household=household)
            if one.standing(on=today) is Standing.IN_FORCE
        )
    return issue(
        Wish(
            household=household,
            person=insured,
            contract=held.id,
            certificate=kind,
            known=known,
            first_day=today - ago,
            last_day=today - ago + timedelta(days=given.days - 1),
            language=given.language,
        ),
        check_at=f"{settings.HAVRE.BASE_URL}/{'fr' if given.language == 'fr' else 'en'}/check/",
        actor=_DEMO,
        account=account,
        today=today - ago,
        now=now - ago,
    )
