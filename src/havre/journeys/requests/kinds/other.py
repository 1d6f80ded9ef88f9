"""Anything that has no form of its own."""

from django.utils.translation import gettext as _

from havre.commons.cases.words import Answers
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.words import Family, Field, FieldType, Paper, Reason, Step


class Other(Kind):
    code = "other"
    family = Family.OTHER
    icon = "chat-left-text"

    def title(self) -> str:
        return _("Another request")

    def summary(self) -> str:
        return _("Ask us anything that is not in the list.")

    def search_words(self) -> str:
        return _("question help information something else")

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        return (
            Step(
                name="request",
                title=_("Your request"),
                parts=(
                    Field(name="subject", label=_("Subject"), at_most="120"),
                    Field(
                        name="words",
                        label=_("Your request"),
                        type=FieldType.LONG,
                        hint=_("Leave out what is medical: the team that reads it is not medical."),
                        at_most="4000",
                    ),
                ),
                papers=True,
            ),
        )

    def papers(self, facts: Facts, answers: Answers) -> tuple[Paper, ...]:
        return (
            Paper(
                code="other",
                label=_("Anything that helps"),
                hint=_("A letter, a form, a screenshot"),
                required=False,
            ),
        )

    def headline(self, facts: Facts, answers: Answers) -> str:
        return str(answers.get("subject") or self.title())

    def reasons(self) -> tuple[Reason, ...]:
        return (
            Reason(
                "not-ours",
                _("Not ours to decide"),
                _("This is not ours to decide. Here is whom to ask, and how."),
            ),
        )


KIND = Other()
