"""Messages: the conversations of a member, one of them, a new one, and what is typed meanwhile (S14)."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.commons.accounts.words import Step
from havre.commons.documents import queries as documents
from havre.commons.messaging import actions
from havre.commons.messaging import queries as seen
from havre.commons.messaging.actions import NoSuchConversation, NothingWritten
from havre.commons.messaging.queries import After, ConversationSeen, Found
from havre.commons.messaging.words import Side, Topic, Typed
from havre.doors.portal import message_words as words
from havre.doors.portal import opening
from havre.doors.portal.cursors import id_after
from havre.doors.portal.message_drafts import keep_draft
from havre.doors.portal.message_forms import MessageForm, NewMessageForm, ThreadForm
from havre.doors.portal.message_places import files_in
from havre.doors.portal.message_sending import member_of, plain_files, put_under, send
from havre.doors.portal.message_words import Said, Team
from havre.doors.portal.page import (
    Made,
    Page,
    Viewer,
    inside,
    step_page,
    watcher_of,
)
from havre.doors.ui import live as ui_live
from havre.doors.ui import message_files
from havre.doors.ui.addresses import url
from havre.doors.ui.cursors import number_in
from havre.doors.ui.live import Watched
from havre.doors.ui.snippets import snippet
from havre.doors.ui.uploading import takes_files
from havre.foundation.ids import new_id
from havre.journeys.messages.hours import team_hours
from havre.journeys.messages.writing import (
    Text,
    begin,
)

RUBRIC = "messages"
ON_A_PAGE = 20
IN_A_THREAD = 30
_LONGEST_SEARCH = 100
# Whoever has not accepted the terms can write as well (W2).
_to_the_team = step_page(Step.HOME, Step.TERMS)


@dataclass(frozen=True)
class Line:
    """A conversation, or a message that a search found, as it is listed."""

    url: str
    title: str
    about: str
    tags: list[tuple[str, str]]


@require_safe
@_to_the_team
def messages(request: HttpRequest, viewer: Viewer) -> Made:
    """The conversations, the one that last moved first; ``?q=`` looks through what was written."""
    account, zone = viewer.account, _zone(request, viewer)
    typed = _typed(request)
    watched = ui_live.watching(
        [seen.topic_of_member(account.membership)], reader=account.id, at=url("portal:live")
    )
    with inside(viewer):
        found = _search if typed else _list
        lines, older = found(request, viewer, zone)
        team = _team(viewer, zone)
    values = {
        "watched": watched,
        "typed": typed,
        "lines": lines,
        "older_url": older,
        "later": "after" in request.GET,
        "team": team,
    }
    return Page("portal/messages.jinja", values, rubric=RUBRIC)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
@_to_the_team
def conversation(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """One conversation: read, and written in. Sent twice, a message is kept once."""
    form = ThreadForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        text = Text(form.cleaned_data["body"], form.key)
        try:
            send(request, viewer, text, conversation=id)
        except NoSuchConversation:
            raise Http404 from None
        except NothingWritten:
            form.nothing_written()
        else:
            return redirect("portal:conversation", id=id)
    with inside(viewer):
        return _conversation(request, viewer, id, form)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
@_to_the_team
def new(request: HttpRequest, viewer: Viewer) -> Made:
    """A first message, from any page; ``?topic=`` says what it is about."""
    form = NewMessageForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        posted = begin(
            member_of(viewer),
            Text(form.cleaned_data["body"], form.key),
            topic=Topic(form.cleaned_data["topic"]),
            subject=form.cleaned_data["subject"],
            language=viewer.language,
            today=viewer.today,
            now=viewer.now,
        )
        put_under(request, viewer, posted)
        return redirect("portal:conversation", id=posted.conversation)
    with inside(viewer):
        if not form.is_bound:
            form.initial = _begun(viewer, topic=request.GET.get("topic", ""))
        values = {
            "form": form,
            "key": form.key if form.is_bound else new_id(),
            "draft_url": url("portal:message-new-draft"),
            "files": plain_files(),
            "team": _team(viewer, _zone(request, viewer)),
        }
    return Page(
        "portal/message_new.jinja", values, rubric=RUBRIC, status=422 if form.is_bound else 200
    )


@require_POST
@_to_the_team
def draft(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """What is typed in a conversation, kept on the way."""
    return keep_draft(viewer, id, Typed(request.POST.get("body", "")))


@require_POST
@_to_the_team
def new_draft(request: HttpRequest, viewer: Viewer) -> Made:
    """What is typed to begin one."""
    topic = request.POST.get("topic", "")
    typed = Typed(
        body=request.POST.get("body", ""),
        topic=Topic(topic) if topic in set(Topic) else None,
        subject=request.POST.get("subject", ""),
    )
    return keep_draft(viewer, None, typed)


@require_safe
def live(request: HttpRequest) -> HttpResponseBase:
    """The question of an open page: has anything changed? It waits for the answer, and holds nothing."""
    reader = watcher_of(request)
    if reader is None:
        return JsonResponse({}, status=403)
    return ui_live.answered(request, reader=reader)


def _conversation(
    request: HttpRequest, viewer: Viewer, conversation: UUID, form: MessageForm
) -> Page:
    account, zone = viewer.account, _zone(request, viewer)
    watched = _watched(viewer, conversation)
    found, draft = _in_hand(viewer, conversation)
    before = number_in(request.GET.get("before", ""))
    thread = seen.messages_of(
        household=account.household, conversation=conversation, before=before, most=IN_A_THREAD + 1
    )
    shown = thread[-IN_A_THREAD:]
    uploads = documents.uploads_of(household=account.household, subject=conversation)
    place = files_in(viewer, found, uploads)
    files = message_files.under(place, shown, uploads)
    if not form.is_bound:
        form.initial = {"body": draft}
    if before is None and request.method == "GET" and shown:
        _mark_read(found, shown[-1].number)
    hours = team_hours(today=viewer.today)
    address = url("portal:conversation", id=conversation)
    values = {
        "watched": watched,
        "title": words.title(found),
        "tags": words.tags(found) if found.unread_by_member == 0 else [],
        "began_on": found.opened_at.astimezone(ZoneInfo(zone)).date(),
        "thread": [words.said(one, zone=zone, files=files[one.number]) for one in shown],
        "older_url": f"{address}?before={shown[0].number}" if len(thread) > IN_A_THREAD else "",
        "past": before is not None,
        "files": message_files.waiting(place, uploads),
        "address": address,
        "mark": words.mark(found, hours, now=viewer.now, zone=zone),
        "form": form,
        "key": form.key if form.is_bound else new_id(),
        "draft_url": url("portal:message-draft", id=conversation),
        "team": _team(viewer, zone),
    }
    return Page(
        "portal/conversation.jinja", values, rubric=RUBRIC, status=422 if form.is_bound else 200
    )


def _watched(viewer: Viewer, conversation: UUID) -> Watched:
    """News of what is written there, and of the files that came with it."""
    return ui_live.watching(
        [seen.topic_of(conversation), documents.topic_of(conversation)],
        reader=viewer.account.id,
        at=url("portal:live"),
    )


def _in_hand(viewer: Viewer, conversation: UUID) -> tuple[ConversationSeen, str]:
    """The reader's conversation, with what they typed there; else it is missing."""
    account = viewer.account
    own = seen.conversation_in_hand(
        household=account.household,
        conversation=conversation,
        author=account.id,
        membership=account.membership,
    )
    if own is None:
        raise Http404
    return own


