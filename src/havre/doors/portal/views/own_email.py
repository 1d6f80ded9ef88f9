"""Changing one's e-mail address: the new one first, then the code that was sent to it."""

from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.domains.people import actions as people
from havre.domains.people import queries as people_seen
from havre.domains.people.queries import DetailsSeen
from havre.doors.portal.confirming import confirmed_page
from havre.doors.portal.forms import CodeForm
from havre.doors.portal.page import Made, Page, Viewer
from havre.doors.portal.views.personal import RUBRIC, own
from havre.doors.portal.wrong_codes import wrong_code
from havre.doors.ui.contact_forms import EmailForm
from havre.journeys.own_contact import email as journey

_NEW = "new_email"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@confirmed_page
def change_email(request: HttpRequest, viewer: Viewer) -> Made:
    """The new address; nothing changes before its code comes back."""
    details = _mine(viewer)
    form = EmailForm(request.POST or None)
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        same = accounts_seen.same_address(email, details.person.email or "")
        if same and not viewer.account.email_refused:
            form.add_error("email", _("This is your address already. Write the new one."))
        else:
            request.session[_NEW] = email
            return redirect("portal:confirm-new-email")
    refused = viewer.account.email_refused
    if refused and not form.is_bound:
        form.initial["email"] = details.person.email
    values = {"form": form, "email": details.person.email, "refused": refused}
    return Page("portal/change_email.jinja", values, RUBRIC, status=422 if form.is_bound else 200)


@require_http_methods(METHODS)
@confirmed_page
def confirm_new_email(request: HttpRequest, viewer: Viewer) -> Made:
    """A code is sent on arriving; another one is a button away."""
    email = request.session.get(_NEW)
    if email is None:  # done already, or never begun
        return redirect(f"portal:{RUBRIC}")
    details = _mine(viewer)
    form = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_bound and form.is_valid() and _confirmed(viewer, details, email, form):
        del request.session[_NEW]
        answer = redirect(f"portal:{RUBRIC}")
        answer["Location"] += "?saved=email"
        return answer
    again = "again" in request.POST
    try:
        journey.send_code(
            account=viewer.account, details=details, email=email, again=again, now=viewer.now
        )
    except accounts.TooManyCodes:
        values = {"form": form, "email": email, "again": False, "too_many": True}
        return Page("portal/confirm_new_email.jinja", values, RUBRIC, status=429)
    values = {"form": form, "email": email, "again": again, "too_many": False}
    status = 422 if form.is_bound else 200
    return Page("portal/confirm_new_email.jinja", values, RUBRIC, status=status)


def _mine(viewer: Viewer) -> DetailsSeen:
    found = own(people_seen.household_details(household=viewer.account.household), viewer)
    if found is None:
        raise Http404
    return found


def _confirmed(viewer: Viewer, details: DetailsSeen, email: str, form: CodeForm) -> bool:
    try:
        left = journey.confirm_code(
            account=viewer.account,
            details=details,
            email=email,
            code=form.cleaned_data["code"],
            now=viewer.now,
        )
    except (accounts.CodeExpired, people.ChangedMeanwhile):
        form.add_error("code", _("This code is no longer valid. Ask for another one."))
        return False
    if left is not None:
        form.add_error("code", wrong_code(left))
    return left is None
