"""Messages at the desk: those that wait, and one conversation to answer beside its member."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.commons.audit import actions as audit
from havre.commons.audit import queries as audited
from havre.commons.audit.words import OpeningPurpose
from havre.commons.documents import queries as documents
from havre.commons.messaging import actions
from havre.commons.messaging import queries as seen
from havre.commons.messaging.actions import NothingWritten
from havre.commons.messaging.queries import ConversationSeen
from havre.commons.messaging.words import LONGEST_MESSAGE, Side
from havre.commons.staff.words import Permission
from havre.commons.worklist import queries as worklist
from havre.commons.worklist.queries import After, ItemSeen, Wanted
from havre.commons.worklist.queries import Scope as Queue
from havre.commons.worklist.words import Source
from havre.domains.people import queries as people
from havre.doors.desk.message_files import files_in
from havre.doors.desk.page import Made, Page, Viewer, desk_page, viewer_of
from havre.doors.ui import live as ui_live
from havre.doors.ui import message_files
from havre.doors.ui.addresses import url
from havre.doors.ui.forms import Form
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from havre.journeys.messages.canned import CANNED
from havre.journeys.messages.writing import Agent, Text, answer

RUBRIC = "messages"
ON_A_PAGE = 25
IN_A_THREAD = 50
_OPEN_FOR = timedelta(minutes=30)


class AnswerForm(Form):
    body = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST_MESSAGE,
        required=False,  # where a file goes with it
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


@require_safe
@desk_page(Permission.MESSAGES_ANSWER)
def messages(request: HttpRequest, viewer: Viewer) -> Made:
    """What waits for an answer, the most urgent first."""
    found = worklist.queue(
        Wanted(
            permissions=frozenset(map(str, viewer.staff.permissions)),
            scope=_queue(viewer),
            sources=frozenset({Source.MESSAGE}),
        ),
        by=viewer.id,
        now=viewer.now,
        size=ON_A_PAGE,
        after=_after(request.GET.get("after", "")),
    )
    later = f"?after={found.later.moment.isoformat()} {found.later.id}" if found.later else ""
    values = {
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
        "items": found.items,
        "now": viewer.now,
        "later": later.replace("+", "%2B"),
    }
    return Page("desk/messages.jinja", values, rubric=RUBRIC)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.MESSAGES_ANSWER, role=None)
def message(request: HttpRequest, viewer: Viewer, household: UUID, id: UUID) -> Made:  # noqa: A002
    """One conversation, its member beside it, and the answer."""
    health = health_is_open(viewer, household)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    with viewer.inside(household, health=health, purpose="answer a message"):
        found = own_conversation(viewer, household, id)
        if found is None:
            return _closed(viewer, household, id)
        page = _page(request, viewer, found, form, health=health)
    if not form.is_bound or not form.is_valid():
        return page
    agent = Agent(
        viewer.id,
        viewer.staff.first_name,
        viewer.health_role if health else Role.DESK,
        viewer.actor(purpose="answer a message"),
    )
    try:
        answer(
            agent,
            Text(form.cleaned_data["body"], form.cleaned_data["key"]),
            household=household,
            conversation=id,
            today=viewer.today,
            now=viewer.now,
        )
    except NothingWritten:
        form.add_error("body", _("Write your answer, then send it."))
        return replace(page, status=422)
    return redirect("desk:message", household=household, id=id)


@require_POST
@desk_page(Permission.MESSAGES_ANSWER, role=None)
def close(request: HttpRequest, viewer: Viewer, household: UUID, id: UUID) -> Made:  # noqa: A002, ARG001
    """Nothing more is expected: it leaves the queue."""
    health = health_is_open(viewer, household)
    with viewer.inside(household, health=health, purpose="close a conversation"):
        if own_conversation(viewer, household, id) is None:
            raise Http404
        actions.close(household=household, conversation=id)
    return redirect("desk:messages")


@require_POST
@desk_page(Permission.HEALTH_OPEN, role=None)
def open_to_answer(request: HttpRequest, viewer: Viewer, household: UUID, id: UUID) -> Made:  # noqa: A002, ARG001
    """Open the health of this household to answer a message about care: written down, and the member
    reads it."""
    with viewer.inside(household, purpose="answer a message"):
        if _waiting(viewer, household, id) is None:
            raise Http404
        audit.open_health(
            household=household,
            staff=viewer.id,
            name=viewer.staff.first_name,
            purpose=OpeningPurpose.QUESTION,
            case=None,
            now=viewer.now,
            until=viewer.now + _OPEN_FOR,
        )
    return redirect("desk:message", household=household, id=id)


@require_safe
def live(request: HttpRequest) -> HttpResponseBase:
    """The question of an open page of the desk: has anything changed?"""
    viewer = viewer_of(request)
    if viewer is None or not viewer.staff.has_factor:
        return JsonResponse({}, status=403)
    return ui_live.answered(request, reader=viewer.id)


def _page(
    request: HttpRequest,
    viewer: Viewer,
    found: ConversationSeen,
    form: AnswerForm,
    *,
    health: bool,
) -> Page:
    watched = ui_live.watching(
        [seen.topic_of(found.id), documents.topic_of(found.id)],
        reader=viewer.id,
        at=url("desk:live"),
    )
    thread = seen.messages_of(
        household=found.household, conversation=found.id, before=None, most=IN_A_THREAD
    )
    member = people.person_of(household=found.household, membership=found.membership)
    if thread and request.method == "GET":
        actions.mark_read(found, side=Side.STAFF, up_to=thread[-1].number)
    if not form.is_bound:
        said = _ready_text(request, viewer, found, member.first_name if member else "")
        form.initial = {"body": said, "key": new_id()}
    uploads = documents.uploads_of(household=found.household, subject=found.id)
    place = files_in(viewer, found, uploads, health=health)
    values = {
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
        "files": message_files.waiting(place, uploads),
        "came_with": message_files.under(place, thread, uploads),
        "conversation": found,
        "member": member,
        "thread": thread,
        "watched": watched,
        "form": form,
        "canned": [(one.id, one.called(viewer.language)) for one in CANNED],
        "address": url("desk:message", household=found.household, id=found.id),
        "close_url": url("desk:message-close", household=found.household, id=found.id),
    }
    return Page("desk/message.jinja", values, RUBRIC, status=422 if form.is_bound else 200)


def _ready_text(
    request: HttpRequest, viewer: Viewer, found: ConversationSeen, first_name: str
) -> str:
    """The text that was chosen, in the member's language; "" for none."""
    chosen = next((one for one in CANNED if one.id == request.GET.get("text")), None)
    if chosen is None:
        return ""
    return chosen.said(found.scope.language, first_name=first_name, agent=viewer.staff.first_name)


