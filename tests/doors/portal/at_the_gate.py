"""What a reader does at the gate: signing in with either password, going through the first steps."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.urls.converters import IntConverter

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.models import Account
from havre.doors.portal import urls
from havre.foundation.crypto import provisional_key, provisional_secret
from havre.foundation.db.roles import Role
from tests.builders import NOW, PASSWORD, an_account
from tests.database import acting_as
from tests.journeys.account_opening.asking import NUMBER, sent, the_member

SIGN_IN, HOME = "/en/sign-in", "/en/"
CHOOSE, EMAIL, TERMS = (f"/en/first-sign-in/{step}" for step in ("password", "email", "terms"))
OPEN_TO_ALL = {
    *("contact", "emergency", "faq", "faq-answer", "check", "leave-mails", "commercial-consent"),
    *("emergency-offline", "manifest"),
    *("sign-in", "create-account", "account-requested", "choose-password", "logo", "mailbox"),
    *("forgotten-password", "forgotten-password-received"),
    *("forgotten-number", "forgotten-number-received"),
    *("second-step", "passkey-sign-in"),
    *("not-me", "not-me-link", "account-closed", "stop-account", "stop-account-link"),
    *("terms", "legal-notice", "privacy", "safety-advice", "accessibility"),
}


def browser(**options: Any) -> Client:
    return Client(SERVER_NAME="localhost", **options)


def opening() -> tuple[Account, str]:
    """An account that waits for its first sign-in, and its provisional password."""
    account = an_account(membership=the_member(language="en"), password="")
    return account, another_secret(account)


def another_secret(account: Account, *, now: datetime = NOW) -> str:
    from havre.project.settings import load

    with acting_as(Role.WORKER):
        issued = accounts.issue_provisional(
            account=account.id, now=now, life=load().provisional_life
        )
    assert issued
    return provisional_secret(provisional_key(), issued.id)


def sign_in(
    client: Client, *, password: str = PASSWORD, number: str = NUMBER, **sent_too: Any
) -> HttpResponse:
    form = {"number": number, "password": password, "time_zone": "Asia/Singapore"} | sent_too
    return client.post(SIGN_IN, form)  # type: ignore[return-value]


def choose(client: Client, password: str = PASSWORD, again: str | None = None) -> HttpResponse:
    form = {"password": password, "again": password if again is None else again}
    return client.post(CHOOSE, form)  # type: ignore[return-value]


def mailed_code(*, now: datetime = NOW) -> str:
    """The code of the newest mail, in English."""
    body = str(sent(now=now)[-1].body)
    found = re.search(r"^ {4}(\d{6})$", body, re.MULTILINE)
    assert found, body
    return found[1]


def leads_to(answer: Any) -> str:
    """Where a redirection leads, on this site."""
    assert answer.status_code == 302, answer.status_code
    parts = urlsplit(answer["Location"])
    assert not parts.netloc
    return parts.path


def personal_addresses(*, besides: Collection[str] = ()) -> list[str]:
    """Every address of the portal that is not open to all. What only a script asks leads nowhere."""
    elsewhere = {"sign-out", "confirm-email", "accept-terms", "live", *besides}
    return [
        reverse(f"portal:{one.name}", kwargs=_no_one_s(one.pattern.converters))
        for one in urls.urlpatterns
        if one.name not in OPEN_TO_ALL | elsewhere
    ]


def _no_one_s(converters: dict[str, Any]) -> dict[str, object]:
    """An id for each, of nothing that there is: lines are numbered."""
    return {
        name: 0 if isinstance(one, IntConverter) else uuid4() for name, one in converters.items()
    }


def text_of(answer: Any) -> str:
    """The page without what differs from one answer to the next: tokens and nonces."""
    page = answer.content.decode()
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]{64}"', "", page)
    return re.sub(r'nonce="[^"]+"', "", page)
