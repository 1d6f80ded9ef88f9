"""Signing in with a second factor after the password, or with a passkey alone."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.words import FactorKind
from havre.doors.portal.forms import PasskeySignInForm, SecondStepForm
from havre.doors.portal.identity import (
    DEVICE_COOKIE,
    SECOND_STEP,
    begin_closed,
    begin_personalisation,
    begin_session,
    password_stands,
)
from havre.doors.portal.page import Made, Page, now, public_page
from havre.doors.ui import gate_words, passkeys
from havre.doors.ui.browsers import address_of
from havre.journeys.account_security import factors as journey


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def second_step(request: HttpRequest) -> Made:
    """Opened by the right password of an account that has a factor, and the only page that it opens."""
    begun = request.session.get(SECOND_STEP)
    if begun is None:
        return redirect("portal:sign-in")
    account = UUID(begun["account"])
    held = accounts_seen.factors_of(account=account)
    by_passkey = bool(request.POST.get(passkeys.FIELD))
    form = SecondStepForm(
        request.POST or None,
        app=held.has(FactorKind.APP),
        by_passkey=by_passkey,
        days=settings.HAVRE.FACTOR_REMEMBERED_DAYS,
    )
    if form.is_bound and form.is_valid() and _passes(request, form, account):
        return _go_on(request, begun, remember=form.cleaned_data["remember"])
    options = ""
    if held.has(FactorKind.PASSKEY):
        challenge = accounts_seen.passkey_challenge(site=passkeys.site(), account=account)
        options = passkeys.asking(request, challenge)
    values = {"form": form, "options": options, "app": held.has(FactorKind.APP)}
    return Page("portal/second_step.jinja", values, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def passkey_sign_in(request: HttpRequest) -> Made:
    """A passkey alone, of whomever: its device verified its owner, so it stands for both steps."""
    if request.user.is_authenticated and request.method != "POST":
        return redirect("portal:home")
    form = PasskeySignInForm(request.POST or None)
    if form.is_bound and form.is_valid():
        moment = now()
        try:
            answer, state = passkeys.answered(request)
            signed_in = accounts.take_passkey(
                account=None, answer=answer, state=state, site=passkeys.site(), now=moment
            )
        except accounts.WrongPasskey:
            form.add_error(None, gate_words.wrong_passkey())
        else:
            if isinstance(signed_in, accounts.Closed):
                begin_closed(request, signed_in.why)
                return redirect("portal:account-closed")
            response = redirect("portal:home")
            zone = form.cleaned_data["time_zone"]
            begin_session(request, response, account=signed_in.account, zone=zone, now=moment)
            return response
    challenge = accounts_seen.passkey_challenge(site=passkeys.site(), account=None)
    values = {"form": form, "options": passkeys.asking(request, challenge)}
    return Page("portal/passkey_sign_in.jinja", values, status=422 if form.is_bound else 200)


def _passes(request: HttpRequest, form: SecondStepForm, account: UUID) -> bool:
    moment = now()
    if form.by_passkey:
        try:
            answer, state = passkeys.answered(request)
            accounts.take_passkey(
                account=account, answer=answer, state=state, site=passkeys.site(), now=moment
            )
        except accounts.WrongPasskey:
            form.add_error(None, gate_words.wrong_passkey())
            return False
        return True
    device = request.COOKIES.get(DEVICE_COOKIE)
    guess = accounts.Guess(form.cleaned_data["code"], address_of(request), device)
    match journey.take_code(account=account, guess=guess, now=moment):
        case accounts.Confirmed():
            return True
        case accounts.Waits(until):
            form.add_error(None, gate_words.wait_words(until, now=moment))
        case accounts.WrongPair():
            form.add_error("code", gate_words.wrong_code())
    return False


def _go_on(request: HttpRequest, begun: dict[str, str], *, remember: bool) -> Made:
    """To home, or to the choice of a password where a provisional one was typed."""
    account, zone = UUID(begun["account"]), begun["zone"]
    if not password_stands(begun):  # its owner changed it meanwhile
        request.session.flush()
        return redirect("portal:sign-in")
    if begun["secret"]:
        secret = UUID(begun["secret"])
        begin_personalisation(request, account=account, secret=secret, zone=zone)
        return redirect("portal:choose-password")
    response = redirect("portal:home")
    begin_session(request, response, account=account, zone=zone, now=now(), remember=remember)
    return response
