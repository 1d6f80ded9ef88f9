"""The form of a request, page by page: what is kept, as it is drawn; what is typed, as it is kept.

A kind of request says what it asks as plain values (``journeys.requests.words``); both doors draw and
read it here. Everything is in the draft: nothing is lost that could not be read, it is kept as typed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from havre.commons.cases.words import Answers as Held
from havre.doors.ui.forms import FieldView
from havre.doors.ui.numbers import counted
from havre.doors.ui.request_answers import Answers
from havre.doors.ui.request_fields import Answer, Drawn, Place, Typed, Unreadable
from havre.journeys.requests.checking import TYPED, asked
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.words import Field, Group, Note, Problem, Step

ADD, REMOVE = "add", "remove"
_ROWS = "_rows"


@dataclass(frozen=True)
class Question:
    """A field of the page. ``when``: the control it depends on and the values that ask it, for the script."""

    drawn: Drawn
    asked: bool
    when: tuple[str, str] | None = None
    kind: str = "question"

    @property
    def legend_id(self) -> str:
        return f"{self.drawn.views[0].id}-of"


@dataclass(frozen=True)
class Row:
    """One line of a group."""

    title: str
    questions: tuple[Question, ...]
    remove: str = ""
    """The value of the button that removes it; "" where it must stay."""


@dataclass(frozen=True)
class Lines:
    """A group: its lines, how many there are for the reader of the form, the button that adds one."""

    name: str
    label: str
    rows: tuple[Row, ...]
    count: str
    add: str
    add_label: str
    problems: tuple[str, ...] = ()
    kind: str = "lines"


@dataclass(frozen=True)
class Words:
    """A sentence between questions, a template of the door's, or a table, its head first."""

    words: str
    template: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    caption: str = ""
    kind: str = "words"


Shown = Question | Lines | Words


@dataclass(frozen=True)
class Read:
    """What a page holds, to be kept beside the rest of the draft."""

    answers: Held
    asked_for: str = ""
    """What the button asks: "add:lines", "remove:lines:2", or a word of the page's."""


@dataclass(frozen=True)
class StepForm:
    """A page of the form, to draw. ``summary``: what is wrong, with the control to go to."""

    parts: tuple[Shown, ...]
    summary: tuple[tuple[str, str], ...] = ()
    shape: str = field(default="")
    """Changes where other questions, lines or choices are shown than before."""


def bind(
    step: Step,
    facts: Facts,
    held: Held,
    *,
    now: datetime,
    problems: Iterable[Problem] = (),
) -> StepForm:
    """The page of ``step`` with what is kept. ``problems`` of other steps are left out.

    What could not be read is always told, in its own words.
    """
    said: dict[str, list[str]] = {}
    typed = held.get(TYPED, {})
    for problem in problems:
        if problem.step == step.name and problem.field not in typed:
            said.setdefault(problem.field, []).append(problem.words)
    page = _Page(Answers(facts, now=now), held, typed, said)
    parts = tuple(page.shown(step))
    known = {identity for identity, _words in page.summary}
    left = [(name, one) for name, words in said.items() if name not in known for one in words]
    left = [("" if name not in page.ids else name, one) for name, one in left]
    return StepForm(parts, (*left, *page.summary), _shape(parts))


def read(step: Step, facts: Facts, held: Held, posted: QueryDict, *, now: datetime) -> Read:
    """What was typed on the page of ``step``, beside what is ``held``; a line added or removed if asked."""
    answers = Answers(facts, now=now)
    own = _names(step)
    typed = {
        path: raw for path, raw in held.get(TYPED, {}).items() if path.partition(".")[0] not in own
    }
    made: Held = {}
    for one in step.fields():
        made[one.name] = _read_field(answers.to(one), posted, one.name, typed)
    what = posted.get("_do", "")
    for group in step.groups():
        order = _order(group, posted, what)
        made[group.name] = [
            _read_row(answers, group, posted, at, rank, typed) for rank, at in enumerate(order)
        ]
    return Read({**made, TYPED: typed}, what)


def is_of_lines(what: str) -> bool:
    """Whether a button adds or removes a line: the page comes back."""
    return what.partition(":")[0] in {ADD, REMOVE}


def begun(step: Step, held: Held) -> bool:
    """Whether anything of a page was ever kept."""
    return any(name in held for name in _names(step))


def _names(step: Step) -> set[str]:
    return {one.name for one in step.fields()} | {group.name for group in step.groups()}


