"""Taking an invitation: the code of the mail, a password, then a second factor."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havre.commons.accounts.actions import PasswordRefused, TooSoon
from havre.commons.staff import actions as staff
from havre.commons.staff import queries as staff_seen
from havre.doors.desk.forms import InvitationForm
from havre.doors.desk.identity import begin_session
from havre.doors.desk.page import Made, Page, gate_page, now
from havre.doors.ui import gate_words
from havre.doors.ui.browsers import address_of


@require_http_methods(["GET", "HEAD", "POST"])
@gate_page
def invitation(request: HttpRequest, id: UUID) -> Made:  # noqa: A002  # of the address
    """The address names an invitation and opens nothing: the code does. Nobody's name is shown before it."""
    moment = now()
    if staff_seen.invitation(id=id, now=moment) is None:
        return Page("desk/invitation_over.jinja", status=410)
    form = InvitationForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            who = staff.accept(
                invitation=id,
                code=form.cleaned_data["code"],
                password=form.cleaned_data["password"],
                address=address_of(request),
                now=moment,
            )
        except staff.InvitationOver:
            return Page("desk/invitation_over.jinja", status=410)
        except staff.WrongCode:
            form.add_error(
                "code", _("This is not the code of the invitation. Copy it from the mail.")
            )
        except PasswordRefused as refusal:
            form.add_error("password", gate_words.password_fault(refusal.fault))
        except TooSoon as refusal:
            form.add_error(None, gate_words.wait_words(refusal.until, now=moment))
        else:
            response = redirect("desk:second-factors")
            begin_session(request, response, who=who, now=moment)
            return response
    return Page("desk/invitation.jinja", {"form": form}, status=422 if form.is_bound else 200)
