"""Beginning and ending a session."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.utils.crypto import constant_time_compare

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.access import SessionAccounts
from havre.commons.accounts.words import ClosedFor
from havre.domains.people import queries as people
from havre.doors.ui.browsers import device_of
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id

DEVICE_COOKIE = "__Host-havre-device" if settings.HTTPS else "havre-device"
_DEVICE_AGE = 365 * 24 * 3600
_BACKEND = "havre.commons.accounts.access.SessionAccounts"
PROVISIONAL = "provisional"
CONFIRMED = "confirmed"
"""When this session last proved who it is, in seconds: by signing in, or on the page that asks."""
HANDLE = "handle"
_PROVISIONAL_AGE_SECONDS = 1800
SECOND_STEP = "second-step"
_SECOND_STEP_AGE_SECONDS = 900
CLOSED = "closed"
_CLOSED_AGE_SECONDS = 900


def begin_session(
    request: HttpRequest,
    response: HttpResponse,
    *,
    account: UUID,
    zone: str,
    now: datetime,
    remember: bool = False,
) -> None:
    """A new session for this account, under a new key; this browser is known from now on.

    ``zone`` is a time zone that exists, or "". ``remember``: it gave a factor and need not for a while.
    """
    user = SessionAccounts().get_user(account)
    if user is None:
        return
    request.session.flush()
    login(request, user, backend=_BACKEND)
    actor = Actor(name=str(account), channel=Channel.ONLINE, purpose="sign in")
    with acting(actor=actor, role=Role.MEMBER, household=user.household_id):
        person = people.person_of(household=user.household_id, membership=user.membership_id)
    # Shown in the header of every page: kept with the session rather than read each time.
    request.session.update({"name": person.full_name if person else "", "zone": zone})
    request.session["began"] = request.session["used"] = int(now.timestamp())
    request.session[CONFIRMED] = int(now.timestamp())
    browser, system = device_of(request.headers.get("User-Agent", ""))
    request.session[HANDLE] = str(new_id())
    request.session.update({"zone": zone, "browser": browser, "system": system})
    accounts.note_sign_in(account=account, zone=zone or None, now=now)
    token = request.COOKIES.get(DEVICE_COOKIE) or secrets.token_urlsafe(24)
    _keep_token(response, token)
    life = timedelta(days=settings.HAVRE.FACTOR_REMEMBERED_DAYS)
    accounts.know_device(
        account=account,
        token=token,
        browser=browser,
        system=system,
        now=now,
        remembered_until=now + life if remember else None,
    )


def _keep_token(response: HttpResponse, token: str) -> None:
    response.set_cookie(
        DEVICE_COOKIE,
        token,
        max_age=_DEVICE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def renew_session(request: HttpRequest, *, account: UUID) -> None:
    """The session goes on under a new key, once the password was changed from within it."""
    user = SessionAccounts().get_user(account)
    if user is not None:
        update_session_auth_hash(request, user)


def handle_of(request: HttpRequest) -> UUID | None:
    """What names this session where its key may not be shown."""
    handle = request.session.get(HANDLE)
    return UUID(handle) if handle else None


def begin_personalisation(request: HttpRequest, *, account: UUID, secret: UUID, zone: str) -> None:
    """A session that signs nobody in: it opens the page where a password is chosen, nothing else."""
    request.session.flush()
    rotate_token(request)
    request.session[PROVISIONAL] = {"account": str(account), "secret": str(secret), "zone": zone}
    request.session.set_expiry(_PROVISIONAL_AGE_SECONDS)


def begin_second_step(
    request: HttpRequest, *, account: UUID, secret: UUID | None, zone: str
) -> None:
    """A session that signs nobody in: it opens the page that asks for a factor, nothing else.

    It stands for the password that was typed: see :func:`password_stands`.
    """
    request.session.flush()
    rotate_token(request)
    request.session[SECOND_STEP] = {
        "account": str(account),
        "password": _password_mark(account),
        "secret": str(secret) if secret else "",
        "zone": zone,
    }
    request.session.set_expiry(_SECOND_STEP_AGE_SECONDS)


def begin_closed(request: HttpRequest, why: ClosedFor | None) -> None:
    """A session that signs nobody in: it remembers why the account is closed, for the page that says it."""
    request.session.flush()
    request.session[CLOSED] = why or ClosedFor.REPORTED
    request.session.set_expiry(_CLOSED_AGE_SECONDS)


def password_stands(begun: Mapping[str, str]) -> bool:
    """Whether the password is still the one that began this second step, and the account open."""
    mark = _password_mark(UUID(begun["account"]))
    return mark != "" and constant_time_compare(mark, begun["password"])


def _password_mark(account: UUID) -> str:
    user = SessionAccounts().get_user(account)
    return user.get_session_auth_hash() if user else ""
