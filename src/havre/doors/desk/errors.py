"""What somebody at the desk sees when something is wrong, with what to do next."""

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from havre.doors.desk.shell import shell_for

_log = structlog.get_logger(__name__)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's
    """Missing and out of scope are the same page, status and length."""
    return _page(request, "desk/not_found.jinja", 404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's
    return _page(request, "desk/refused.jinja", 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's
    return _page(request, "desk/refused.jinja", 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page kept open too long, or cookies refused: nothing was done."""
    _log.info("form_refused", reason=reason)
    return _page(request, "desk/form_expired.jinja", 403)


def failed(request: HttpRequest) -> HttpResponse:
    return _page(request, "desk/failed.jinja", 500)


def read_only(request: HttpRequest) -> HttpResponse:
    """Nothing can be saved for now."""
    return _page(request, "desk/read_only.jinja", 503)


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Without who works: an error page asks the database for nothing."""
    shell = shell_for(request, staff=None, rubric="")
    response = render(request, template, {"shell": shell, "viewer": None}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
