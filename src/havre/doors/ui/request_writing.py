"""Writing a request at either door: page by page, each kept as it is typed, then all of it read again.

A door says whose draft it is, where its pages are and under which guard papers are sent (``Writing``), and
draws what comes back (``Shown``). What the pages hold and what their buttons do is said here, once.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from havre.commons.cases.actions import DraftGone, SavedElsewhere
from havre.commons.cases.queries import DraftSeen
from havre.commons.cases.words import Answers, By
from havre.commons.documents import actions as filed_with
from havre.commons.documents import queries as documents
from havre.commons.documents.queries import UploadSeen
from havre.doors.ui import request_form
from havre.doors.ui import request_words as words
from havre.doors.ui.request_form import is_of_lines
from havre.doors.ui.request_papers import given, paper_list
from havre.doors.ui.request_recap import recap
from havre.doors.ui.uploading import UploadPlace
from havre.doors.ui.uploads import UploadList
from havre.foundation.db import Channel
from havre.journeys.requests import drafting
from havre.journeys.requests.checking import papers_missing, problems_of
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.filing import NotComplete, file
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.words import Paper, Problem, Step

PAPERS = "papers"
"""Without a script, a button keeps what is written and leads to the papers alone: each file is sent by a
form of its own, which would lose what stands in another one."""


@dataclass(frozen=True)
class Shown:
    """A page of a form: its name, plain values, and a status, for the door to draw."""

    name: str
    values: Mapping[str, object]
    status: int = 200


@dataclass(frozen=True)
class Writing(ABC):
    """A draft with all that its pages need. Its door says where they are."""

    draft: DraftSeen
    kind: Kind
    facts: Facts
    now: datetime

    @abstractmethod
    def url(self, step: str = "") -> str:
        """The page of this name; without one, where all of it is read again."""

    @abstractmethod
    def leave_url(self) -> str:
        """Where who leaves it for later is led."""

    @abstractmethod
    def place(self) -> UploadPlace:
        """Where its papers are sent."""

    @property
    def answers(self) -> Answers:
        return self.draft.answers

    def steps(self) -> tuple[Step, ...]:
        """The pages of the form: those that ask something, or where papers may be sent."""
        steps = self.kind.steps(self.facts, self.answers)
        papers = bool(self.papers())
        return tuple(step for step in steps if step.parts or (step.papers and papers))

    def step(self, name: str) -> Step:
        """The page of this name. Not found where what is answered leaves it out."""
        for step in self.steps():
            if step.name == name:
                return step
        raise Http404

    def papers_url(self) -> str:
        """The page that takes papers; "" where none does."""
        return next((self.url(one.name) for one in self.steps() if one.papers), "")

    def papers(self) -> tuple[Paper, ...]:
        return self.kind.papers(self.facts, self.answers)

    def papers_here(self) -> tuple[Paper, ...]:
        """Those that can be sent from here."""
        return self.papers()

    def uploads(self) -> tuple[UploadSeen, ...]:
        return documents.uploads_of(household=self.facts.household, subject=self.draft.id)

    def problems(self) -> tuple[Problem, ...]:
        return problems_of(self.kind, self.facts, self.answers)

    def saved(self) -> str:
        """When it was last kept, in words."""
        return _("Draft saved on %(when)s.") % {"when": words.when(self.draft.saved_at)}


def resumed(writing: Writing) -> HttpResponseBase:
    """To the page where it was left."""
    names = [step.name for step in writing.steps()]
    return redirect(writing.url(writing.draft.step if writing.draft.step in names else names[0]))


def page_of(request: HttpRequest, writing: Writing, name: str) -> Shown | HttpResponseBase:
    """One page of the form; each of its buttons keeps what is written there."""
    page = writing.step(name)
    if request.method == "POST":
        return _save(request, writing, page)
    problems = writing.problems() if "check" in request.GET else ()
    return _page(writing, page, problems, alone=page.papers and PAPERS in request.GET)


def check(writing: Writing, *, moved: bool = False) -> Shown:
    """Each page in words with the way back to it, what is wrong, and what is not there yet."""
    facts, answers = writing.facts, writing.answers
    steps, problems = writing.steps(), writing.problems()
    uploads = given(writing.uploads())
    codes = [one.piece for one in uploads]
    named = {one.code: one.label for one in writing.papers()}
    values = {
        **_frame(writing, len(steps) + 1, steps),
        "chapters": [
            (
                one,
                writing.url(one.name),
                recap(one, facts, answers, now=writing.now),
                [problem.words for problem in problems if problem.step == one.name],
            )
            for one in steps
        ],
        "wrong": [one.words for one in problems],
        "uploads": [(named.get(one.piece, ""), one.file_name) for one in uploads],
        "missing": papers_missing(writing.kind, facts, answers, given=codes),
        "papers_url": writing.papers_url(),
        "moved": moved,
    }
    return Shown("check", values, 409 if moved else 200)


def send(
    request: HttpRequest,
    writing: Writing,
    *,
    channel: Channel,
    by: By,
    contests: UUID | None = None,
    language: str | None = None,
) -> Shown | None:
    """Put on file what was read, once however often it is sent; the page again where it cannot be.

    ``language``: of whom it belongs to, where another one reads it here. Refuses ``FiledOtherwise`` and
    ``DraftGone``. Needs the guard of the household.
    """
    if request.POST.get("_version") != str(writing.draft.version):
        return check(writing, moved=True)
    try:
        with translation.override(language or translation.get_language()):
            file(
                kind=writing.kind,
                draft=writing.draft,
                facts=writing.facts,
                papers=[one.id for one in given(writing.uploads())],
                channel=channel,
                by=by,
                now=writing.now,
                contests=contests,
            )
    except NotComplete:
        return check(writing)
    household = writing.facts.household
    filed_with.keep_uploads(household=household, subject=writing.draft.id, now=writing.now)
    return None


def _save(request: HttpRequest, writing: Writing, page: Step) -> Shown | HttpResponseBase:
    posted = request.POST
    read = request_form.read(page, writing.facts, writing.answers, posted, now=writing.now)
    version = posted.get("_version", "")
    try:
        kept = drafting.save(
            draft=writing.draft,
            answers=read.answers,
            step=page.name,
            version=int(version) if version.isdecimal() and len(version) < 10 else -1,
            now=writing.now,
        )
    except DraftGone:
        raise Http404 from None
    except SavedElsewhere:
        return _elsewhere(request, writing, page, read.answers)
    saved = _with(writing, read.answers, kept)
    if _wants_json(request):
        return _kept(saved, page)
    return _onward(saved, page, read.asked_for)


def _onward(writing: Writing, page: Step, what: str) -> Shown | HttpResponseBase:
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
    if what == PAPERS:
        return redirect(f"{writing.url(page.name)}?{PAPERS}")
    if what == "leave":
        return redirect(writing.leave_url())
    if what == "back":
        return redirect(writing.url(names[max(0, place - 1)]))
    problems = [one for one in writing.problems() if one.step == page.name]
    if problems:
        return _page(writing, page, problems, status=422)
    return redirect(writing.url(names[place + 1] if place + 1 < len(names) else ""))


def _kept(writing: Writing, page: Step) -> HttpResponseBase:
    form = request_form.bind(page, writing.facts, writing.answers, now=writing.now)
    told = {"version": writing.draft.version, "said": writing.saved(), "shape": form.shape}
    return JsonResponse(told)


def _elsewhere(
    request: HttpRequest, writing: Writing, page: Step, mine: Answers
) -> Shown | HttpResponseBase:
    """Another tab or device saved it meanwhile: both are shown, and nothing is written over."""
    if _wants_json(request):
        return JsonResponse({}, status=409)
    now, facts = writing.now, writing.facts
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
    return Shown("elsewhere", values, 409)


def _page(
    writing: Writing,
    page: Step,
    problems: Sequence[Problem] = (),
    *,
    status: int = 200,
    alone: bool = False,
) -> Shown:
    """``alone``: its papers without its questions."""
    form = request_form.bind(
        page, writing.facts, writing.answers, now=writing.now, problems=problems
    )
    steps = writing.steps()
    names = [one.name for one in steps]
    values = {
        **_frame(writing, names.index(page.name) + 1, steps),
        "page": page,
        "form": form,
        "papers": _papers(writing) if page.papers else None,
        "alone": alone,
        "saved": writing.saved() if writing.draft.version else "",
        "first": page.name == names[0],
        "step_url": writing.url(page.name),
    }
    return Shown("step", values, status)


def _papers(writing: Writing) -> UploadList | None:
    papers = writing.papers_here()
    return paper_list(writing.place(), papers, writing.uploads()) if papers else None


def _frame(writing: Writing, place: int, steps: tuple[Step, ...]) -> dict[str, Any]:
    """What stands around each page: its steps, the delays that were measured."""
    code = writing.kind.code
    return {
        "writing": writing,
        "title": writing.kind.title(),
        "steps": list(words.chapters([one.title for one in steps])),
        "place": place,
        "complete": words.delay(words.delays(code, asked=False)),
        "asked_again": words.delay(words.delays(code, asked=True)),
        "kept_days": drafting.KEPT_DAYS,
    }


def _with(writing: Writing, answers: Answers, version: int) -> Writing:
    moved = version != writing.draft.version
    draft = replace(
        writing.draft,
        answers={**writing.answers, **answers},
        version=version,
        saved_at=writing.now if moved else writing.draft.saved_at,
    )
    return replace(writing, draft=draft)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
