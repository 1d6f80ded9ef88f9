"""Signing in, signing out, asking to open an account."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_cookie

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.words import RequestKind
from havre.doors.portal import closing
from havre.doors.portal.forms import AskingForm, OpeningForm, SignInForm
from havre.doors.portal.identity import (
    DEVICE_COOKIE,
    PROVISIONAL,
    begin_closed,
    begin_personalisation,
    begin_second_step,
    begin_session,
)
from havre.doors.portal.page import AGAIN, Made, Page, now, public_page, today
from havre.doors.ui import gate_words
from havre.doors.ui.browsers import address_of

SIGNED_OUT = "signed-out"
OPENING = RequestKind.OPENING


@vary_on_cookie
def front(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the reader's language."""
    return redirect(f"/{translation.get_language_from_request(request)}/")


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def sign_in(request: HttpRequest) -> Made:
    """The same page, status, statements and hashes whoever the number belongs to."""
    if request.user.is_authenticated and request.method != "POST":
        return redirect("portal:home")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = accounts.Typed(
            number=form.cleaned_data["number"],
            password=form.cleaned_data["password"],
            address=address_of(request),
            device=request.COOKIES.get(DEVICE_COOKIE),
        )
        moment = now()
        answer = accounts.sign_in(typed=typed, now=moment)
        return _answer(request, form, answer, moment)
    return _sign_in_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def create_account(request: HttpRequest) -> Made:
    """What is typed is kept and matched by the worker; the answer is the same whoever asks (W6)."""
    form = OpeningForm(request.POST or None, today=today())
    if request.method == "POST" and form.is_valid() and received(request, form, OPENING):
        return redirect("portal:account-requested")
    return Page("portal/create_account.jinja", {"form": form}, status=status_of(form))


def received(request: HttpRequest, form: AskingForm, kind: RequestKind) -> bool:
    """Keep what was typed for the worker; false, said by the form, where this network asks too often."""
    moment = now()
    try:
        accounts.receive_request(
            kind=kind,
            typed=form.typed(),
            address=address_of(request),
            language=translation.get_language() or "fr",
            now=moment,
        )
    except accounts.TooManyRequests as refusal:
        form.add_error(None, gate_words.wait_words(refusal.until, now=moment))
        return False
    return True


def status_of(form: AskingForm) -> int:
    return 422 if form.is_bound else 200


@require_http_methods(["GET", "HEAD"])
@public_page
def account_requested(request: HttpRequest) -> Made:  # noqa: ARG001  # every view takes it
    return Page("portal/account_requested.jinja", {"age": settings.HAVRE.ACCOUNT_AGE})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session is deleted, not only forgotten by the browser."""
    request.session.flush()
    response = HttpResponseRedirect(f"{reverse('portal:sign-in')}?{SIGNED_OUT}")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _answer(
    request: HttpRequest,
    form: SignInForm,
    answer: accounts.Answer,
    moment: datetime,
) -> Made:
    zone = form.cleaned_data["time_zone"]
    match answer:
        case accounts.SignedIn(account):
            response = redirect("portal:home")
            begin_session(request, response, account=account, zone=zone, now=moment)
            return response
        case accounts.OpensPersonalisation(account, secret):
            begin_personalisation(request, account=account, secret=secret, zone=zone)
            return redirect("portal:choose-password")
        case accounts.Closed(_state, why):
            begin_closed(request, why)
            return redirect("portal:account-closed")
        case accounts.NeedsSecondStep(account, secret):
            begin_second_step(request, account=account, secret=secret, zone=zone)
            return redirect("portal:second-step")
        case accounts.Waits(until):
            form.add_error(None, gate_words.wait_words(until, now=moment))
        case accounts.WrongPair():
            form.add_error(
                None,
                _(
                    "This number and password do not match. Check them, ask for a new password"
                    " under the field, or call us."
                ),
            )
    return _sign_in_page(request, form)


def _sign_in_page(request: HttpRequest, form: SignInForm) -> Page:
    moment = now()
    values = {
        "form": form,
        "signed_out": SIGNED_OUT in request.GET,
        "again": AGAIN in request.GET and not form.is_bound,
        "begun": PROVISIONAL in request.session,
        "announced": closing.announced(moment),
        "shut": closing.is_shut(moment),
    }
    return Page("portal/sign_in.jinja", values, status=422 if form.is_bound else 200)
