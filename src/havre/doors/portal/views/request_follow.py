"""A request that was sent: its receipt, where it stands, what it asks, its answer."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.commons.accounts.words import Step
from havre.commons.cases import actions
from havre.commons.cases import queries as cases
from havre.commons.cases.actions import CaseClosed, NothingAsked
from havre.commons.cases.queries import AskSeen, CaseSeen
from havre.commons.cases.words import AskState, CaseStatus
from havre.commons.documents import actions as documents
from havre.commons.documents.queries import UploadSeen
from havre.commons.messaging import queries as messages
from havre.commons.messaging.actions import NothingWritten
from havre.commons.messaging.words import Typed
from havre.doors.portal import request_thread
from havre.doors.portal import request_words as words
from havre.doors.portal.message_drafts import keep_draft
from havre.doors.portal.message_forms import ThreadForm
from havre.doors.portal.message_sending import send
from havre.doors.portal.page import Made, Page, Viewer, inside, member_page, step_page
from havre.doors.portal.requesting import (
    RUBRIC,
    by,
    facts_for,
    own_case,
    own_request,
    paper_place,
    uploads_of,
)
from havre.doors.ui import receipt_pdf
from havre.doors.ui.addresses import url
from havre.doors.ui.live import Watched, watching
from havre.doors.ui.request_papers import given, paper_list
from havre.doors.ui.request_receipt import chapters, named_uploads
from havre.doors.ui.request_words import delay, delays, kind_title, next_and_when
from havre.doors.ui.uploading import takes_files
from havre.doors.ui.uploads import UploadList, UploadShown, upload_shown
from havre.foundation.db import live
from havre.journeys.messages.writing import Text
from havre.journeys.requests import following
from havre.journeys.requests.registry import UnknownKind, kind_of
from havre.journeys.requests.words import Paper

_LONGEST_WORDS = 2000
_SCORES = range(1, 6)
_DECIDED = {CaseStatus.VALIDATED, CaseStatus.REJECTED}


@dataclass(frozen=True)
class Asked:
    """Something asked of the reader: why, in which words, and where a file for it is sent."""

    ask: AskSeen
    why: str
    papers: UploadList | None
    given: bool


@require_safe
@member_page
def follow(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """Where it stands: what is asked first, then the answer, what happened and what comes next."""
    return _page(viewer, id)


@require_POST
@member_page
def answer(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """Answer what was asked: each with its files, in words, or that it is not had."""
    case = own_case(viewer, id)
    asks = [
        one
        for one in cases.asks_of(household=case.household, case=case.id)
        if one.state is AskState.OPEN
    ]
    sent = {one.piece for one in given(uploads_of(viewer, id))}
    answers = {
        one.id: said
        for one in asks
        if (said := _said(request, one, sent=one.piece in sent)) is not None
    }
    try:
        following.answer(case=case, answers=answers, by=by(viewer), now=viewer.now)
    except NothingAsked:
        if asks:
            return _page(viewer, id, nothing=True)
    except CaseClosed:
        pass
    documents.keep_uploads(household=case.household, subject=id, now=viewer.now)
    return redirect("portal:request", id=id)


@takes_files
@require_POST
@step_page(Step.HOME)
def message(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """Write about it. Sent twice, a message is kept once; on a closed request too."""
    with inside(viewer):
        case = own_case(viewer, id)
    form = ThreadForm(request.POST)
    if form.is_valid():
        text = Text(form.cleaned_data["body"], form.key)
        try:
            send(request, viewer, text, conversation=request_thread.begun(viewer, case))
        except NothingWritten:
            form.nothing_written()
        else:
            return redirect(f"{url('portal:request', id=id)}#thread")
    with inside(viewer):
        return _page(viewer, id, form=form)


@require_POST
@step_page(Step.HOME)
def message_draft(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """What is typed about it, kept on the way."""
    with inside(viewer):
        case = own_case(viewer, id)
    conversation = request_thread.begun(viewer, case)
    return keep_draft(viewer, conversation, Typed(request.POST.get("body", "")))


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def withdraw(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """Asked once more before it is done."""
    case = own_case(viewer, id)
    if request.method == "POST":
        with suppress(CaseClosed):
            following.withdraw(case=case, facts=facts_for(viewer), by=by(viewer), now=viewer.now)
        return redirect("portal:request", id=id)
    if not case.is_open:
        return redirect("portal:request", id=id)
    values = {"case": case, "kind": kind_title(case.kind), "back_url": url("portal:request", id=id)}
    return Page("portal/requests/withdraw.jinja", values, rubric=RUBRIC)


@require_POST
@member_page
def opinion(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """What the answer was worth; said again, the last word stands."""
    case = own_case(viewer, id)
    score = request.POST.get("score", "")
    if not case.decided_at or score not in map(str, _SCORES):
        return redirect("portal:request", id=id)
    actions.give_opinion(
        household=case.household,
        case=id,
        score=int(score),
        words=request.POST.get("words", "").strip()[:_LONGEST_WORDS],
        now=viewer.now,
    )
    return redirect("portal:request", id=id)


@require_safe
@member_page
def receipt(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """That it was received, when, under which number, and all that it says."""
    whole = own_request(viewer, id)
    case, content = whole.case, whole.content
    facts = facts_for(viewer)
    values = {
        "case": case,
        "title": content.title,
        "kind": kind_title(case.kind),
        "chapters": chapters(whole, facts, now=viewer.now),
        "uploads": named_uploads(whole, facts),
        "next": next_and_when(case, delays(case.kind, asked=False)),
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
        "back_url": url("portal:request", id=id),
    }
    return Page("portal/requests/receipt.jinja", values, rubric=RUBRIC)


@require_safe
@member_page
def receipt_file(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """The same as a PDF."""
    whole = own_request(viewer, id)
    case, content = whole.case, whole.content
    facts = facts_for(viewer)
    pdf = receipt_pdf.printed(
        case,
        kind=kind_title(case.kind),
        title=content.title,
        chapters=chapters(whole, facts, now=viewer.now),
        files=named_uploads(whole, facts),
        coming=next_and_when(case, delays(case.kind, asked=False)),
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{receipt_pdf.file_name(case)}"'
    return response


def _page(
    viewer: Viewer,
    id: UUID,  # noqa: A002
    *,
    nothing: bool = False,
    form: ThreadForm | None = None,
) -> Page:
    """Eight statements, whatever there is to tell."""
    since = live.mark()
    whole = own_request(viewer, id)
    case, household = whole.case, viewer.account.household
    story = cases.story_of(household=household, case=id)
    conversation, typed = request_thread.in_hand(viewer, id)
    measured = delays(
        case.kind, asked=any(one.state is not AskState.WITHDRAWN for one in story.asks)
    )
    decided = case.status in _DECIDED
    values = {
        "watched": _watched(viewer, id, request_thread.topics_of(conversation), since),
        "case": case,
        "content": whole.content,
        "kind": kind_title(case.kind),
        "status": words.status(case.status),
        "asked": _asked(viewer, case, story.asks, whole.files) if case.is_open else [],
        "answered": _answered(story.asks),
        "nothing": nothing,
        "timeline": words.timeline(case, story.events, measured),
        "delay": delay(measured) if case.is_open else None,
        "files": _files(viewer, case, whole.files),
        "decided": decided,
        "contest_url": _contest_url(case) if decided else "",
        "opinion": decided and not whole.has_opinion,
        "scores": _scores(),
        **request_thread.thread_of(viewer, id, conversation, typed),
        **({"form": form, "key": form.key} if form else {}),
    }
    return Page(
        "portal/requests/follow.jinja", values, RUBRIC, status=422 if nothing or form else 200
    )


def _watched(viewer: Viewer, case: UUID, thread: Sequence[str], since: str) -> Watched:
    """News of the request, and of what is written about it with its files."""
    topics = [cases.topic_of(case), messages.topic_of_member(viewer.account.membership), *thread]
    return watching(topics, reader=viewer.account.id, at=url("portal:live"), since=since)


def _asked(
    viewer: Viewer,
    case: CaseSeen,
    asks: Sequence[AskSeen],
    uploads: Sequence[UploadSeen],
) -> list[Asked]:
    """What is asked, each with the place of its files; a question that needs none has no code."""
    new = [one for one in uploads if not one.kept]
    sent = {one.piece for one in given(new)}
    found = []
    for ask in asks:
        if ask.state is not AskState.OPEN:
            continue
        papers = None
        if ask.piece:
            paper = Paper(code=ask.piece, label=_("Your file"))
            place = paper_place(
                viewer,
                subject=case.id,
                papers=[paper],
                least=case.compartment,
                back=url("portal:request", id=case.id),
            )
            papers = paper_list(place, [paper], new)
        found.append(Asked(ask, words.reason(ask.reason), papers, ask.piece in sent))
    return found


def _answered(asks: Sequence[AskSeen]) -> list[tuple[AskSeen, str]]:
    """What was given, or said not to be had, and why it was asked."""
    said = {AskState.ANSWERED, AskState.NOT_HAD}
    return [(one, words.reason(one.reason)) for one in asks if one.state in said]


def _files(viewer: Viewer, case: CaseSeen, uploads: Sequence[UploadSeen]) -> list[UploadShown]:
    """What was sent with it, with previews; taken back no more."""
    place = paper_place(
        viewer,
        subject=case.id,
        papers=(),
        least=case.compartment,
        back=url("portal:request", id=case.id),
        still_open=False,
    )
    return [upload_shown(place, one) for one in uploads if one.kept]


def _said(request: HttpRequest, ask: AskSeen, *, sent: bool) -> tuple[AskState, str] | None:
    """The answer to one ask; none where nothing was said of it."""
    text = request.POST.get(f"words-{ask.id}", "").strip()[:_LONGEST_WORDS]
    if request.POST.get(f"not-had-{ask.id}"):
        return AskState.NOT_HAD, text
    if (ask.piece and sent) or (not ask.piece and text):
        return AskState.ANSWERED, text
    return None


def _contest_url(case: CaseSeen) -> str:
    try:
        kind_of(words.COMPLAINT)
    except UnknownKind:
        return ""
    address = url("portal:request-begin", kind=words.COMPLAINT)
    return f"{address}?contests={case.id}"


def _scores() -> list[tuple[int, str]]:
    said = (_("Very poor"), _("Poor"), _("Fair"), _("Good"), _("Very good"))
    return list(zip(_SCORES, said, strict=True))
