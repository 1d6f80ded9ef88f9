"""The steps of a first sign-in, in order: a password of one's own, the address, the terms."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.words import Step
from havre.commons.content import queries as content
from havre.doors.portal.forms import CodeForm, TermsForm
from havre.doors.portal.identity import PROVISIONAL, begin_session
from havre.doors.portal.page import Made, Page, Viewer, now, public_page, step_page
from havre.doors.portal.views.own_terms import accepted_before
from havre.doors.portal.wrong_codes import wrong_code
from havre.doors.ui import gate_words
from havre.doors.ui.new_password import NewPasswordForm
from havre.foundation.db import Actor, Channel, acting
from havre.journeys.account_opening import first_sign_in as journey
from havre.journeys.account_opening import given_email
from havre.journeys.account_security.choosing import Chooser, chooser

_STRENGTH = "strength"


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def choose_password(request: HttpRequest) -> Made:
    """Opened by a provisional password, and the only page that it opens (W8)."""
    provisional = request.session.get(PROVISIONAL)
    if provisional is None:
        return redirect("portal:sign-in")
    if not accounts_seen.still_opens(secret=UUID(provisional["secret"]), now=now()):
        return _no_longer_opens(request)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _store(request, form, provisional)
    return _password_page(form)


@require_http_methods(["GET", "HEAD", "POST"])
@step_page(Step.EMAIL)
def confirm_email(request: HttpRequest, viewer: Viewer) -> Made:
    """A code is sent on arriving; another one is a button away (W8)."""
    form = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_bound and form.is_valid() and _confirmed(form, viewer):
        return redirect("portal:accept-terms")
    again = "again" in request.POST
    if given_email.may_give(account=viewer.account):
        return redirect("portal:give-email")
    try:
        address = journey.send_code(account=viewer.account, again=again, now=viewer.now)
    except journey.NoAddress:
        return Page("portal/no_address.jinja", status=409)
    except accounts.TooManyCodes:
        return Page("portal/too_many_codes.jinja", status=429)
    strength = request.session.pop(_STRENGTH, None)
    values = {
        "form": form,
        "address": address.shown,
        "again": again,
        "strength": strength,
        "given": False,
    }
    return Page("portal/confirm_email.jinja", values, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@step_page(Step.TERMS)
def accept_terms(request: HttpRequest, viewer: Viewer) -> Made:
    """The full text in force is on the page; what is accepted is that very text (W2, W3)."""
    terms = content.text_in_force(slug="terms", language=viewer.language, today=viewer.today)
    if terms is None:  # the text went between two requests: there is nothing to accept
        return redirect("portal:home")
    before = accepted_before(viewer, terms)
    values = {
        "terms": terms,
        "before": before,
        "changes": terms.changes_since(before[1]) if before else (),
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
    }
    form = TermsForm(request.POST or None, initial={"shown": terms.sha256})
    if form.is_bound and form.is_valid():
        try:
            accounts.accept_terms(
                account=viewer.account.id,
                shown=form.cleaned_data["shown"],
                version=terms.version,
                language=viewer.language,
                text_sha256=terms.sha256,
                now=viewer.now,
            )
        except accounts.StaleTerms:
            form = TermsForm(initial={"shown": terms.sha256})
            stale = {**values, "form": form, "changed": True}
            return Page("portal/accept_terms.jinja", stale, status=409)
        return redirect("portal:home")
    shown = {**values, "form": form, "changed": False}
    return Page("portal/accept_terms.jinja", shown, status=422 if form.is_bound else 200)


def _store(request: HttpRequest, form: NewPasswordForm, provisional: dict[str, str]) -> Made:
    account, secret = UUID(provisional["account"]), UUID(provisional["secret"])
    password = form.cleaned_data["password"]
    chooser = _chooser(account)
    about = chooser.about
    moment = now()
    try:
        accounts.choose_password(
            account=account,
            secret=secret,
            password=password,
            about=about,
            tell=chooser.tell,
            now=moment,
        )
    except accounts.PasswordRefused as refusal:
        form.add_error("password", gate_words.password_fault(refusal.fault))
        return _password_page(form, strength=accounts_seen.password_strength(password, about=about))
    except accounts.SecretNoLongerOpens:
        return _no_longer_opens(request)
    response = redirect("portal:confirm-email")
    begin_session(request, response, account=account, zone=provisional["zone"], now=moment)
    # Told once, on the next page.
    request.session[_STRENGTH] = accounts_seen.password_strength(password, about=about)
    return response


def _no_longer_opens(request: HttpRequest) -> Page:
    """Used in another browser, or too old: this session opens nothing any more."""
    request.session.flush()
    return Page("portal/secret_used.jinja", status=409)


def _chooser(account: UUID) -> Chooser:
    actor = Actor(name=str(account), channel=Channel.ONLINE, purpose="choose a password")
    with acting(actor=actor):
        household, membership = accounts_seen.place_of(account=account)
    return chooser(household=household, membership=membership)


def _confirmed(form: CodeForm, viewer: Viewer) -> bool:
    try:
        left = journey.confirm_code(
            account=viewer.account, code=form.cleaned_data["code"], now=viewer.now
        )
    except accounts.CodeExpired:
        form.add_error("code", _("This code is no longer valid. Ask for another one."))
        return False
    if left is not None:
        form.add_error("code", wrong_code(left))
    return left is None


def _password_page(form: NewPasswordForm, **values: object) -> Page:
    shown = {"form": form, "strength": None, **values}
    return Page("portal/choose_password.jinja", shown, status=422 if form.is_bound else 200)
