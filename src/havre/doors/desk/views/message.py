"""One conversation at the desk: read beside its member, answered, closed."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from havre.commons.audit import actions as audit
from havre.commons.audit.words import OpeningPurpose
from havre.commons.cases import queries as cases
from havre.commons.documents import queries as documents
from havre.commons.messaging import actions
from havre.commons.messaging import queries as seen
from havre.commons.messaging.actions import NothingWritten, TooLong
from havre.commons.messaging.queries import ConversationSeen
from havre.commons.messaging.words import LONGEST_MESSAGE, Side, Typed
from havre.commons.staff.words import Permission
from havre.domains.people import queries as people
from havre.domains.people.queries import PersonSeen
from havre.doors.desk import message_words
from havre.doors.desk.conversations import (
    PURPOSE,
    can_be_opened,
    health_is_open,
    in_hand,
    own_conversation,
)
from havre.doors.desk.message_files import by_staff, files_in
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.desk.views.messages import RUBRIC
from havre.doors.ui import live as ui_live
from havre.doors.ui import message_files, uploading
from havre.doors.ui.addresses import url
from havre.doors.ui.cursors import number_in
from havre.doors.ui.forms import FieldView, Form, unmarked
from havre.doors.ui.uploading import takes_files
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from havre.journeys.messages.canned import AtHand, texts_at_hand
from havre.journeys.messages.writing import Agent, Text, answer, waiting_piece

IN_A_THREAD = 50
_OPEN_FOR = timedelta(minutes=30)
_answers = desk_page(Permission.MESSAGES_ANSWER, role=None)


class AnswerForm(Form):
    body = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST_MESSAGE,
        required=False,  # where a file goes with it
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    @property
    def said(self) -> FieldView:
        return unmarked(self["body"])


@partial(takes_files, signed_in=by_staff)
@require_http_methods(["GET", "HEAD", "POST"])
@_answers
def message(request: HttpRequest, viewer: Viewer, household: UUID, id: UUID) -> Made:  # noqa: A002
    """One conversation, its member beside it, and the answer."""
    health = health_is_open(viewer, household)
    if request.method == "POST":
        return _sent(request, viewer, household, id, health=health)
    return _shown(request, viewer, household, id, AnswerForm(), health=health)


@require_POST
@_answers
def draft(request: HttpRequest, viewer: Viewer, household: UUID, id: UUID) -> Made:  # noqa: A002
    """What is typed, kept on the way."""
    health = health_is_open(viewer, household)
    try:
        _keep(viewer, household, id, request.POST.get("body", ""), health=health)
    except TooLong:
        return HttpResponse(status=422)
    return HttpResponse(status=204)


@require_POST
@_answers
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
    with viewer.inside(household, purpose=PURPOSE):
        if not can_be_opened(viewer, household, id):
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


def _sent(
    request: HttpRequest,
    viewer: Viewer,
    household: UUID,
    conversation: UUID,
    *,
    health: bool,
) -> Made:
    """The answer, or what is kept of it: files that a plain form brought, a text at hand put under it."""
    form = AnswerForm(request.POST)
    with viewer.inside(household, health=health, purpose=PURPOSE):
        found = own_conversation(viewer, household, conversation)
        if found is None:
            return _closed(viewer, household, conversation)
        sent = documents.uploads_of(household=household, subject=conversation)
    if request.FILES:  # of a form without a script: they wait, whatever becomes of the answer
        place = files_in(viewer, found, sent, health=health)
        uploading.receive(request, place, waiting_piece(viewer.id))
    again = partial(_shown, request, viewer, household, conversation, form, health=health)
    if not form.is_valid():
        return again()
    do = request.POST.get("do", "")
    try:
        if do in {"keep", "insert"}:
            chosen = request.POST.get("text", "") if do == "insert" else ""
            body = form.cleaned_data["body"]
            _keep(viewer, household, conversation, body, chosen=chosen, health=health)
        else:
            _answer(viewer, found, form, health=health)
    except NothingWritten:
        form.add_error("body", _("Write your answer, then send it."))
        return again()
    except TooLong:
        form.add_error("body", _("With that text the answer is too long. Shorten it."))
        return again()
    way = url("desk:message", household=household, id=conversation)
    return redirect(f"{way}#end" if do else way)


def _answer(viewer: Viewer, found: ConversationSeen, form: AnswerForm, *, health: bool) -> None:
    role = viewer.health_role if health else Role.DESK
    answer(
        Agent(viewer.id, viewer.staff.first_name, role, viewer.actor(purpose=PURPOSE)),
        Text(form.cleaned_data["body"], form.cleaned_data["key"]),
        household=found.household,
        conversation=found.id,
        today=viewer.today,
        now=viewer.now,
    )


def _keep(
    viewer: Viewer,
    household: UUID,
    conversation: UUID,
    body: str,
    *,
    chosen: str = "",
    health: bool,
) -> None:
    """Keep what is typed, and under it the text at hand of this id. Refuses ``TooLong``."""
    with viewer.inside(household, health=health, purpose=PURPOSE):
        found = own_conversation(viewer, household, conversation)
        if found is None:
            raise Http404
        if chosen:
            member = people.person_of(household=household, membership=found.membership)
            at_hand = {one.id: one.text for one in _at_hand(viewer, found, member)}
            body = "\n\n".join(filter(None, (body.strip(), at_hand.get(chosen, ""))))
        actions.save_draft(
            household=household,
            conversation=conversation,
            author=viewer.id,
            typed=Typed(body),
            now=viewer.now,
        )


def _shown(
    request: HttpRequest,
    viewer: Viewer,
    household: UUID,
    conversation: UUID,
    form: AnswerForm,
    *,
    health: bool,
) -> Page:
    watched = ui_live.watching(
        [seen.topic_of(conversation), documents.topic_of(conversation)],
        reader=viewer.id,
        at=url("desk:live"),
    )
    with viewer.inside(household, health=health, purpose=PURPOSE):
        found = in_hand(viewer, household, conversation)
        if found is None:
            return _closed(viewer, household, conversation)
        values = _values(request, viewer, *found, form, health=health)
    status = 422 if form.is_bound else 200
    return Page("desk/message.jinja", {**values, "watched": watched}, RUBRIC, status=status)


def _values(
    request: HttpRequest,
    viewer: Viewer,
    found: ConversationSeen,
    typed: str,
    form: AnswerForm,
    *,
    health: bool,
) -> dict[str, Any]:
    before = number_in(request.GET.get("before", ""))
    thread = seen.messages_of(
        household=found.household, conversation=found.id, before=before, most=IN_A_THREAD + 1
    )
    shown = thread[-IN_A_THREAD:]
    member = people.person_of(household=found.household, membership=found.membership)
    uploads = documents.uploads_of(household=found.household, subject=found.id)
    place = files_in(viewer, found, uploads, health=health)
    if before is None and request.method == "GET" and shown:
        _mark_read(found, shown[-1].number)
    if not form.is_bound:
        form.initial = {"body": typed}
    at = {"household": found.household, "id": found.id}
    address = url("desk:message", **at)
    return {
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
        "title": message_words.title(found),
        "conversation": found,
        "member": member,
        "thread": shown,
        "came_with": message_files.under(place, shown, uploads),
        "older_url": f"{address}?before={shown[0].number}" if len(thread) > IN_A_THREAD else "",
        "past": before is not None,
        "files": message_files.waiting(place, uploads),
        "form": form,
        "key": form.data.get("key") or new_id(),
        "canned": _at_hand(viewer, found, member),
        "address": address,
        "draft_url": url("desk:message-draft", **at),
        "close_url": url("desk:message-close", **at),
    }


def _at_hand(viewer: Viewer, found: ConversationSeen, member: PersonSeen | None) -> list[AtHand]:
    return texts_at_hand(
        to=found.scope.language,
        for_reader=viewer.language,
        case=cases.found_case(case=found.case) if found.case else None,
        today=viewer.today,
        first_name=member.first_name if member else "",
        agent=viewer.staff.first_name,
    )


def _mark_read(found: ConversationSeen, up_to: int) -> None:
    if found.staff_seen < up_to and not settings.HAVRE.READ_ONLY:
        actions.mark_read(found, side=Side.STAFF, up_to=up_to)


def _closed(viewer: Viewer, household: UUID, conversation: UUID) -> Page:
    """A message about care, to who may open health and has not."""
    if not can_be_opened(viewer, household, conversation):
        raise Http404
    address = url("desk:message-open", household=household, id=conversation)
    return Page("desk/message_closed.jinja", {"address": address}, rubric=RUBRIC)
