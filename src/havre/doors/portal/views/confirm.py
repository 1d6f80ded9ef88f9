"""The page that asks a member to prove again who they are."""

from django.http import HttpRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from havre.commons.accounts.words import Step
from havre.doors.portal.confirming import proves, safe_next
from havre.doors.portal.forms import ConfirmForm
from havre.doors.portal.page import Made, Page, Viewer, step_page


@require_http_methods(["GET", "HEAD", "POST"])
@step_page(Step.HOME)
def confirm(request: HttpRequest, viewer: Viewer) -> Made:
    """Opens what is sensitive for a while, and leads back to where one was."""
    form = ConfirmForm(request.POST or None)
    if form.is_bound and proves(request, viewer, form):
        return redirect(safe_next(request))
    return Page("portal/confirm.jinja", {"form": form}, status=422 if form.is_bound else 200)
