"""What a reader sees when something is wrong: in their language, with what to do next."""

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from havre.doors.portal.shell import shell_for

_log = structlog.get_logger(__name__)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's
    """Missing and somebody else's are the same page, status and length."""
    return _page(request, "portal/not_found.jinja", 404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's
    return _page(request, "portal/refused.jinja", 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's
    return _page(request, "portal/refused.jinja", 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page kept open too long, or cookies refused: nothing was done, and the form can be sent again."""
    _log.info("form_refused", reason=reason)
    return _page(request, "portal/form_expired.jinja", 403)


def failed(request: HttpRequest) -> HttpResponse:
    return _page(request, "portal/failed.jinja", 500)


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Without the account: an error page asks the database for nothing."""
    shell = shell_for(request, account=None, rubric="")
    response = render(request, template, {"shell": shell}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
