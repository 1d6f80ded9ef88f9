"""The first page of the desk, and what each role may do."""

from django.http import HttpRequest
from django.views.decorators.http import require_safe

from havre.commons.staff.access import matrix
from havre.commons.staff.words import Permission, StaffRole
from havre.doors.desk import wording
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.desk.views import queue


@require_safe
@desk_page()
def home(request: HttpRequest, viewer: Viewer) -> Made:
    """The queue, or for who reads no request what they may do here."""
    if viewer.may(Permission.REQUESTS_READ):
        return queue.shown(request, viewer)
    values = {
        "roles": [wording.role(one) for one in viewer.staff.roles],
        "may": [wording.permission(one) for one in Permission if viewer.may(one)],
    }
    return Page("desk/home.jinja", values, rubric="home")


@require_safe
@desk_page()
def roles(request: HttpRequest, viewer: Viewer) -> Made:  # noqa: ARG001  # every view takes it
    """Roles × permissions, as ``roles.yaml`` says: everybody who works here may read it."""
    found = matrix()
    rows = [
        (wording.permission(one), [(role, one in found[role]) for role in StaffRole])
        for one in Permission
    ]
    heads = [(wording.role(one), wording.role_in_a_line(one)) for one in StaffRole]
    return Page("desk/roles.jinja", {"rows": rows, "heads": heads, "role": wording.role})
