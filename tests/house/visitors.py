"""Everyone who can stand at a door: from nobody to a member, each with a browser of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.test import Client

from havre.commons.accounts.models import Account, ProvisionalSecret, TermsAcceptance
from havre.commons.content.models import LegalText
from havre.commons.content.words import Slug
from havre.domains.people.models import Membership, Person
from havre.doors.portal.identity import CONFIRMED, PROVISIONAL, SECOND_STEP
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from tests.builders import (
    a_bank_account,
    a_certificate,
    a_contract,
    a_cover,
    a_legal_text,
    a_line,
    a_member,
    a_passkey,
    a_transfer,
    an_account,
)
from tests.database import acting_as
from tests.journeys.requests.asking import Asker, a_draft, a_request
from tests.messages import a_conversation

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
BACKEND = "havre.commons.accounts.access.SessionAccounts"


class As(StrEnum):
    NOBODY = "nobody"
    PROVISIONAL = "holder of a provisional password"
    HALF_WAY = "after the password, before the second factor"
    AT_EMAIL = "at the step of the address"
    AT_TERMS = "at the step of the terms"
    STRANGER = "member of another household"
    MEMBER = "member"
    LAPSED = "member who has not proved who they are for a while"


@dataclass(frozen=True)
class Owned:
    """A household with one of everything that an address can name."""

    person: Person
    membership: Membership
    contract: Any
    transfer: Any
    line: Any
    factor: UUID
    adult: Person
    certificate: UUID
    acceptance: UUID
    conversation: UUID
    bank_account: UUID
    draft: UUID
    case: UUID


@dataclass(frozen=True)
class World:
    """``cookies`` is the session's key by visitor; ``mine`` is what the member owns."""

    mine: Owned
    theirs: Owned
    cookies: Mapping[As, str]

    def browser(self, who: As, **options: Any) -> Client:
        client = Client(SERVER_NAME="localhost", **options)
        if who in self.cookies:
            client.cookies["havre-session"] = self.cookies[who]
        return client


def a_world() -> World:
    """Two households, all texts in both languages, and a session for each visitor."""
    for slug in Slug:
        for language in ("fr", "en"):
            a_legal_text(slug=slug, language=language, title=f"{slug} {language}")
    mine, theirs = _owned("HV 1"), _owned("HV 2")
    member, stranger = (_account(owned, factor=True) for owned in (mine, theirs))
    for owned, account in ((mine, member), (theirs, stranger)):
        _accept(owned, account)
    at_email = _account(_owned("HV 3"), email_confirmed_at=None)
    at_terms = _account(_owned("HV 4"))
    sessions = {As.MEMBER: member, As.STRANGER: stranger, As.AT_EMAIL: at_email}
    sessions[As.AT_TERMS] = at_terms
    cookies = {who: _session(account) for who, account in sessions.items()}
    cookies[As.LAPSED] = _session(member, confirmed=False)
    cookies[As.HALF_WAY] = _half_way(member)
    cookies[As.PROVISIONAL] = _provisional(_account(_owned("HV 5"), password_chosen_at=None))
    return World(mine, theirs, cookies)


def _owned(number: str) -> Owned:
    person, membership = a_member(adherent_number=number, email="someone@example.org")
    contract = a_contract(household=person.household_id, zone=3)
    a_cover(contract=contract, person=person)
    transfer = a_transfer(household=person.household_id)
    line = a_line(person=person, transfer=transfer, contract_id=contract.id)
    adult, _place = a_member(household=person.household_id, link="SPOUSE")
    certificate = a_certificate(person=person, contract=contract).id
    conversation = a_conversation(household=person.household_id, membership=membership.id)
    account = a_bank_account(person=person).id
    return Owned(
        person,
        membership,
        contract,
        transfer,
        line,
        new_id(),
        adult,
        certificate,
        new_id(),
        conversation,
        account,
        *_requests(person, membership, contract.id),
    )


def _requests(person: Person, membership: Membership, contract: UUID) -> tuple[UUID, UUID]:
    """A draft, and a request that is on file."""
    asker = Asker(person.household_id, membership.id, person.id, contract)
    words = {"subject": "A question", "words": "Who?"}
    draft = a_draft(asker, "other", words, now=NOW).id
    return draft, a_request(asker, "other", words).id


def _account(owned: Owned, *, factor: bool = False, **changes: Any) -> Account:
    chosen = {"password_chosen_at": NOW, "email_confirmed_at": NOW, "state": "ACTIVE"}
    account = an_account(membership=owned.membership, **{**chosen, **changes})
    if factor:
        a_passkey(account, id=owned.factor)
    return account


def _accept(owned: Owned, account: Account) -> None:
    with acting_as(Role.OWNER):
        text = LegalText.objects.get(slug="terms", language="fr")
        TermsAcceptance.objects.create(
            id=owned.acceptance,
            account=account,
            version=text.version,
            language=text.language,
            text_sha256=text.sha256,
            accepted_at=NOW,
        )


def _session(account: Account, *, confirmed: bool = True) -> str:
    client = Client()
    client.force_login(account, backend=BACKEND)
    if confirmed:
        session = client.session
        session[CONFIRMED] = int(NOW.timestamp())
        session.save()
    return client.cookies["havre-session"].value


def _half_way(account: Account) -> str:
    session = Client().session
    session[SECOND_STEP] = {"account": str(account.id), "secret": "", "zone": ""}
    session.save()
    return str(session.session_key)


def _provisional(account: Account) -> str:
    client = Client()
    secret = new_id()
    with acting_as(Role.OWNER):
        ProvisionalSecret.objects.create(
            id=secret,
            account=account,
            digest=b"digest",
            issued_at=NOW,
            expires_at=NOW + timedelta(hours=24),
        )
    session = client.session
    session[PROVISIONAL] = {"account": str(account.id), "secret": str(secret), "zone": ""}
    session.save()
    return str(session.session_key)
