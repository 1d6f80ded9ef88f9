"""The content desk: every kind, its entries in both languages side by side, changed in a draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.commons.content import actions
from havre.commons.content import queries as content
from havre.commons.content.queries import Planned, VersionSeen
from havre.commons.content.words.kinds import Place
from havre.commons.staff import queries as staff
from havre.commons.staff.words import Permission
from havre.doors.desk import content_words as words
from havre.doors.desk.content_files import takes_content_files
from havre.doors.desk.content_form import EntryForm
from havre.doors.desk.content_work import (
    Work,
    added,
    as_editor,
    moved,
    put,
    read_place,
    removed,
    save,
    work_on,
    written_place,
)
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.ui.addresses import url
from havre.doors.ui.publishing import publishing

EDIT = Permission.CONTENT_EDIT
RUBRIC = "content"


@dataclass(frozen=True)
class Row:
    """A kind in the list of all."""

    name: str
    called: str
    current: VersionSeen | None
    scheduled: list[VersionSeen]
    planned: list[Planned]
    in_hand: bool


@require_safe
@desk_page(EDIT, role=None)
def kinds(request: HttpRequest, viewer: Viewer) -> Made:  # noqa: ARG001  # every view takes it
    """What is in force of each kind, what waits for its day, and what one has begun to change."""
    with as_editor(viewer):
        versions = content.every_version()
        in_hand = content.kinds_in_hand(author=str(viewer.id))
        planned = content.planned()
    rows = [
        Row(
            name,
            words.kind(name),
            content.in_force_of(versions.get(name, ()), today=viewer.today),
            content.scheduled(versions.get(name, ()), today=viewer.today),
            [one for one in planned if one.kind == name],
            name in in_hand,
        )
        for name in actions.editable_kinds()
    ]
    values = {
        "kinds": rows,
        "who": names([*(one.current for one in rows), *planned]),
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
        "now": viewer.now,
    }
    return Page("desk/content.jinja", values, rubric=RUBRIC)


@takes_content_files
@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT, role=None)
def entry(request: HttpRequest, viewer: Viewer, kind: str) -> Made:
    """What stands at ``?at=`` of a kind, the whole of it without. What is sent is kept, even where
    something in it is wrong."""
    place = read_place(request.GET.get("at", ""))
    with as_editor(viewer):
        work = work_on(kind, viewer)
        slot = work.slot(place)
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = EntryForm(*sent, slot=slot, values=work.value(place))
        if not form.is_bound:
            return _shown(work, viewer, place, form)
        if not form.is_valid():
            return _shown(work, viewer, place, form, status=422)
        if not _is_current(request, work):
            form.add_error(None, _moved_on())
            return _shown(work, viewer, place, form, status=409)
        work = _kept(work, viewer, place, form)
    form.blame((one for one in work.problems if one.place[: len(place)] == place), at=place)
    if form.errors:
        return _shown(work, viewer, place, form, status=422)
    return to(kind, around(work, place))


def _kept(work: Work, viewer: Viewer, place: Place, form: EntryForm) -> Work:
    """What was written, and the files that came: one that may not be handed out is refused alone."""
    told, files = form.told(work.value(place)), {}
    for field, at, file in form.sent_files():
        try:
            files[file.name] = dict(
                actions.keep_file(name=file.name, body=file.read(), now=viewer.now)
            )
        except actions.WrongContent as refusal:
            form.add_error(field, " ".join(map(words.problem, refusal.lines)))
        else:
            told = put(told, at, file.name)
    return save(work, put(work.written.values, place, told), viewer, files=files)


def _shown(work: Work, viewer: Viewer, place: Place, form: EntryForm, *, status: int = 200) -> Page:
    language = viewer.language
    called = words.kind(work.kind.name)
    values = {
        "work": work,
        "kind": work.kind.name,
        "called": called,
        "title": _title(work, place, language),
        "at": written_place(place),
        "trail": work.trail(place, language=language),
        "form": form,
        "lists": work.entries(place, language=language),
        "current": content.in_force_of(work.versions, today=viewer.today),
        "scheduled": content.scheduled(work.versions, today=viewer.today),
        "previewed": work.kind.name in publishing().previewed,
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
        "now": viewer.now,
    }
    return Page("desk/content_entry.jinja", values, rubric=RUBRIC, status=status)


def _title(work: Work, place: Place, language: str) -> str:
    if not place:
        return words.kind(work.kind.name)
    if isinstance(place[-1], str) and place[-1] in work.part(place[:-1]):
        return words.field(place[-1])
    return words.entry(work.value(place), language=language, rank=place[-1])


@require_POST
@desk_page(EDIT, role=None)
def change(request: HttpRequest, viewer: Viewer, kind: str) -> Made:
    """Add, remove or move an entry; take back the last change or a chosen moment, or throw all away."""
    place, what = read_place(request.POST.get("at", "")), request.POST.get("do", "")
    with as_editor(viewer):
        if what == "unplan":
            return _unplanned(request, kind)
        work = work_on(kind, viewer)
        if not _is_current(request, work):
            return to(kind, ())  # twice sent, or another window: what is there now is shown
        if what == "undo":
            actions.undo_draft(kind=kind, author=str(viewer.id), step=work.step)
            return to(kind, ())
        if what == "discard":
            actions.discard_draft(kind=kind, author=str(viewer.id))
            return to(kind, ())
        return _changed(work, viewer, place, what, name=request.POST.get("name", "").strip())


def _unplanned(request: HttpRequest, kind: str) -> Made:
    """The draft stays with who wrote it. Twice sent, or published meanwhile: nothing happens."""
    author, step = request.POST.get("author", ""), request.POST.get("step", "")
    if step.isdecimal():
        actions.unplan_draft(kind=kind, author=author, step=int(step))
    return redirect("desk:content")


def _changed(work: Work, viewer: Viewer, place: Place, what: str, *, name: str) -> Made:
    if what == "add":
        values, new = added(work, place, name=name)
        save(work, values, viewer)
        return to(work.kind.name, new)
    if work.value(place) is None or not place or what not in {"remove", "up", "down"}:
        raise Http404
    values = work.written.values
    by = {"up": -1, "down": 1}.get(what)
    save(work, removed(values, place) if by is None else moved(values, place, by=by), viewer)
    return to(work.kind.name, around(work, place))


def around(work: Work, place: Place) -> Place:
    """The entry that holds the one at a place."""
    trail = work.trail(place, language="fr")
    return read_place(trail[-1][1]) if trail else ()


def to(kind: str, place: Place) -> HttpResponseBase:
    """The way to an entry."""
    address = url("desk:content-entry", kind=kind)
    return redirect(f"{address}?at={written_place(place)}" if place else address)


def names(versions: Iterable[VersionSeen | Planned | None]) -> dict[str, str]:
    """Who published them, by what a version keeps of it: a name for who works here. One statement."""
    authors = {one.author for one in versions if one}
    found = staff.names_of(staff=[UUID(one) for one in authors if _is_id(one)])
    return {one: found.get(UUID(one), one) if _is_id(one) else one for one in authors}


def _is_id(author: str) -> bool:
    try:
        UUID(author)
    except ValueError:
        return False
    return True


def _is_current(request: HttpRequest, work: Work) -> bool:
    return request.POST.get("step", "") == str(work.step)


def _moved_on() -> str:
    return _("It was changed in another window meanwhile. Look at what you wrote, then save again.")
