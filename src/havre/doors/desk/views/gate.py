"""Signing in at the desk, in two steps always, and signing out."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.commons.accounts.actions import Waits, WrongPair
from havre.commons.staff import actions as staff
from havre.doors.desk.confirming import ask, safe_next
from havre.doors.desk.forms import SignInForm
from havre.doors.desk.identity import (
    SECOND_STEP,
    begin_second_step,
    begin_session,
    keep_language,
    known_here,
)
from havre.doors.desk.page import STAFF, Made, Page, gate_page, now
from havre.doors.ui import gate_words
from havre.doors.ui.browsers import address_of

SIGNED_OUT = "signed-out"


@require_http_methods(["GET", "HEAD", "POST"])
@gate_page
def sign_in(request: HttpRequest) -> Made:
    """The same page, status, statements and hashes whoever the address belongs to."""
    if STAFF in request.session and request.method != "POST":
        return redirect("desk:home")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        moment = now()
        typed = staff.Typed(
            email=form.cleaned_data["email"],
            password=form.cleaned_data["password"],
            address=address_of(request),
            known=known_here(request),
        )
        match staff.sign_in(typed=typed, now=moment):
            case staff.NeedsFactor(who, has_factor):
                return _go_on(request, who, has_factor=has_factor)
            case Waits(until):
                form.add_error(None, gate_words.wait_words(until, now=moment))
            case WrongPair():
                wrong = _(
                    "This address and password do not match. Check them, or ask an administrator to"
                    " invite you again."
                )
                form.add_error(None, wrong)
    values = {"form": form, "signed_out": SIGNED_OUT in request.GET}
    return Page("desk/sign_in.jinja", values, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@gate_page
def second_step(request: HttpRequest) -> Made:
    """Opened by the right password of somebody who has a factor, and the only page that it opens."""
    begun = request.session.get(SECOND_STEP)
    if begun is None:
        return redirect("desk:sign-in")
    moment = now()
    asked = ask(request, who=UUID(begun), now=moment)
    if asked.proved:
        response = redirect("desk:home")
        begin_session(request, response, who=UUID(begun), now=moment)
        return response
    return Page("desk/second_step.jinja", {"asked": asked}, status=asked.status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session is deleted, not only forgotten by the browser."""
    request.session.flush()
    response = HttpResponseRedirect(f"{reverse('desk:sign-in')}?{SIGNED_OUT}")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@require_safe
def language(request: HttpRequest) -> HttpResponse:
    """Before sign-in the browser keeps the language; afterwards it is chosen in the profile."""
    response = redirect(safe_next(request))
    chosen = request.GET.get("to", "")
    if chosen in dict(settings.LANGUAGES):
        keep_language(response, chosen)
    return response


def _go_on(request: HttpRequest, who: UUID, *, has_factor: bool) -> HttpResponse:
    if has_factor:
        begin_second_step(request, who=who)
        return redirect("desk:second-step")
    response = redirect("desk:second-factors")
    begin_session(request, response, who=who, now=now())
    return response