class _Page:
    def __init__(
        self,
        answers: Answers,
        held: Held,
        typed: Mapping[str, Typed],
        said: Mapping[str, list[str]],
    ) -> None:
        self._answers, self._held, self._typed, self._said = answers, held, typed, said
        self.summary: list[tuple[str, str]] = []
        self.ids: set[str] = set()

    def shown(self, step: Step) -> Iterator[Shown]:
        for part in step.parts:
            if isinstance(part, Note):
                yield Words(part.words, part.template, part.rows, part.caption)
            elif isinstance(part, Group):
                yield self._lines(part)
            else:
                yield self._question(part, self._held, "")

    def _lines(self, group: Group) -> Lines:
        self.ids.add(group.name)
        problems = tuple(self._said.get(group.name, ()))
        self.summary += [(group.name, words) for words in problems]
        held = self._held.get(group.name) or []
        rows = [*held, *({} for _each in range(max(1, group.at_least) - len(held)))]
        return Lines(
            name=group.name,
            label=group.label,
            rows=tuple(self._row(group, row, at, len(rows)) for at, row in enumerate(rows)),
            count=f"{group.name}.{_ROWS}",
            add=f"{ADD}:{group.name}" if len(rows) < group.at_most else "",
            add_label=group.add,
            problems=problems,
        )

    def _row(self, group: Group, row: Held, at: int, count: int) -> Row:
        title = _("%(what)s %(number)d") % {"what": group.one, "number": at + 1}
        questions = tuple(self._question(one, row, f"{group.name}.{at}.") for one in group.fields)
        removable = count > max(1, group.at_least)
        return Row(title, questions, f"{REMOVE}:{group.name}:{at}" if removable else "")

    def _question(self, one: Field, held: Held, before: str) -> Question:
        answer, path = self._answers.to(one), before + one.name
        shown = asked(one, held)
        problems = tuple(self._said.get(path, ())) if shown else ()
        typed = self._typed.get(path)
        if typed is not None and shown:
            problems = (*_why(answer, typed), *problems)
        value = held.get(one.name)
        drawn = answer.drawn(
            typed if typed is not None else answer.typed_of(value), Place(path, problems)
        )
        self.ids.add(path)
        self.summary += [(path, words) for words in problems]
        when = (before + one.when[0], " ".join(one.when[1])) if one.when else None
        return Question(drawn, shown, when)


def _why(answer: Answer, typed: Typed) -> tuple[str, ...]:
    try:
        answer.read(typed)
    except Unreadable as wrong:
        return (str(wrong),)
    return ()


def _order(group: Group, posted: QueryDict, what: str) -> list[int]:
    """Which lines of the page are kept, in their order; one that is not there yet is added."""
    count = counted(posted.get(f"{group.name}.{_ROWS}", ""))
    order = list(range(min(count or 0, group.at_most)))
    doing, _colon, rest = what.partition(":")
    name, _colon, at = rest.partition(":")
    gone = counted(at)
    if name == group.name and doing == REMOVE and gone in order:
        order.remove(gone)
    if name == group.name and doing == ADD and len(order) < group.at_most:
        order.append(len(order))
    return order


def _read_row(
    answers: Answers,
    group: Group,
    posted: QueryDict,
    at: int,
    rank: int,
    typed: dict[str, Any],
) -> Held:
    found: Held = {}
    for one in group.fields:
        path, kept = f"{group.name}.{at}.{one.name}", f"{group.name}.{rank}.{one.name}"
        found[one.name] = _read_field(answers.to(one), posted, path, typed, kept=kept)
    return {name: value for name, value in found.items() if value is not None}


def _read_field(
    answer: Answer, posted: QueryDict, path: str, typed: dict[str, Any], *, kept: str = ""
) -> Any:
    raw = {
        part: posted.getlist(f"{path}.{part}" if part else path)
        for part in answer.parts
        if (f"{path}.{part}" if part else path) in posted
    }
    try:
        return answer.read(raw)
    except Unreadable:
        typed[kept or path] = raw
        return None


def _shape(parts: Iterable[Shown]) -> str:
    """Of what the server decides alone: conditions within a page are the script's to follow."""
    said = "\n".join(f"{view.id} {len(view.options)}" for view in _views(parts))
    words = "\n".join(
        f"{part.words}{part.template}{part.rows}" for part in parts if isinstance(part, Words)
    )
    return sha256(f"{said}\n{words}".encode()).hexdigest()[:12]


def _views(parts: Iterable[Shown]) -> Iterator[FieldView]:
    for part in parts:
        if isinstance(part, Question):
            yield from part.drawn.views
        elif isinstance(part, Lines):
            for row in part.rows:
                for question in row.questions:
                    yield from question.drawn.views
