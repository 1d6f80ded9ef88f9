"""The supervisor's page: how much, how fast, how well; and the same as a file."""

from urllib.parse import urlencode

from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havre.commons.staff.words import Permission
from havre.doors.desk import figures as told
from havre.doors.desk.figure_period import Chosen, FiguresForm, default
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.ui import formats, spreadsheets

RUBRIC = "figures"


@require_safe
@desk_page(Permission.FIGURES_READ)
def figures(request: HttpRequest, viewer: Viewer) -> Made:
    """What was asked for, or the last ninety days beside what is wrong with it."""
    form = FiguresForm(request.GET or None, today=viewer.today)
    chosen = form.chosen() if form.is_valid() else default(viewer.today)
    values = {
        "form": form,
        "sections": told.sections(told.gather(viewer, chosen), chosen),
        "period": _span(chosen),
        "compared": _("Compared with the %(days)d days before.") % {"days": chosen.days},
        "scoped": not viewer.scope.is_everything,
        "query": f"?{urlencode(asked)}" if (asked := _asked(request)) and form.is_valid() else "",
    }
    return Page("desk/figures.jinja", values, rubric=RUBRIC)


@require_safe
@desk_page(Permission.FIGURES_READ)
def figures_file(request: HttpRequest, viewer: Viewer, form: str) -> Made:
    """The page's tables as CSV or XLSX. What cannot be read is shown on the page as such."""
    asked = FiguresForm(request.GET or {"period": ""}, today=viewer.today)
    if not asked.is_valid():
        return redirect(f"{reverse('desk:figures')}?{urlencode(_asked(request))}")
    chosen = asked.chosen()
    lines = list(told.rows(told.sections(told.gather(viewer, chosen), chosen)))
    content = (
        spreadsheets.csv_of(lines, french=viewer.language == "fr")
        if form == "csv"
        else spreadsheets.xlsx_of(lines)
    )
    response = StreamingHttpResponse(content, content_type=spreadsheets.TYPES[form])
    name = _("figures-%(start)s-%(end)s") % {"start": chosen.start, "end": chosen.end}
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the address says that the form knows."""
    return {
        name: value
        for name in FiguresForm.base_fields
        if (value := request.GET.get(name, "").strip())
    }


def _span(chosen: Chosen) -> str:
    return _("From %(start)s to %(end)s") % {
        "start": formats.day(chosen.start),
        "end": formats.day(chosen.end),
    }
