"""A death or the end of relations: what follows is read before it is recorded, and can be undone."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havre.commons.staff.words import Permission
from havre.domains.people import actions as people
from havre.domains.people.queries.departures import DepartureSeen
from havre.domains.people.words import DepartureKind, DepartureState
from havre.doors.desk import member_file
from havre.doors.desk.account_forms import DepartureForm
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.desk.queue_words import kind_title
from havre.doors.ui.addresses import url
from havre.foundation.db import Channel
from havre.foundation.refusals import Refusal
from havre.journeys.member_file import account, departure
from havre.journeys.member_file.account import At

RUBRIC = "members"
_PURPOSE = "account of a member: departure"


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.ACCOUNTS_MANAGE)
def member_departure(request: HttpRequest, viewer: Viewer, membership: UUID) -> Made:
    """Say it, read what follows, record it; for a death a second person confirms."""
    at = At(member_file.household_of(viewer, membership), membership)
    form = DepartureForm(request.POST or None)
    if form.is_bound and form.is_valid() and form.cleaned_data["do"] != "look":
        try:
            with viewer.inside(
                at.household, purpose=_PURPOSE, channel=Channel(form.cleaned_data["channel"])
            ):
                _ACTS[form.cleaned_data["do"]](at, form, viewer)
        except Refusal as refused:
            if type(refused) not in _REFUSALS:
                raise
            form.add_error(None, _REFUSALS[type(refused)]())
        else:
            return redirect(url("desk:member-departure", membership=membership))
    return _page(at, form, viewer)


def _page(at: At, form: DepartureForm, viewer: Viewer) -> Page:
    looked = form.is_bound and form.is_valid() and form.cleaned_data["do"] == "look"
    with viewer.inside(at.household, purpose="look at what a departure changes"):
        person = account.person(at)
        said = departure.last_of(at)
        day = said.day if said else form.cleaned_data["day"] if looked else None
        follows = day and departure.what_follows(at, person, day=day, today=viewer.today)
    kind = said.kind if said else DepartureKind(form.cleaned_data["kind"]) if looked else None
    values = {
        "form": form,
        "person": person,
        "said": said,
        "day": day,
        "kind": kind,
        "is_death": kind is DepartureKind.DEATH,
        "follows": follows,
        "waits": said is not None and said.state is DepartureState.WAITING,
        "second": _may_confirm(said, viewer),
        "kind_title": kind_title,
        "today": viewer.today,
    }
    return Page(
        "desk/departure.jinja", values, RUBRIC, status=422 if form.is_bound and not looked else 200
    )


def _may_confirm(said: DepartureSeen | None, viewer: Viewer) -> bool:
    return (
        said is not None
        and said.proposed_by != viewer.id
        and viewer.may(Permission.REQUESTS_SECOND)
    )


def _record(at: At, form: DepartureForm, viewer: Viewer) -> None:
    departure.record(
        at,
        account.person(at),
        kind=DepartureKind(form.cleaned_data["kind"]),
        day=form.cleaned_data["day"],
        ends_covers=form.cleaned_data["ends_covers"],
        by=viewer.id,
        now=viewer.now,
    )


def _confirm(at: At, form: DepartureForm, viewer: Viewer) -> None:
    said = _shown(at, form)
    if not viewer.may(Permission.REQUESTS_SECOND):
        raise people.SameOne
    departure.confirm(at, account.person(at), said, by=viewer.id, now=viewer.now)


def _refuse(at: At, form: DepartureForm, viewer: Viewer) -> None:
    people.refuse_departure(
        household=at.household, departure=_shown(at, form).id, by=viewer.id, now=viewer.now
    )


def _undo(at: At, form: DepartureForm, viewer: Viewer) -> None:
    departure.undo(at, _shown(at, form), by=viewer.id, now=viewer.now)


def _shown(at: At, form: DepartureForm) -> DepartureSeen:
    """The one that the page showed: what was said since is not what was read."""
    said = departure.last_of(at)
    if said is None or str(said.id) != form.cleaned_data["departure"]:
        raise people.NoDeparture
    return said


_ACTS: Mapping[str, Callable[[At, DepartureForm, Viewer], None]] = {
    "record": _record,
    "confirm": _confirm,
    "refuse": _refuse,
    "undo": _undo,
}
_REFUSALS: Mapping[type[Refusal], Callable[[], str]] = {
    account.Dead: lambda: _("The file says already that this person died."),
    departure.WrongDay: lambda: _("That day is still to come."),
    people.AlreadyDeparted: lambda: _("It was recorded for this member already."),
    people.NoDeparture: lambda: _("Someone has decided it meanwhile."),
    people.SameOne: lambda: _("A second person confirms it: not whoever recorded it."),
    people.MovedOn: lambda: _("The file was changed since: it is corrected there."),
}
