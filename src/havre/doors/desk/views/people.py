"""Who works here: invited, given roles and a scope, ended. For administrators, and confirmed each time."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havre.commons.staff import actions as staff
from havre.commons.staff import queries as staff_seen
from havre.commons.staff.queries import StaffSeen
from havre.commons.staff.words import Permission, StaffState
from havre.doors.desk import wording
from havre.doors.desk.confirming import confirmed
from havre.doors.desk.forms import ChangeForm, InviteForm
from havre.doors.desk.page import Made, Page, Viewer, desk_page

_MANAGE = Permission.STAFF_MANAGE


@require_safe
@desk_page(_MANAGE, role=None)
def everybody(request: HttpRequest, viewer: Viewer) -> Made:  # noqa: ARG001  # every view takes it
    """All who work or worked here."""
    values = {
        "people": staff_seen.everybody(),
        "role": wording.role,
        "state": wording.state,
    }
    return Page("desk/staff.jinja", values, rubric="staff")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(_MANAGE, role=None)
@confirmed
def invite(request: HttpRequest, viewer: Viewer) -> Made:
    """The mail leaves with the invitation."""
    form = InviteForm(request.POST or None, initial={"language": viewer.language})
    if form.is_bound and form.is_valid():
        try:
            staff.invite(
                email=form.cleaned_data["email"],
                first_name=form.cleaned_data["first_name"],
                last_name=form.cleaned_data["last_name"],
                roles=form.roles,
                scope=form.scope,
                language=form.cleaned_data["language"],
                by=viewer.actor(purpose="invite staff"),
                now=viewer.now,
            )
            return redirect("desk:staff")
        except staff.AlreadyWorksHere:
            form.add_error("email", _("Somebody with this address works here already."))
    return Page(
        "desk/staff_invite.jinja",
        {"form": form},
        rubric="staff",
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(_MANAGE, role=None)
@confirmed
def member(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """Names, roles and scope; from here access is given again, or ended."""
    seen = _found(id)
    form = ChangeForm(request.POST or None, initial=_initial(seen))
    if form.is_bound and form.is_valid():
        try:
            staff.change(
                staff=id,
                first_name=form.cleaned_data["first_name"],
                last_name=form.cleaned_data["last_name"],
                roles=form.roles,
                scope=form.scope,
                by=viewer.actor(purpose="change staff"),
            )
            return redirect("desk:staff")
        except staff.NoSuchPerson:  # who left is not changed
            return redirect("desk:staff")
        except staff.LastAdministrator:
            form.add_error(None, last_administrator())
    values = {"form": form, "seen": seen, "state": wording.state(seen.state)}
    return Page(
        "desk/staff_member.jinja",
        {**values, "ended": seen.state is StaffState.ENDED},
        rubric="staff",
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(_MANAGE, role=None)
@confirmed
def invite_again(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """For who lost password or factor: what they had goes, and a new mail leaves."""
    seen = _found(id)
    if request.method == "POST":
        try:
            staff.invite_again(staff=id, by=viewer.actor(purpose="invite again"), now=viewer.now)
        except staff.NoSuchPerson:
            pass
        except staff.LastAdministrator:
            return _sure("again", seen, refused=last_administrator())
        return redirect("desk:staff")
    return _sure("again", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(_MANAGE, role=None)
@confirmed
def end(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """The day they leave: every session ends at once."""
    seen = _found(id)
    if request.method == "POST":
        try:
            staff.end(
                staff=id,
                by=viewer.actor(purpose="end access"),
                today=viewer.today,
                now=viewer.now,
            )
        except staff.LastAdministrator:
            return _sure("end", seen, refused=last_administrator())
        return redirect("desk:staff")
    return _sure("end", seen)


def last_administrator() -> str:
    return _("Nobody else could invite staff: make another administrator first.")


def _sure(what: str, seen: StaffSeen, *, refused: str = "") -> Page:
    values = {"seen": seen, "what": what, "refused": refused}
    return Page("desk/staff_sure.jinja", values, rubric="staff", status=409 if refused else 200)


def _found(row: UUID) -> StaffSeen:
    seen = staff_seen.seen(staff=row)
    if seen is None:
        raise Http404
    return seen


def _initial(seen: StaffSeen) -> dict[str, Any]:
    return {
        "first_name": seen.first_name,
        "last_name": seen.last_name,
        "products": " ".join(sorted(seen.scope.products)),
        "employers": " ".join(sorted(map(str, seen.scope.employers))),
        "intermediaries": " ".join(sorted(map(str, seen.scope.intermediaries))),
        **{role.value: True for role in seen.roles},
    }
