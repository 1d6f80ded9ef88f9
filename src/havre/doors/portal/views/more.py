"""What the bar has no room for, on one page."""

from django.http import HttpRequest
from django.views.decorators.http import require_safe

from havre.doors.portal import rubrics
from havre.doors.portal.page import Made, Page, Viewer, member_page


@require_safe
@member_page
def more(request: HttpRequest, viewer: Viewer) -> Made:  # noqa: ARG001  # every view takes it
    return Page("portal/more.jinja", {"sections": rubrics.sections(viewer.language)}, rubrics.MORE)
