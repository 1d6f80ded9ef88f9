"""Beginning and ending a session of the desk."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token

from havre.commons.staff import actions as staff
from havre.commons.staff import queries as staff_seen
from havre.doors.desk.page import STAFF
from havre.doors.ui.browsers import device_of
from havre.foundation.ids import new_id

CONFIRMED = "confirmed"
"""When this session last proved who it is, in seconds."""
HANDLE = "handle"
SECOND_STEP = "second-step"
_SECOND_STEP_AGE_SECONDS = 900
_KNOWN_AGE = 365 * 24 * 3600
_SALT = "havre desk: who signed in from this browser"


def begin_second_step(request: HttpRequest, *, who: UUID) -> None:
    """A session that signs nobody in: it opens the page that asks for a factor, nothing else."""
    request.session.flush()
    rotate_token(request)
    request.session[SECOND_STEP] = str(who)
    request.session.set_expiry(_SECOND_STEP_AGE_SECONDS)


def begin_session(
    request: HttpRequest, response: HttpResponse, *, who: UUID, now: datetime
) -> None:
    """A new session under a new key; failures elsewhere do not slow this browser down from now on."""
    request.session.flush()
    rotate_token(request)
    stamp = int(now.timestamp())
    browser, system = device_of(request.headers.get("User-Agent", ""))
    request.session.update(
        {STAFF: str(who), "began": stamp, "used": stamp, CONFIRMED: stamp, HANDLE: str(new_id())}
    )
    request.session.update({"browser": browser, "system": system})
    staff.note_sign_in(staff=who, now=now)
    seen = staff_seen.seen(staff=who)
    if seen is not None:  # for the pages that know nobody: the gate, errors
        keep_language(response, seen.language)
    response.set_signed_cookie(
        settings.KNOWN_COOKIE_NAME,
        str(who),
        salt=_SALT,
        max_age=_KNOWN_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def keep_language(response: HttpResponse, language: str) -> None:
    """Keep it for the pages that know nobody."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def renew_session(request: HttpRequest) -> None:
    """The session goes on under a new key."""
    request.session.cycle_key()
    rotate_token(request)


def known_here(request: HttpRequest) -> UUID | None:
    """Who signed in from this browser before, as its own cookie says under our signature."""
    try:
        return UUID(
            request.get_signed_cookie(settings.KNOWN_COOKIE_NAME, salt=_SALT, max_age=_KNOWN_AGE)
        )
    except (KeyError, ValueError, signing.BadSignature):
        return None


def handle_of(request: HttpRequest) -> UUID | None:
    """What names this session where its key may not be shown."""
    handle = request.session.get(HANDLE)
    return UUID(handle) if handle else None