def _begun(viewer: Viewer, *, topic: str) -> dict[str, str]:
    """What was typed to begin a conversation, and not sent; ``topic`` is that of the address."""
    account = viewer.account
    typed = seen.draft_of(household=account.household, conversation=None, author=account.id)
    return {"body": typed.body, "subject": typed.subject, "topic": topic or typed.topic or ""}


def _mark_read(found: ConversationSeen, up_to: int) -> None:
    if found.member_seen < up_to and not settings.HAVRE.READ_ONLY:
        actions.mark_read(found, side=Side.MEMBER, up_to=up_to)


def _list(request: HttpRequest, viewer: Viewer, zone: str) -> tuple[list[Line], str]:
    found = seen.conversations(
        household=viewer.account.household,
        membership=viewer.account.membership,
        after=_after(request.GET.get("after", "")),
        most=ON_A_PAGE + 1,
    )
    lines = [
        Line(
            url=url("portal:conversation", id=one.id),
            title=words.title(one),
            about=_last(one, zone),
            tags=words.tags(one),
        )
        for one in found[:ON_A_PAGE]
    ]
    if len(found) <= ON_A_PAGE:
        return lines, ""
    last = found[ON_A_PAGE - 1]
    return lines, _address(after=f"{last.last_at.isoformat()} {last.id}")


def _last(one: ConversationSeen, zone: str) -> str:
    at = {"moment": words.said_at(one.last_at, zone)}
    if one.last_from is Side.STAFF:
        return _("The team wrote last, %(moment)s") % at
    return _("You wrote last, %(moment)s") % at


def _search(request: HttpRequest, viewer: Viewer, zone: str) -> tuple[list[Line], str]:
    account, typed = viewer.account, _typed(request)
    found: Found = seen.search(
        household=account.household,
        membership=account.membership,
        wanted=typed,
        before=id_after(request.GET.get("after", "")),
        most=ON_A_PAGE,
    )
    lines = [
        _found_line(words.said(one, zone=zone), one.conversation, typed) for one in found.messages
    ]
    older = _address(q=typed, after=str(found.older)) if found.older else ""
    return lines, older


def _found_line(one: Said, conversation: UUID, typed: str) -> Line:
    address = url("portal:conversation", id=conversation)
    return Line(
        url=f"{address}?before={one.number + IN_A_THREAD // 2}#{one.id}",
        title=snippet(one.body, typed),
        about=f"{one.who}, {one.at}",
        tags=[],
    )


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:_LONGEST_SEARCH]


def _team(viewer: Viewer, zone: str) -> Team:
    hours = team_hours(today=viewer.today)
    return words.team(hours, seen.answering(now=viewer.now), now=viewer.now, zone=zone)


def _zone(request: HttpRequest, viewer: Viewer) -> str:
    return opening.zone_of(request, viewer) or settings.HAVRE.OPERATOR_TIME_ZONE


def _address(**query: str) -> str:
    return f"{url('portal:messages')}?{urlencode(query)}"


def _after(text: str) -> After | None:
    """Where the list goes on; none for a word we never wrote: the list starts again."""
    moment, _space, row = text.rpartition(" ")
    try:
        at = datetime.fromisoformat(moment)
        return After(at, UUID(row)) if at.tzinfo else None
    except ValueError:
        return None
