"""Writing a request: page by page, read again, sent."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.commons.cases.actions import DraftGone, FiledOtherwise, SavedElsewhere
from havre.commons.cases.words import Answers
from havre.commons.documents import actions as documents
from havre.doors.portal import request_words as words
from havre.doors.portal.page import Made, Page, Viewer, member_page
from havre.doors.portal.requesting import (
    CONTESTS,
    RUBRIC,
    Writing,
    by,
    delays,
    draft_place,
    facts_for,
    find_case,
    given,
    kind_named,
    own_draft,
    paper_list,
    uploads_of,
)
from havre.doors.ui import request_form
from havre.doors.ui.addresses import url
from havre.doors.ui.request_form import is_of_lines
from havre.doors.ui.request_recap import recap
from havre.foundation.db import Channel
from havre.journeys.requests import drafting
from havre.journeys.requests.checking import papers_missing, problems_of
from havre.journeys.requests.filing import NotComplete, file
from havre.journeys.requests.words import Problem, Step


@require_safe
@member_page
def resume(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """Where it was left; a draft that was sent leads to its request."""
    writing = _writing(viewer, id)
    if not isinstance(writing, Writing):
        return writing
    names = [step.name for step in writing.steps()]
    step = writing.draft.step if writing.draft.step in names else names[0]
    return redirect(writing.url(step))


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def step(request: HttpRequest, viewer: Viewer, id: UUID, step: str) -> Made:  # noqa: A002
    """One page of the form; each of its buttons keeps what is written there."""
    writing = _writing(viewer, id)
    if not isinstance(writing, Writing):
        return writing
    page = writing.step(step)
    if request.method == "POST":
        return _save(request, viewer, writing, page)
    problems = _problems(writing) if "check" in request.GET else ()
    return _page(viewer, writing, page, problems)


@require_safe
@member_page
def check(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """All that will be sent, to be read again."""
    writing = _writing(viewer, id)
    if not isinstance(writing, Writing):
        return writing
    return _recap(viewer, writing)


@require_POST
@member_page
def send(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """Put it on file: once, however often it is sent, as it was read."""
    writing = _writing(viewer, id)
    if not isinstance(writing, Writing):
        return writing
    if request.POST.get("_version") != str(writing.draft.version):
        return _recap(viewer, writing, moved=True)
    uploads = uploads_of(viewer, id)
    contested = writing.answers.get(CONTESTS)
    try:
        filed = file(
            kind=writing.kind,
            draft=writing.draft,
            facts=writing.facts,
            papers=[one.id for one in given(uploads)],
            channel=Channel.ONLINE,
            by=by(viewer),
            now=viewer.now,
            contests=UUID(contested) if contested else None,
        )
    except NotComplete:
        return _recap(viewer, writing)
    except FiledOtherwise:
        values = {"case_url": url("portal:request", id=id), "back_url": url("portal:requests")}
        return Page("portal/requests/filed_otherwise.jinja", values, rubric=RUBRIC, status=409)
    except DraftGone:
        raise Http404 from None
    documents.keep_uploads(household=writing.facts.household, subject=id, now=viewer.now)
    return redirect("portal:request-receipt", id=filed.case.id)


def _save(request: HttpRequest, viewer: Viewer, writing: Writing, page: Step) -> Made:
    posted = request.POST
    what = posted.get("_do", "")
    read = request_form.read(page, writing.facts, writing.answers, posted, now=viewer.now)
    version = posted.get("_version", "")
    try:
        kept = drafting.save(
            draft=writing.draft,
            answers=read.answers,
            step=page.name,
            version=int(version) if version.isdecimal() and len(version) < 10 else -1,
            now=viewer.now,
        )
    except DraftGone:
        raise Http404 from None
    except SavedElsewhere:
        return _elsewhere(request, viewer, writing, page, read.answers)
    saved = _with(writing, read.answers, kept, viewer)
    if _wants_json(request):
        return _kept(viewer, saved, page)
    return _onward(viewer, saved, page, what)


def _onward(viewer: Viewer, writing: Writing, page: Step, what: str) -> Made:
    """To the next page where this one is complete; back, away, or here again where that is asked."""
    names = [step.name for step in writing.steps()]
    if page.name not in names:  # what was answered leaves this page out
        return redirect(writing.url(names[0]))
    place = names.index(page.name)
    if is_of_lines(what):
        group = what.split(":")[1]
        return redirect(f"{writing.url(page.name)}#{group}")
    if what == "save":
        return redirect(writing.url(page.name))
    if what == "leave":
        return redirect("portal:requests")
    if what == "back":
        return redirect(writing.url(names[max(0, place - 1)]))
    problems = [one for one in _problems(writing) if one.step == page.name]
    if problems:
        return _page(viewer, writing, page, problems, status=422)
    return redirect(writing.url(names[place + 1] if place + 1 < len(names) else ""))


def _kept(viewer: Viewer, writing: Writing, page: Step) -> HttpResponseBase:
    form = request_form.bind(page, writing.facts, writing.answers, now=viewer.now)
    told = {
        "version": writing.draft.version,
        "said": saved_words(writing),
        "shape": form.shape,
    }
    return JsonResponse(told)


def _elsewhere(
    request: HttpRequest, viewer: Viewer, writing: Writing, page: Step, mine: Answers
) -> Made:
    """Another tab or device saved it meanwhile: both are shown, and nothing is written over."""
    if _wants_json(request):
        return JsonResponse({}, status=409)
    now, facts = viewer.now, writing.facts
    posted = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    values = {
        "writing": writing,
        "title": writing.kind.title(),
        "theirs": recap(page, facts, writing.answers, now=now),
        "mine": recap(page, facts, {**writing.answers, **mine}, now=now),
        "posted": [pair for pair in posted if not pair[0].startswith(("_", "csrf"))],
        "saved": words.when(writing.draft.saved_at),
        "step_url": writing.url(page.name),
    }
    return Page("portal/requests/elsewhere.jinja", values, rubric=RUBRIC, status=409)


def _page(
    viewer: Viewer,
    writing: Writing,
    page: Step,
    problems: tuple[Problem, ...] | list[Problem] = (),
    *,
    status: int = 200,
) -> Page:
    form = request_form.bind(
        page, writing.facts, writing.answers, now=viewer.now, problems=problems
    )
    steps = writing.steps()
    names = [one.name for one in steps]
    values = {
        **_frame(writing, names.index(page.name) + 1, steps),
        "page": page,
        "form": form,
        "papers": _papers(viewer, writing) if page.papers else None,
        "saved": saved_words(writing) if writing.draft.version else "",
        "first": page.name == names[0],
        "step_url": writing.url(page.name),
    }
    return Page("portal/requests/step.jinja", values, rubric=RUBRIC, status=status)


def _papers(viewer: Viewer, writing: Writing) -> object:
    papers = writing.kind.papers(writing.facts, writing.answers)
    if not papers:
        return None
    uploads = uploads_of(viewer, writing.draft.id)
    return paper_list(draft_place(viewer, writing), papers, uploads)


def _recap(viewer: Viewer, writing: Writing, *, moved: bool = False) -> Page:
    """Each page in words with the way back to it, what is wrong, and what is not there yet."""
    facts, answers = writing.facts, writing.answers
    steps, problems = writing.steps(), _problems(writing)
    uploads = given(uploads_of(viewer, writing.draft.id))
    codes = [one.piece for one in uploads]
    papers = writing.kind.papers(facts, answers)
    named = {one.code: one.label for one in papers}
    values = {
        **_frame(writing, len(steps) + 1, steps),
        "chapters": [
            (
                one,
                writing.url(one.name),
                recap(one, facts, answers, now=viewer.now),
                [problem.words for problem in problems if problem.step == one.name],
            )
            for one in steps
        ],
        "wrong": [one.words for one in problems],
        "uploads": [(named.get(one.piece, ""), one.file_name) for one in uploads],
        "missing": papers_missing(writing.kind, facts, answers, given=codes),
        "papers_url": next((writing.url(one.name) for one in steps if one.papers), ""),
        "moved": moved,
    }
    status = 409 if moved else 200
    return Page("portal/requests/check.jinja", values, rubric=RUBRIC, status=status)


def _frame(writing: Writing, place: int, steps: tuple[Step, ...]) -> dict[str, object]:
    """What stands around each page: its steps, the delays that were measured."""
    code = writing.kind.code
    return {
        "writing": writing,
        "title": writing.kind.title(),
        "steps": list(words.chapters([one.title for one in steps])),
        "place": place,
        "complete": words.delay(delays(code, asked=False)),
        "asked_again": words.delay(delays(code, asked=True)),
        "kept_days": drafting.KEPT_DAYS,
    }


def saved_words(writing: Writing) -> str:
    """``Brouillon enregistré à 21 h 14.``"""
    return _("Draft saved on %(when)s.") % {"when": words.when(writing.draft.saved_at)}


def _writing(viewer: Viewer, draft: UUID) -> Writing | HttpResponseBase:
    """The reader's draft; the way to the request that it became; else not found."""
    found = own_draft(viewer, draft)
    if found is None:
        if find_case(viewer, draft) is None:
            raise Http404
        return redirect("portal:request-receipt", id=draft)
    return Writing(found, kind_named(found.kind), facts_for(viewer))


def _with(writing: Writing, answers: Answers, version: int, viewer: Viewer) -> Writing:
    merged = {**writing.answers, **answers}
    moved = version != writing.draft.version
    draft = replace(
        writing.draft,
        answers=merged,
        version=version,
        saved_at=viewer.now if moved else writing.draft.saved_at,
    )
    return replace(writing, draft=draft)


def _problems(writing: Writing) -> tuple[Problem, ...]:
    return problems_of(writing.kind, writing.facts, writing.answers)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
