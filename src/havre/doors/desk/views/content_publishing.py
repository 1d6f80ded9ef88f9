"""From a draft to what members read: preview, what changes, the day, every version, and the way back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from havre.commons.content import actions
from havre.commons.content import queries as content
from havre.commons.content.queries import LANGUAGES, VersionSeen, Written
from havre.doors.desk import content_words as words
from havre.doors.desk.content_changes import shown as changed
from havre.doors.desk.content_work import Work, as_editor, save, work_on, written_place
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.desk.views.content import EDIT, RUBRIC, names, to
from havre.doors.ui.addresses import url
from havre.doors.ui.fields import DayField
from havre.doors.ui.forms import Form
from havre.doors.ui.publishing import Shown, publishing


class DayForm(Form):
    """The day from which it is seen."""

    day = DayField(label=gettext_lazy("In force from"))


class MomentForm(DayForm):
    """The day, and a time of it: without one, from the beginning of the day."""

    time = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )

    @property
    def moment(self) -> datetime | None:
        """In the house's time zone; none without a time."""
        day, time = self.cleaned_data["day"], self.cleaned_data["time"]
        zone = ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)
        return datetime.combine(day, time, zone) if time else None


@dataclass(frozen=True)
class Fault:
    """What is to mend, where, and the way there."""

    url: str
    where: str
    why: str


@require_safe
@desk_page(EDIT, role=None)
def preview(request: HttpRequest, viewer: Viewer, kind: str, language: str) -> Made:
    """The member's page as it will be: it runs nothing, sends nothing and belongs to no site."""
    house = publishing()
    if kind not in house.previewed or language not in LANGUAGES:
        raise Http404
    with as_editor(viewer):
        work = work_on(kind, viewer)
        if work.problems or work.checked.document is None:
            return Page("desk/content_faults.jinja", _around(work, viewer), rubric=RUBRIC)
        files = {name: file for name in work.written.files if (file := work.written.file(name))}
        shown = Shown(kind, work.checked.document, files, language)
        response = house.preview(request, shown)
    response._csp_update = {"sandbox": True}  # type: ignore[attr-defined]  # as its decorator does
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT, role=None)
def publish(request: HttpRequest, viewer: Viewer, kind: str) -> Made:
    """What changes, whatever somebody else published meanwhile, and the day."""
    with as_editor(viewer):
        work = work_on(kind, viewer)
        base = _version(work, work.base)
        before = content.written(kind=kind, version=base) if base else None
        newest = work.newer[0] if work.newer else None
        theirs = content.written(kind=kind, version=newest) if newest else None
    sent = request.method == "POST"
    form = MomentForm(request.POST if sent else None, initial={"day": viewer.today})
    ready = sent and form.is_valid() and work.draft
    if ready and (done := _published(request, viewer, work, form)):
        return done
    values = {
        "form": form,
        "changed": changed(work.written.changes_since(before)),
        "theirs": changed(theirs.changes_since(before)) if theirs else [],
        "newest": newest,
        "who": names([newest]),
    }
    return Page(
        "desk/content_publish.jinja",
        {**_around(work, viewer), **values},
        rubric=RUBRIC,
        status=422 if sent else 200,
    )


def _published(
    request: HttpRequest, viewer: Viewer, work: Work, form: MomentForm
) -> HttpResponseBase | None:
    """The way on, or nothing and the form says why."""
    if form.cleaned_data["day"] < viewer.today:
        form.add_error("day", _("Choose today or a day to come: the past is not rewritten."))
        return None
    if form.moment and form.moment <= viewer.now:
        form.add_error("time", _("Choose a time to come, or none to publish at once."))
        return None
    try:
        _publish(viewer, work, form, seen=int(request.POST["seen"]) if _is_number(request) else -1)
    except actions.NotReady:
        form.add_error(None, _("Mend what is wrong first: it is listed below."))
    except actions.DraftMoved:
        return to(work.kind.name, ())  # twice sent, or another window: what is there now is shown
    except actions.PublishedMeanwhile:
        form.add_error(None, _("Somebody else published meanwhile. Read what they changed."))
    except actions.Late:
        form.add_error(
            "day", _("A later version is in force by then: choose its day or a later one.")
        )
    except actions.TextChanged:
        form.add_error(
            None, _("This version is published with another text: give the new text a new version.")
        )
    else:
        if form.moment:
            return redirect("desk:content")
        return redirect("desk:content-history", kind=work.kind.name)
    return None


