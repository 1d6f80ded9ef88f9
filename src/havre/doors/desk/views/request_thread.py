"""Writing to the member about a request, from its page."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from havre.commons.documents.words import Compartment
from havre.commons.messaging.actions import NoSuchConversation, NothingWritten, TooLong
from havre.commons.messaging.words import LONGEST_MESSAGE
from havre.commons.staff.words import Permission
from havre.doors.desk.conversations import PURPOSE
from havre.doors.desk.page import Made, Viewer, desk_page
from havre.doors.desk.queueing import id_in
from havre.doors.desk.request_read import Found, found
from havre.doors.desk.request_thread import keep_typed
from havre.doors.desk.taking import inside_case
from havre.doors.desk.views.request import shown, suffix_of
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from havre.journeys.messages.writing import Agent, Text, answer_of_request

_ANSWERS = Permission.MESSAGES_ANSWER


@require_POST
@desk_page(_ANSWERS)
def write(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """Send what was typed to the member, under the request."""
    at, body = found(viewer, id), request.POST.get("body", "")
    try:
        with inside_case(viewer, at.case, in_hand=at.in_hand(viewer)) as opened:
            if not opened:
                raise Http404
            _answer(viewer, at, Text(body, id_in(request.POST.get("key", "")) or new_id()))
    except NothingWritten:
        return _again(request, viewer, at, _("Write your message, then send it."))
    except TooLong:
        said = _("The message is too long: %(most)d characters at most.")
        return _again(request, viewer, at, said % {"most": LONGEST_MESSAGE})
    way = reverse("desk:request", kwargs={"id": id}) + suffix_of(request)
    return redirect(f"{way}#thread-box")


@require_POST
@desk_page(_ANSWERS)
def typed(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """What is typed, kept on the way."""
    at = found(viewer, id)
    with inside_case(viewer, at.case, in_hand=at.in_hand(viewer)) as opened:
        if not opened:
            raise Http404
        try:
            keep_typed(viewer, at.case, request.POST.get("body", ""))
        except TooLong:
            return HttpResponse(status=422)
    return HttpResponse(status=204)


def _answer(viewer: Viewer, at: Found, text: Text) -> None:
    general = at.case.compartment is Compartment.GENERAL
    role = Role.DESK if general else viewer.health_role
    agent = Agent(viewer.id, viewer.staff.first_name, role, viewer.actor(purpose=PURPOSE))
    try:
        answer_of_request(agent, text, case=at.case, today=viewer.today, now=viewer.now)
    except NoSuchConversation:
        raise Http404 from None


def _again(request: HttpRequest, viewer: Viewer, at: Found, problem: str) -> Made:
    """The page with what was typed, and what is wrong with it."""
    return shown(request, viewer, at, problem=problem, status=422)
