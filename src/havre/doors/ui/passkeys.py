"""Passkeys between the browser and the house: the question goes out in a page, the answer comes in a form.

What was asked is kept in the session, and answered once.
"""

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from havre.foundation.signing_in.passkeys import Site, WrongPasskey

FIELD = "passkey"
_ASKED = "passkey"
_LONGEST = 20_000


def site() -> Site:
    """Where passkeys are for, as the address of this door says."""
    parts = urlsplit(settings.SITE_URL)
    host = parts.hostname or "localhost"
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else "http://localhost"
    return Site(settings.HAVRE.OPERATOR_NAME, host, origin)


def asking(request: HttpRequest, challenge: tuple[dict[str, Any], dict[str, Any]]) -> str:
    """The question, as the page's script reads it."""
    options, request.session[_ASKED] = challenge
    return json.dumps(options)


def answered(request: HttpRequest, *, field: str = FIELD) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the device answered, and what it had been asked. Refuses :class:`WrongPasskey`."""
    asked = request.session.pop(_ASKED, None)
    typed = request.POST.get(field, "")
    if asked is None or len(typed) > _LONGEST:
        raise WrongPasskey
    try:
        answer = json.loads(typed)
    except (ValueError, RecursionError) as error:
        raise WrongPasskey from error
    if not isinstance(answer, dict):
        raise WrongPasskey
    return answer, asked