def _publish(viewer: Viewer, work: Work, form: MomentForm, *, seen: int) -> None:
    """For a day at once, which then waits for its day; at a time, by the worker."""
    house = publishing()
    told: dict[str, Any] = {
        "kind": work.kind,
        "draft": work.draft,
        "seen": seen,
        "facts": house.facts(),
        "pages": house.pages(),
        "now": viewer.now,
    }
    if form.moment:
        with as_editor(viewer):
            actions.plan_draft(at=form.moment, **told)
        return
    actions.publish_draft(
        day=form.cleaned_data["day"],
        by=viewer.actor(purpose="publish content"),
        today=viewer.today,
        **told,
    )


@require_safe
@desk_page(EDIT, role=None)
def history(request: HttpRequest, viewer: Viewer, kind: str) -> Made:  # noqa: ARG001  # every view
    """Every version: who, when, from which day."""
    with as_editor(viewer):
        work = work_on(kind, viewer)
    return Page(
        "desk/content_history.jinja",
        {**_around(work, viewer), "who": names(work.versions)},
        rubric=RUBRIC,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT, role=None)
def version(request: HttpRequest, viewer: Viewer, kind: str, number: int) -> Made:
    """What a version changed, and the way back to it: published anew, or taken into the draft."""
    with as_editor(viewer):
        work = work_on(kind, viewer)
        one = _version(work, number)
        if one is None:
            raise Http404
        earlier = _version(work, number - 1)
        says = content.written(kind=kind, version=one)
        before = content.written(kind=kind, version=earlier) if earlier else None
    sent = request.method == "POST"
    form = DayForm(request.POST if sent else None, initial={"day": viewer.today})
    if sent and request.POST.get("do") == "draft":
        return _taken(request, viewer, work, says)
    if sent and form.is_valid() and kind in actions.kinds():
        if form.cleaned_data["day"] >= viewer.today:
            return _back(viewer, work, one, form)
        form.add_error("day", _("Choose today or a day to come: the past is not rewritten."))
    values = {
        "one": one,
        "changed": changed(says.changes_since(before)),
        "form": form,
        "can_return": kind in actions.kinds(),
        "who": names([one]),
    }
    return Page(
        "desk/content_version.jinja",
        {**_around(work, viewer), **values},
        rubric=RUBRIC,
        status=422 if sent else 200,
    )


def _back(viewer: Viewer, work: Work, one: VersionSeen, form: DayForm) -> HttpResponseBase:
    actions.publish_again(
        kind=work.kind.name,
        number=one.number,
        author=str(viewer.id),
        now=viewer.now,
        today=viewer.today,
        day=form.cleaned_data["day"],
        by=viewer.actor(purpose="go back to an earlier version"),
    )
    return redirect("desk:content-history", kind=work.kind.name)


def _taken(request: HttpRequest, viewer: Viewer, work: Work, says: Written) -> HttpResponseBase:
    """What a version says, as one more change of the draft: to be undone as any."""
    if request.POST.get("step") == str(work.step):
        with as_editor(viewer):
            save(work, says.values, viewer, files=says.files)
    return to(work.kind.name, ())


def _around(work: Work, viewer: Viewer) -> dict[str, Any]:
    kind = work.kind.name
    faults = [
        Fault(
            f"{url('desk:content-entry', kind=kind)}?at={written_place(_entry(work, one.place))}",
            " > ".join(words.field(step) for step in one.place if isinstance(step, str)),
            words.problem(one.why),
        )
        for one in work.problems
    ]
    return {
        "work": work,
        "kind": kind,
        "called": words.kind(kind),
        "faults": faults,
        "current": content.in_force_of(work.versions, today=viewer.today),
        "scheduled": content.scheduled(work.versions, today=viewer.today),
        "previewed": kind in publishing().previewed,
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
        "now": viewer.now,
    }


def _entry(work: Work, place: Any) -> Any:
    """The entry on whose page a field stands."""
    for length in range(len(place), -1, -1):
        slot = content.slot_at(work.kind.schema, place[:length])
        if slot and not slot.lists and work.value(place[:length]) is not None:
            holds = length == 0 or slot.holds or isinstance(place[length - 1], int)
            if holds:
                return place[:length]
    return ()


def _version(work: Work, number: int | None) -> VersionSeen | None:
    return next((one for one in work.versions if one.number == number), None)


def _is_number(request: HttpRequest) -> bool:
    return request.POST.get("seen", "").isdecimal()
