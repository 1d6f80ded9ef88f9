"""The page that asks a member to prove again who they are."""

from django.http import HttpRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from havre.commons.accounts.words import Step
from havre.doors.portal.confirming import ask, safe_next
from havre.doors.portal.page import Made, Page, Viewer, step_page


@require_http_methods(["GET", "HEAD", "POST"])
@step_page(Step.HOME)
def confirm(request: HttpRequest, viewer: Viewer) -> Made:
    """Opens what is sensitive for a while, and leads back to where one was."""
    asked = ask(request, viewer, bound=request.method == "POST")
    if asked.proved:
        return redirect(safe_next(request))
    return Page("portal/confirm.jinja", {"asked": asked}, status=asked.status)
