"""What surrounds every answer: encryption, headers, the language that was chosen."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponse]
_SESSION_KEY = re.compile(r"[a-z0-9]{32}|carried\.[A-Za-z0-9_-]{1,3800}")
_LOCAL = {"localhost", "127.0.0.1", "[::1]"}
_NOT_NEEDED = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


def refuse_plain_http(answer: Answer) -> Answer:
    """Nothing is said in clear off this machine, not even a redirect that would carry the address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        host = request.get_host().rpartition(":")[0] or request.get_host()
        if request.is_secure() or host in _LOCAL or request.get_host() in _LOCAL:
            return answer(request)
        return HttpResponse(
            "Cette adresse ne s’ouvre qu’en https://\nThis address opens with https:// only\n",
            status=403,
            content_type="text/plain; charset=utf-8",
        )

    return middleware


def harden(answer: Answer) -> Answer:
    """Headers that every answer carries; pages are kept by no cache unless they say so themselves."""

    def middleware(request: HttpRequest) -> HttpResponse:
        _drop_foreign_session(request)
        response = answer(request)
        response.headers.setdefault("Permissions-Policy", _NOT_NEEDED)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        _remember_language(request, response)
        return response

    return middleware


def _drop_foreign_session(request: HttpRequest) -> None:
    """A session cookie that we did not write is none: the database refuses to look some of them up."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if key is not None and not _SESSION_KEY.fullmatch(key):
        del request.COOKIES[settings.SESSION_COOKIE_NAME]


def _remember_language(request: HttpRequest, response: HttpResponse) -> None:
    """The language of the address is the reader's choice: it is kept for the next visit (W1)."""
    chosen = translation.get_language_from_path(request.path_info)
    name = settings.LANGUAGE_COOKIE_NAME
    if chosen and request.COOKIES.get(name) != chosen:
        response.set_cookie(
            name,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
