"""A search of reimbursements as a file, for whoever has just confirmed who they are."""

from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havre.domains.health.queries import Criteria
from havre.doors.portal import exports
from havre.doors.portal.confirming import confirmed_page
from havre.doors.portal.household import Family
from havre.doors.portal.page import Made, Viewer
from havre.doors.portal.searching import SearchForm, asked_in
from havre.doors.ui.spreadsheets import TYPES

WRITERS = {"csv": exports.csv_of, "xlsx": exports.xlsx_of}


@require_safe
@confirmed_page
def export(request: HttpRequest, viewer: Viewer, kind: str) -> Made:
    """All that the search finds, whatever its length. A search that cannot be read is shown as such."""
    asked = asked_in(request.GET)
    family = Family(viewer)
    form = SearchForm(asked, family=family)
    if not form.is_valid():
        return redirect(f"{reverse('portal:reimbursements')}?{request.GET.urlencode()}")
    criteria = form.criteria(today=viewer.today) if asked else Criteria()
    response = StreamingHttpResponse(WRITERS[kind](criteria, family), content_type=TYPES[kind])
    name = _("reimbursements-%(day)s") % {"day": viewer.today.isoformat()}
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response.headers["Cache-Control"] = "no-store"
    return response
