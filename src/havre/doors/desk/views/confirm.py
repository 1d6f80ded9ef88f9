"""The page that asks somebody at the desk to prove again who they are."""

from django.http import HttpRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from havre.doors.desk.confirming import ask, safe_next
from havre.doors.desk.identity import CONFIRMED
from havre.doors.desk.page import Made, Page, Viewer, desk_page


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(role=None)
def confirm(request: HttpRequest, viewer: Viewer) -> Made:
    """Opens what is sensitive for a while, and leads back to where one was."""
    asked = ask(request, who=viewer.id, now=viewer.now)
    if asked.proved:
        request.session[CONFIRMED] = int(viewer.now.timestamp())
        return redirect(safe_next(request))
    return Page("desk/confirm.jinja", {"asked": asked}, status=asked.status)
