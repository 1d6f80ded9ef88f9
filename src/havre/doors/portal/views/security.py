"""Sign-in and security: the password, the sessions, what to do when it was not you."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.queries import DeviceSeen, SessionSeen
from havre.commons.accounts.words import ClosedFor, Step
from havre.doors.portal.confirming import confirmed_account_page
from havre.doors.portal.identity import begin_closed, handle_of, renew_session
from havre.doors.portal.page import Made, Page, Viewer, step_page
from havre.doors.ui import gate_words
from havre.doors.ui.new_password import NewPasswordForm
from havre.foundation.db import Actor, Channel, acting
from havre.journeys.account_security.choosing import chooser

CHANGED = "changed"
_RUBRIC = "security"


@require_safe
@step_page(Step.HOME)
def security(request: HttpRequest, viewer: Viewer) -> Made:
    """Where each thing about signing in is found."""
    values = {
        "changed": CHANGED in request.GET,
        "last": viewer.account.previous_sign_in,
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
    }
    return Page("portal/security.jinja", values, _RUBRIC)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_account_page
def change_password(request: HttpRequest, viewer: Viewer) -> Made:
    """Another password, at any time (W11): every other session ends, this one goes on."""
    form = NewPasswordForm(request.POST if "password" in request.POST else None)
    strength = None
    if form.is_bound and form.is_valid():
        account, password = viewer.account, form.cleaned_data["password"]
        who = chooser(household=account.household, membership=account.membership)
        try:
            accounts.change_password(
                account=account.id,
                password=password,
                about=who.about,
                tell=who.tell,
                keep=handle_of(request),
                now=viewer.now,
            )
        except accounts.PasswordRefused as refusal:
            form.add_error("password", gate_words.password_fault(refusal.fault))
            strength = accounts_seen.password_strength(password, about=who.about)
        else:
            renew_session(request, account=account.id)
            return _back("security", CHANGED)
    values = {"form": form, "strength": strength}
    return Page("portal/change_password.jinja", values, _RUBRIC, 422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@step_page(Step.HOME)
def sessions(request: HttpRequest, viewer: Viewer) -> Made:
    """Where this account is signed in and known; one or all can be ended."""
    account, here = viewer.account.id, handle_of(request)
    with acting(actor=_actor(viewer)):
        if request.method == "POST":
            _end(request, account, here)
        else:
            longest = timedelta(hours=settings.HAVRE.SESSION_LONGEST_HOURS)
            found = accounts_seen.sessions_of(account=account, longest=longest, now=viewer.now)
            devices = accounts_seen.devices_of(account=account)
    if request.method == "POST":
        return _back("sessions", CHANGED)
    values = {
        "sessions": found,
        "devices": devices,
        "here": here,
        "name": _name,
        "zone": next((one.zone for one in found if one.handle == here and one.zone), "")
        or settings.HAVRE.OPERATOR_TIME_ZONE,
        "changed": CHANGED in request.GET,
    }
    return Page("portal/sessions.jinja", values, _RUBRIC)


@require_http_methods(["GET", "HEAD", "POST"])
@step_page(Step.HOME)
def report(request: HttpRequest, viewer: Viewer) -> Made:
    """The last sign-in was not mine: what can be done, and one button that closes the account."""
    if request.method == "POST":
        with acting(actor=_actor(viewer)):
            accounts.suspend_reported(account=viewer.account.id, denied=None, now=viewer.now)
        begin_closed(request, ClosedFor.REPORTED)
        return redirect("portal:account-closed")
    values = {
        "last": viewer.account.previous_sign_in,
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
    }
    return Page("portal/report.jinja", values, _RUBRIC)


def _end(request: HttpRequest, account: UUID, here: UUID | None) -> None:
    """What was pressed; an id that is nobody's, or somebody else's, ends nothing."""
    ended, forgotten = _id(request, "end"), _id(request, "forget")
    if ended and ended != here:
        accounts.end_session(account=account, handle=ended)
    if forgotten:
        accounts.forget_device(account=account, device=forgotten)
    if "others" in request.POST:
        accounts.end_sessions(account=account, keep=here)


def _id(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None


def _name(seen: SessionSeen | DeviceSeen) -> str:
    """``Chrome sur Android``."""
    if seen.browser and seen.system:
        return _("%(browser)s on %(system)s") % {"browser": seen.browser, "system": seen.system}
    return seen.browser or seen.system or _("A browser that does not say which")


def _back(name: str, note: str) -> Made:
    return redirect(f"{reverse(f'portal:{name}')}?{note}")


def _actor(viewer: Viewer) -> Actor:
    return Actor(name=str(viewer.account.id), channel=Channel.ONLINE, purpose="look after sign-in")
