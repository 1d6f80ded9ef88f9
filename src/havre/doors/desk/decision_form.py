"""What an agent fills in to validate: the kind's own questions, drawn and read as the member's are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from havre.commons.cases.words import Answers
from havre.doors.desk.request_read import Work
from havre.doors.ui import request_form
from havre.doors.ui.request_form import StepForm
from havre.journeys.requests.checking import TYPED
from havre.journeys.requests.registry import kind_of
from havre.journeys.requests.words import Step


@dataclass(frozen=True)
class Read:
    """What was typed: values that could be read, and the rest as it was typed."""

    details: Answers
    typed: Mapping[str, Any]


class DecisionForm:
    """The decision form of one request. Needs the guard of the request, and its content open."""

    def __init__(self, work: Work, *, now: datetime) -> None:
        self._facts, self._now = work.facts, now
        parts = kind_of(work.case.kind).decision_form(work.opened, work.facts)
        self._step = Step(name="decision", title="", parts=parts)

    def drawn(self, details: Answers, typed: Mapping[str, Any]) -> StepForm:
        """The questions with what they hold."""
        held = {**details, TYPED: dict(typed)}
        return request_form.bind(self._step, self._facts, held, now=self._now)

    def read(self, form: QueryDict) -> Read:
        """What the form says."""
        answers = dict(request_form.read(self._step, self._facts, {}, form, now=self._now).answers)
        typed = answers.pop(TYPED, {})
        return Read({name: value for name, value in answers.items() if value is not None}, typed)
