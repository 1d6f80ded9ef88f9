"""One's own second factors: the first is set up before anything else opens, the last is never removed."""

from contextlib import suppress
from uuid import UUID

import segno
from django.conf import settings
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from markupsafe import Markup

from havre.commons.staff import actions as staff
from havre.commons.staff import queries as staff_seen
from havre.doors.desk.confirming import confirmed
from havre.doors.desk.forms import AppCodeForm, PasskeyForm
from havre.doors.desk.identity import renew_session
from havre.doors.desk.page import Made, Page, Viewer, desk_page, setting_up_page
from havre.doors.ui import formats, passkeys
from havre.foundation.signing_in.factors import (
    AppAlreadyThere,
    NoAppBegun,
    TooManyPasskeys,
    UnknownFactor,
)
from havre.foundation.signing_in.passkeys import WrongPasskey
from havre.foundation.signing_in.words import FactorKind

_GROUP = 4


@require_safe
@setting_up_page
def second_factors(request: HttpRequest, viewer: Viewer) -> Made:  # noqa: ARG001  # every view takes it
    """What there is, and the ways to add and remove; for who has none, the only page that opens."""
    seen = staff_seen.factors_of(staff=viewer.id)
    values = {
        "seen": seen,
        "has_app": seen.has(FactorKind.APP),
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
    }
    return Page("desk/second_factors.jinja", values)


@require_http_methods(["GET", "HEAD", "POST"])
@setting_up_page
@confirmed
def add_passkey(request: HttpRequest, viewer: Viewer) -> Made:
    """The device makes a passkey; the form brings what it answered."""
    suggested = _("Passkey of %(day)s") % {"day": formats.day(viewer.today)}
    form = PasskeyForm(request.POST or None, initial={"name": suggested})
    if form.is_bound and form.is_valid():
        try:
            answer, state = passkeys.answered(request)
            codes = staff.add_passkey(
                staff=viewer.id,
                answer=answer,
                state=state,
                site=passkeys.site(),
                name=form.cleaned_data["name"],
                now=viewer.now,
            )
            return _added(request, codes)
        except TooManyPasskeys:
            return redirect("desk:second-factors")
        except WrongPasskey:
            form.add_error(None, _("No passkey was made. Try again, on this device or another."))
    challenge = staff_seen.new_passkey_challenge(
        site=passkeys.site(), staff=viewer.id, name=viewer.staff.full_name
    )
    values = {"form": form, "options": passkeys.asking(request, challenge)}
    return Page("desk/add_passkey.jinja", values, status=422 if form.is_bound else 200)


@require_POST
@setting_up_page
@confirmed
def begin_app(request: HttpRequest, viewer: Viewer) -> Made:  # noqa: ARG001  # every view takes it
    """Draws the secret that the app will read, then shows it."""
    try:
        staff.begin_app(staff=viewer.id, now=viewer.now)
    except AppAlreadyThere:
        return redirect("desk:second-factors")
    return redirect("desk:add-app")


@require_http_methods(["GET", "HEAD", "POST"])
@setting_up_page
@confirmed
def add_app(request: HttpRequest, viewer: Viewer) -> Made:
    """The QR code and the key to type; a first code proves that the app has it."""
    begun = staff_seen.app_begun(staff=viewer.id, house=_house())
    if begun is None:
        return redirect("desk:second-factors")
    form = AppCodeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            codes = staff.finish_app(
                staff=viewer.id, code=form.cleaned_data["code"], now=viewer.now
            )
        except NoAppBegun:  # set up for too long: it starts again with another key
            return redirect("desk:second-factors")
        if codes is not None:
            return _added(request, codes)
        form.add_error("code", _("This is not the code that shows now. Type the newest one."))
    values = {
        "form": form,
        "key": " ".join(
            begun.secret[at : at + _GROUP] for at in range(0, len(begun.secret), _GROUP)
        ),
        "address": begun.address,
        "drawing": Markup(segno.make(begun.address).svg_inline(scale=5, light="#fff")),  # noqa: S704
    }
    return Page("desk/add_app.jinja", values, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(role=None)
@confirmed
def recovery_codes(request: HttpRequest, viewer: Viewer) -> Made:
    """New codes in the place of the others: shown in the answer, and never again."""
    if request.method == "POST":
        return _codes_page(staff.renew_codes(staff=viewer.id, now=viewer.now))
    left = staff_seen.factors_of(staff=viewer.id).codes_left
    return Page("desk/renew_codes.jinja", {"left": left})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(role=None)
@confirmed
def remove_factor(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """Never the last one: a second factor is compulsory here."""
    seen = staff_seen.factors_of(staff=viewer.id)
    factor = next((one for one in seen.factors if one.id == id), None)
    if factor is None:
        raise Http404
    last = len(seen.factors) == 1
    if request.method == "POST" and not last:
        with suppress(UnknownFactor, staff.LastFactor):  # changed in another window
            staff.remove_factor(staff=viewer.id, factor=id)
        return redirect("desk:second-factors")
    status = 409 if request.method == "POST" else 200
    return Page("desk/remove_factor.jinja", {"factor": factor, "last": last}, status=status)


def _house() -> str:
    return _("%(house)s, desk") % {"house": settings.HAVRE.OPERATOR_NAME}


def _added(request: HttpRequest, codes: tuple[str, ...]) -> Made:
    renew_session(request)  # what was open without it goes on under another key
    return _codes_page(codes, added=True) if codes else redirect("desk:second-factors")


def _codes_page(codes: tuple[str, ...], *, added: bool = False) -> Page:
    return Page("desk/recovery_codes.jinja", {"codes": codes, "added": added})
