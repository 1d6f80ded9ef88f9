"""A forgotten password or number: asked here, looked for by the worker, sent to the address on file."""

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from havre.commons.accounts.words import RequestKind
from havre.doors.portal.forms import ForgottenNumberForm, ForgottenPasswordForm
from havre.doors.portal.page import Made, Page, public_page, today
from havre.doors.portal.views.gate import received, status_of

_PASSWORD, _NUMBER = RequestKind.PASSWORD, RequestKind.NUMBER


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def password(request: HttpRequest) -> Made:
    """The same answer whoever asks (W9); the page says why the old one cannot be given back (W10)."""
    form = ForgottenPasswordForm(request.POST or None, today=today())
    if request.method == "POST" and form.is_valid() and received(request, form, _PASSWORD):
        return redirect("portal:forgotten-password-received")
    return Page("portal/forgotten_password.jinja", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def number(request: HttpRequest) -> Made:
    """The same answer whoever asks (W9)."""
    form = ForgottenNumberForm(request.POST or None, today=today())
    if request.method == "POST" and form.is_valid() and received(request, form, _NUMBER):
        return redirect("portal:forgotten-number-received")
    return Page("portal/forgotten_number.jinja", {"form": form}, status=status_of(form))


@require_safe
@public_page
def password_received(request: HttpRequest) -> Made:  # noqa: ARG001  # every view takes it
    minutes = settings.HAVRE.FORGOTTEN_PASSWORD_MINUTES
    return Page("portal/forgotten_password_received.jinja", {"minutes": minutes})


@require_safe
@public_page
def number_received(request: HttpRequest) -> Made:  # noqa: ARG001  # every view takes it
    return Page("portal/forgotten_number_received.jinja")
