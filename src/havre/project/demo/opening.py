"""The demo's texts, and the account of its member: opened as a member would open it."""

import secrets
import tempfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import SESSION_KEY

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.commons.content import actions as content
from havre.commons.content import queries as texts
from havre.commons.content.words import Slug
from havre.domains.people import queries as people
from havre.domains.people.actions import agree_to_share
from havre.foundation.crypto import numeric_code, provisional_key
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.confidentiality.sharing import WORDING
from havre.project.demo.earlier_terms import write_earlier_terms
from havre.project.demo.house import TEXTS
from havre.project.demo.papers import write_content
from havre.project.house_facts import house_facts
from havre.project.urls import page_names

_DEMO = Actor(name="demo", channel=Channel.COMMAND, purpose="open the demo's account")


@dataclass(frozen=True)
class Opened:
    """An account that waits for its first sign-in."""

    account: UUID
    secret: UUID
    email: str
    language: str


def publish_texts(*, now: datetime) -> None:
    """Publish the fictional operator's texts, and its terms of the year before. As the worker."""
    facts = house_facts(settings.HAVRE)
    with tempfile.TemporaryDirectory() as folder:
        write_earlier_terms(Path(folder))
        earlier = content.read_texts(Path(folder), facts=facts)
    content.load_texts(texts=[*earlier, *content.read_texts(TEXTS, facts=facts)], now=now)


def publish_content(*, now: datetime, today: date) -> None:
    """Publish what else the house says: questions, contacts, documents. As the worker."""
    with tempfile.TemporaryDirectory() as folder:
        write_content(Path(folder))
        found = content.read_folder(
            Path(folder), facts=house_facts(settings.HAVRE), pages=page_names()
        )
        content.publish(folder=found, author="demo", now=now, today=today)


def open_account(adherent_number: str, *, now: datetime) -> Opened:
    """Open the account of a number and issue its provisional password. As the worker."""
    with acting(actor=_DEMO):
        located = people.locate(adherent_number=adherent_number)
    if located is None:
        raise LookupError("the demo's member was not loaded")
    with acting(actor=_DEMO, household=located.household):
        person = people.person_of(household=located.household, membership=located.membership)
        if person is None or person.email is None:
            raise LookupError("the demo's member has an address")
        account = accounts.open_account(
            household=located.household,
            membership=located.membership,
            person=person.id,
            adherent_number=adherent_number,
            language=person.language,
            now=now,
        )
        issued = accounts.issue_provisional(
            account=account, now=now, life=settings.HAVRE.provisional_life
        )
    if issued is None:
        raise LookupError("a new account has no provisional password yet")
    return Opened(account, issued.id, person.email, person.language)


def share_with(opened: Opened, *, first_name: str, now: datetime) -> None:
    """Someone of the same household lets the member see their care. As the web server."""
    household, membership = accounts_seen.place_of(account=opened.account)
    with acting(actor=_DEMO, role=Role.MEMBER, household=household):
        everyone = people.household_people(household=household)
        member = next(one for one in everyone if one.membership == membership)
        other = next(one for one in everyone if one.first_name == first_name)
        agree_to_share(
            household=household,
            person=other.id,
            reader=member.id,
            wording=WORDING,
            now=now,
        )


def signed_in_before(account: UUID, *, now: datetime) -> None:
    """A phone that is still signed in, and the computer of last week. As the web server."""
    zone, began = "America/Mexico_City", now - timedelta(minutes=50)
    for browser, system, at in (
        ("Firefox", "Windows", now - timedelta(days=6)),
        ("Safari", "iOS", began),
    ):
        token = secrets.token_urlsafe(24)
        accounts.know_device(account=account, token=token, browser=browser, system=system, now=at)
        accounts.note_sign_in(account=account, zone=zone, now=at)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    stamps = {"began": int(began.timestamp()), "used": int(now.timestamp())}
    session.update({SESSION_KEY: str(account), "handle": str(uuid4()), "zone": zone})
    session.update({"browser": "Safari", "system": "iOS"} | stamps)
    session.set_expiry(timedelta(hours=8))  # nobody uses it: it would soon be gone from the page
    session.save()


def first_sign_in(opened: Opened, *, password: str, now: datetime) -> None:
    """Go through the first sign-in, accepting the terms of that day. As the web server."""
    account = opened.account
    accounts.choose_password(
        account=account,
        secret=opened.secret,
        password=password,
        about=[],
        tell=accounts.KnownAddress(opened.email, opened.language),
        now=now,
    )
    with acting(actor=_DEMO):
        code = accounts.issue_email_code(
            account=account, email=opened.email, again=False, now=now, life=timedelta(minutes=5)
        )
        typed = numeric_code(provisional_key(), code.id)
        accounts.confirm_email(account=account, email=opened.email, code=typed, now=now)
    terms = texts.text_in_force(slug=Slug.TERMS, language=opened.language, today=now.date())
    if terms is None:
        raise LookupError("the demo's terms were not loaded")
    accounts.accept_terms(
        account=account,
        shown=terms.sha256,
        version=terms.version,
        language=terms.language,
        text_sha256=terms.sha256,
        now=now,
    )
