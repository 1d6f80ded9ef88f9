"""Questions and answers: by topic, searched as one types, and whether the answer helped (W38, S8)."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from havre.commons.content import actions
from havre.commons.content import queries as content
from havre.commons.content.queries import Published
from havre.commons.content.words.faq import Faq, Question
from havre.doors.portal.page import Made, Page, Viewer, open_page, public_page, today
from havre.doors.ui.addresses import url


@dataclass(frozen=True)
class Answered:
    """A question with its answer as safe HTML."""

    id: str
    question: str
    html: str
    is_open: bool
    thanked: bool


@dataclass(frozen=True)
class Section:
    """The questions of a topic; those found by a search stand in one section without a title."""

    id: str
    title: str
    questions: list[Answered]


@require_safe
@open_page
def faq(request: HttpRequest, viewer: Viewer | None) -> Made:  # noqa: ARG001  # the same for all
    """``?q=`` is what one looks for; ``?question=`` opens one, ``?thanks=`` the one just judged."""
    thanked = request.GET.get("thanks", "")
    return faq_page(
        content.in_force(content.FAQ, today=today()),
        typed=request.GET.get("q", "").strip(),
        opened={thanked, request.GET.get("question", "")},
        thanked=thanked,
    )


def faq_page(
    published: Published[Faq] | None, *, typed: str, opened: Collection[str], thanked: str
) -> Page:
    """The page of a version: those found where something is typed; ``opened`` show their answer."""
    sections = _sections(published, typed, opened, thanked) if published else []
    values = {
        "typed": typed,
        "sections": sections,
        "topics": published.document.topics if published and not typed else (),
        "told": _told(sum(len(one.questions) for one in sections)) if typed else "",
    }
    return Page("portal/faq.jinja", values, rubric="faq")


@require_POST
@public_page
def answered(request: HttpRequest) -> Made:
    """One more who says so. Neither the session nor the account is looked at."""
    day = today()
    published = content.in_force(content.FAQ, today=day)
    question, _space, said = request.POST.get("answer", "").partition(" ")
    known = published and any(
        one.id == question for topic in published.document.topics for one in topic.questions
    )
    if not known or said not in {"yes", "no"}:
        raise Http404
    actions.count_answer(question=question, helped=said == "yes", today=day)
    return redirect(f"{url('portal:faq')}?thanks={question}#{question}")


def _sections(
    published: Published[Faq], typed: str, opened: Collection[str], thanked: str
) -> list[Section]:
    language = translation.get_language() or "fr"

    def shown(one: Question) -> Answered:
        return Answered(
            id=one.id,
            question=one.question.said_in(language),
            html=content.html(one.answer.said_in(language)),
            is_open=one.id in opened,
            thanked=one.id == thanked,
        )

    if typed:
        found = content.find_questions(published, typed=typed, language=language)
        return [Section("found", "", [shown(one) for one in found])] if found else []
    return [
        Section(topic.id, topic.title.said_in(language), [shown(one) for one in topic.questions])
        for topic in published.document.topics
    ]


def _told(found: int) -> str:
    if not found:
        return _("Nothing was found.")
    return ngettext("%(num)d question found", "%(num)d questions found", found) % {"num": found}
