"""The address of a member who had none: given at the first sign-in by whoever a letter let in."""

from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.words import Step
from havre.domains.people import actions as people
from havre.doors.portal.forms import CodeForm
from havre.doors.portal.page import Made, Page, Viewer, step_page
from havre.doors.portal.wrong_codes import wrong_code
from havre.doors.ui.contact_forms import EmailForm
from havre.journeys.account_opening import given_email as journey

_GIVEN = "given_email"


@require_http_methods(["GET", "HEAD", "POST"])
@step_page(Step.EMAIL)
def give_email(request: HttpRequest, viewer: Viewer) -> Made:
    """An address, then the code that was sent there; nothing is kept of it before."""
    if not journey.may_give(account=viewer.account):
        return redirect("portal:confirm-email")
    if "other" in request.POST:
        request.session.pop(_GIVEN, None)
        return redirect("portal:give-email")
    email = request.session.get(_GIVEN)
    return _code(request, viewer, email) if email else _address(request)


def _address(request: HttpRequest) -> Made:
    form = EmailForm(request.POST or None)
    form.fields["email"].label = _("Your e-mail address")
    if form.is_bound and form.is_valid():
        request.session[_GIVEN] = form.cleaned_data["email"]
        return redirect("portal:give-email")
    return Page("portal/give_email.jinja", {"form": form}, status=422 if form.is_bound else 200)


def _code(request: HttpRequest, viewer: Viewer, email: str) -> Made:
    form = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_bound and form.is_valid() and _confirmed(form, viewer, email):
        request.session.pop(_GIVEN, None)
        return redirect("portal:accept-terms")
    again = "again" in request.POST
    try:
        journey.send_code(account=viewer.account, email=email, again=again, now=viewer.now)
    except accounts.TooManyCodes:
        return Page("portal/too_many_codes.jinja", status=429)
    values = {"form": form, "address": email, "again": again, "strength": None, "given": True}
    return Page("portal/confirm_email.jinja", values, status=422 if form.is_bound else 200)


def _confirmed(form: CodeForm, viewer: Viewer, email: str) -> bool:
    code = form.cleaned_data["code"]
    try:
        left = journey.confirm_code(account=viewer.account, email=email, code=code, now=viewer.now)
    except (accounts.CodeExpired, people.ChangedMeanwhile):
        form.add_error("code", _("This code is no longer valid. Ask for another one."))
        return False
    if left is not None:
        form.add_error("code", wrong_code(left))
    return left is None