def _closed(viewer: Viewer, household: UUID, conversation: UUID) -> Page:
    """A message about care, to who may open health and has not."""
    if _waiting(viewer, household, conversation) is None:
        raise Http404
    address = url("desk:message-open", household=household, id=conversation)
    return Page("desk/message_closed.jinja", {"address": address}, rubric=RUBRIC)


def _waiting(viewer: Viewer, household: UUID, conversation: UUID) -> ItemSeen | None:
    item = worklist.item_of(source=Source.MESSAGE, source_id=conversation)
    may = viewer.may(Permission.HEALTH_OPEN)
    in_scope = item and viewer.scope.covers(product=item.product or None)
    return item if item and may and in_scope and item.household == household else None


def own_conversation(
    viewer: Viewer, household: UUID, conversation: UUID
) -> ConversationSeen | None:
    """The conversation, where this person's scope covers it."""
    found = seen.conversation_of(household=household, conversation=conversation)
    if found is None:
        return None
    scope = found.scope
    covered = viewer.scope.covers(
        product=scope.product, employer=scope.employer, intermediary=scope.intermediary
    )
    return found if covered else None


def health_is_open(viewer: Viewer, household: UUID) -> bool:
    if not viewer.may(Permission.HEALTH_OPEN):
        return False
    with viewer.inside(household):
        return audited.is_open(household=household, staff=viewer.id, now=viewer.now)


def _queue(viewer: Viewer) -> Queue:
    mine = viewer.scope
    return Queue(
        products=mine.products or None,
        employers=mine.employers or None,
        intermediaries=mine.intermediaries or None,
    )


def _after(text: str) -> After | None:
    moment, _gap, row = text.rpartition(" ")
    try:
        at = datetime.fromisoformat(moment)
        return After(at, UUID(row)) if at.tzinfo else None
    except ValueError:
        return None
