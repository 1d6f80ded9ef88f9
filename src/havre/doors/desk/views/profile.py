"""One's own profile: language, password, sessions."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.commons.accounts.actions import PasswordRefused
from havre.commons.accounts.queries import SessionSeen
from havre.commons.staff import actions as staff
from havre.commons.staff import queries as staff_seen
from havre.doors.desk import wording
from havre.doors.desk.confirming import confirmed
from havre.doors.desk.forms import ChangePasswordForm
from havre.doors.desk.identity import handle_of, keep_language, renew_session
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.ui import gate_words

CHANGED = "changed"


@require_safe
@desk_page(role=None)
def profile(request: HttpRequest, viewer: Viewer) -> Made:
    values = {
        "email": staff_seen.email_of(staff=viewer.id),
        "roles": [wording.role(one) for one in viewer.staff.roles],
        "languages": settings.LANGUAGES,
        "changed": CHANGED in request.GET,
    }
    return Page("desk/profile.jinja", values)


@require_POST
@desk_page(role=None)
def choose_language(request: HttpRequest, viewer: Viewer) -> Made:
    """For this person on every device, and for what this browser shows before sign-in."""
    response = redirect("desk:profile")
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        staff.choose_language(staff=viewer.id, language=chosen)
        keep_language(response, chosen)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(role=None)
@confirmed
def change_password(request: HttpRequest, viewer: Viewer) -> Made:
    """Every other session ends with the old password."""
    form = ChangePasswordForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            staff.change_password(
                staff=viewer.id,
                password=form.cleaned_data["password"],
                keep=handle_of(request),
                now=viewer.now,
            )
        except PasswordRefused as refusal:
            form.add_error("password", gate_words.password_fault(refusal.fault))
        else:
            renew_session(request)
            return redirect(f"{reverse('desk:profile')}?{CHANGED}")
    return Page("desk/change_password.jinja", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(role=None)
def sessions(request: HttpRequest, viewer: Viewer) -> Made:
    """Where one is signed in now; any of it can be ended."""
    if request.method == "POST":
        if "others" in request.POST:
            staff.end_sessions(staff=viewer.id, keep=handle_of(request))
        elif handle := _id(request.POST.get("end", "")):
            staff.end_session(staff=viewer.id, handle=handle)
        return redirect("desk:sessions")
    values = {
        "sessions": staff_seen.sessions_of(staff=viewer.id, now=viewer.now),
        "here": handle_of(request),
        "name": _name,
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
    }
    return Page("desk/sessions.jinja", values)


def _name(seen: SessionSeen) -> str:
    if seen.browser and seen.system:
        return _("%(browser)s on %(system)s") % {"browser": seen.browser, "system": seen.system}
    return seen.browser or seen.system or _("A browser that does not say which")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
