"""What is still missing or wrong in a form, before it can be sent."""

from collections.abc import Collection, Iterable, Iterator

from django.utils.translation import gettext as _

from havre.commons.cases.words import Answers
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.words import Field, Paper, Part, Problem, Step

TYPED = "_typed"
"""In the answers of a draft: what was typed and could not be read, by field. Never filed."""


def asked(field: Field, answers: Answers) -> bool:
    """Whether a question is asked, given what is answered beside it."""
    if field.when is None:
        return True
    name, values = field.when
    held = answers.get(name)
    held_values = held if isinstance(held, list) else [_word(held)]
    return any(value in values for value in held_values)


def problems_of(kind: Kind, facts: Facts, answers: Answers) -> tuple[Problem, ...]:
    """Everything that stands between the form and its sending, step by step."""
    found = [problem for step in kind.steps(facts, answers) for problem in _of_step(step, answers)]
    return (*found, *kind.problems(facts, answers))


def left_empty(parts: Iterable[Part], answers: Answers) -> tuple[str, ...]:
    """What an agent has to fill in and did not, in words. Lines are their kind's to look at."""
    step = Step(name="", title="", parts=tuple(parts))
    found = [
        problem
        for field in step.fields()
        for problem in _of_field(step, field, answers, field.name, ())
    ]
    return tuple(problem.words for problem in found)


def papers_missing(
    kind: Kind, facts: Facts, answers: Answers, *, given: Collection[str]
) -> tuple[Paper, ...]:
    """The papers of the checklist that were not sent: said before sending, and no obstacle to it."""
    return tuple(
        paper for paper in kind.papers(facts, answers) if paper.required and paper.code not in given
    )


def kept(kind: Kind, facts: Facts, answers: Answers) -> Answers:
    """What is filed: the answers to questions that are asked, and nothing that was typed and left."""
    made: Answers = {}
    for step in kind.steps(facts, answers):
        for field in step.fields():
            if field.name in answers and asked(field, answers):
                made[field.name] = answers[field.name]
        for group in step.groups():
            made[group.name] = [
                {
                    field.name: row[field.name]
                    for field in group.fields
                    if field.name in row and asked(field, row)
                }
                for row in answers.get(group.name, [])
            ]
    return made


def is_empty(value: object) -> bool:
    """Whether nothing was answered: "no" is an answer."""
    if isinstance(value, dict):
        return not any(value.values())
    return value is None or value in ("", [])


def _of_step(step: Step, answers: Answers) -> Iterator[Problem]:
    typed = answers.get(TYPED, {})
    for field in step.fields():
        yield from _of_field(step, field, answers, field.name, typed)
    for group in step.groups():
        rows = answers.get(group.name, [])
        if len(rows) < group.at_least:
            words = _("Add at least one: %(what)s.") % {"what": group.one}
            yield Problem(step.name, group.name, words)
        for place, row in enumerate(rows):
            for field in group.fields:
                name = f"{group.name}.{place}.{field.name}"
                yield from _of_field(step, field, row, name, typed)


def _of_field(
    step: Step, field: Field, answers: Answers, name: str, typed: Collection[str]
) -> Iterator[Problem]:
    if not asked(field, answers):
        return
    if name in typed:
        words = _("“%(label)s” could not be read. Correct it.") % {"label": field.label}
        yield Problem(step.name, name, words)
    elif field.required and is_empty(answers.get(field.name)):
        words = _("“%(label)s” is missing.") % {"label": field.label}
        yield Problem(step.name, name, words)
    elif field.required and field.type == "TICK" and answers.get(field.name) is not True:
        words = _("Tick “%(label)s” to go on.") % {"label": field.label}
        yield Problem(step.name, name, words)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
