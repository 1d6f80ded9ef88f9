"""What a request says, in words: before it is sent, on its page, on paper, at the desk."""

from collections.abc import Iterator
from datetime import datetime

from havre.commons.cases.words import Answers as Held
from havre.doors.ui.request_answers import Answers, contract_label
from havre.journeys.requests.checking import asked, is_empty
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.words import Field, FieldType, Group, Line, Note, Step


def recap(step: Step, facts: Facts, held: Held, *, now: datetime) -> tuple[Line, ...]:
    """What was answered on a page, in its order; what was not is left out."""
    return tuple(_lines(step, facts, held, Answers(facts, now=now)))


def _lines(step: Step, facts: Facts, held: Held, answers: Answers) -> Iterator[Line]:
    for part in step.parts:
        if isinstance(part, Group):
            rows = tuple(
                tuple(_said(part.fields, facts, row, answers)) for row in held.get(part.name) or ()
            )
            if rows := tuple(row for row in rows if row):
                yield Line(part.label, "", step.name, rows)
        elif not isinstance(part, Note):
            for label, value in _said((part,), facts, held, answers):
                yield Line(label, value, step.name)


def _said(
    fields: tuple[Field, ...], facts: Facts, held: Held, answers: Answers
) -> Iterator[tuple[str, str]]:
    for one in fields:
        value = held.get(one.name)
        if not is_empty(value) and asked(one, held):
            yield one.label, _word(one, facts, value, answers)


def _word(one: Field, facts: Facts, value: object, answers: Answers) -> str:
    """People and contracts by their names, of those that are no longer offered too."""
    if one.type is FieldType.PERSON and (person := facts.person(str(value))):
        return person.full_name
    if one.type is FieldType.CONTRACT and (label := contract_label(facts, str(value))):
        return label
    return answers.to(one).said(value)
