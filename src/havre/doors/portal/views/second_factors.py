"""The member's second factors: passkeys, an app for codes, recovery codes."""

from contextlib import suppress
from uuid import UUID

import segno
from django.conf import settings
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from markupsafe import Markup

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.words import FactorKind, FactorSeen, FactorsSeen, Step
from havre.doors.portal.confirming import confirmed_account_page
from havre.doors.portal.forms import AppCodeForm, PasskeyForm
from havre.doors.portal.page import Made, Page, Viewer, step_page
from havre.doors.ui import formats, passkeys
from havre.doors.ui.addresses import url
from havre.foundation.db import acting
from havre.journeys.account_security import factors as journey

ADDED, REMOVED = "added", "removed"
_GROUP = 4


@require_safe
@step_page(Step.HOME)
def second_factors(request: HttpRequest, viewer: Viewer) -> Made:
    """What there is, and the ways to add and remove."""
    seen = accounts_seen.factors_of(account=viewer.account.id)
    values = {
        "seen": seen,
        "has_app": seen.has(FactorKind.APP),
        "most": accounts.MOST_PASSKEYS if _is_full(seen) else None,
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
        "added": ADDED in request.GET,
        "removed": REMOVED in request.GET,
        "days": settings.HAVRE.FACTOR_REMEMBERED_DAYS,
    }
    return Page("portal/second_factors.jinja", values, rubric="security")


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_account_page
def add_passkey(request: HttpRequest, viewer: Viewer) -> Made:
    """The device makes a passkey; the form brings what it answered."""
    if _is_full(accounts_seen.factors_of(account=viewer.account.id)):
        return redirect("portal:second-factors")
    form = PasskeyForm(request.POST or None, initial={"name": _suggested_name(viewer)})
    if form.is_bound and form.is_valid():
        try:
            answer, state = passkeys.answered(request)
            codes = journey.add_passkey(
                account=viewer.account,
                answer=answer,
                state=state,
                site=passkeys.site(),
                name=form.cleaned_data["name"],
                now=viewer.now,
            )
            return _added(codes)
        except accounts.TooManyPasskeys:  # another window added the last one
            return redirect("portal:second-factors")
        except accounts.WrongPasskey:
            form.add_error(None, _("No passkey was made. Try again, on this device or another."))
    challenge = accounts_seen.new_passkey_challenge(
        site=passkeys.site(),
        account=viewer.account.id,
        number=request.user.get_username() or "",
        name=request.session.get("name", ""),
    )
    values = {"form": form, "options": passkeys.asking(request, challenge)}
    return Page(
        "portal/add_passkey.jinja",
        values,
        rubric="security",
        status=422 if form.is_bound else 200,
    )


@require_POST
@confirmed_account_page
def begin_app(request: HttpRequest, viewer: Viewer) -> Made:  # noqa: ARG001  # every view takes it
    """Draws the secret that the app will read, then shows it."""
    try:
        with acting(actor=viewer.actor):
            accounts.begin_app(account=viewer.account.id, now=viewer.now)
    except accounts.AppAlreadyThere:
        return redirect("portal:second-factors")
    return redirect("portal:add-app")


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_account_page
def add_app(request: HttpRequest, viewer: Viewer) -> Made:
    """The QR code and the key to type; a first code proves that the app has it."""
    begun = accounts_seen.app_begun(
        account=viewer.account.id,
        number=request.user.get_username() or "",
        house=settings.HAVRE.OPERATOR_NAME,
    )
    if begun is None:
        return redirect("portal:second-factors")
    form = AppCodeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            codes = journey.finish_app(
                account=viewer.account, code=form.cleaned_data["code"], now=viewer.now
            )
        except accounts.NoAppBegun:  # set up for too long: it starts again with another key
            return redirect("portal:second-factors")
        if codes is not None:
            return _added(codes)
        form.add_error("code", _("This is not the code that shows now. Type the newest one."))
    values = {
        "form": form,
        "key": _grouped(begun.secret),
        "address": begun.address,
        "drawing": Markup(segno.make(begun.address).svg_inline(scale=5, light="#fff")),  # noqa: S704
    }
    return Page(
        "portal/add_app.jinja",
        values,
        rubric="security",
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_account_page
def recovery_codes(request: HttpRequest, viewer: Viewer) -> Made:
    """New codes in the place of the others: shown in the answer, and never again."""
    if request.method == "POST":
        try:
            return _codes_page(journey.renew_codes(account=viewer.account, now=viewer.now))
        except accounts.UnknownFactor:
            return redirect("portal:second-factors")
    seen = accounts_seen.factors_of(account=viewer.account.id)
    if not seen.factors:
        return redirect("portal:second-factors")
    return Page("portal/renew_codes.jinja", {"left": seen.codes_left}, rubric="security")


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_account_page
def remove_factor(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """Asks once more, and says what removing the last one means."""
    seen = accounts_seen.factors_of(account=viewer.account.id)
    factor: FactorSeen | None = next((one for one in seen.factors if one.id == id), None)
    if factor is None:
        raise Http404
    if request.method == "POST":
        with suppress(accounts.UnknownFactor):  # removed in another window
            journey.remove(account=viewer.account, factor=id, now=viewer.now)
        return redirect(f"{_list_address()}?{REMOVED}")
    values = {"factor": factor, "last": len(seen.factors) == 1}
    return Page("portal/remove_factor.jinja", values, rubric="security")


@require_POST
@step_page(Step.HOME)
def decline_factors(request: HttpRequest, viewer: Viewer) -> Made:  # noqa: ARG001  # every view takes it
    """The offer on home does not come back; the page stays under "My account"."""
    with acting(actor=viewer.actor):
        accounts.answer_offer(account=viewer.account.id, now=viewer.now)
    return redirect("portal:home")


def _is_full(seen: FactorsSeen) -> bool:
    passkeys_held = [one for one in seen.factors if one.kind is FactorKind.PASSKEY]
    return len(passkeys_held) >= accounts.MOST_PASSKEYS


def _added(codes: tuple[str, ...]) -> Made:
    return _codes_page(codes, added=True) if codes else redirect(f"{_list_address()}?{ADDED}")


def _codes_page(codes: tuple[str, ...], *, added: bool = False) -> Page:
    return Page("portal/recovery_codes.jinja", {"codes": codes, "added": added}, rubric="security")


def _list_address() -> str:
    return url("portal:second-factors")


def _suggested_name(viewer: Viewer) -> str:
    return _("Passkey of %(day)s") % {"day": formats.day(viewer.today)}


def _grouped(secret: str) -> str:
    return " ".join(secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP))
