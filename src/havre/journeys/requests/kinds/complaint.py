"""A formal complaint, with the clocks of the ACPR's recommendations 2022-R-01 and 2024-R-02.

Any expression of dissatisfaction: acknowledged within ten working days of its sending, answered within two
months, and the answer names the mediator.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.cases.words import Answers, Clocks, Outcome
from havre.foundation.dates import add_months
from havre.foundation.working_days import add_working_days
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.words import (
    Family,
    Field,
    FieldType,
    Note,
    Option,
    Paper,
    Reason,
    Request,
    Step,
)

_ACKNOWLEDGE_DAYS, _ANSWER_MONTHS = 10, 2


class Complaint(Kind):
    code = "complaint"
    family = Family.OTHER
    icon = "megaphone"
    prefix = "R"
    target_days = 15
    legal_mails = True

    def title(self) -> str:
        return _("Make a complaint")

    def summary(self) -> str:
        return _(
            "You are not satisfied with a decision, a delay, this space or the way we answered."
        )

    def search_words(self) -> str:
        return _("unhappy dissatisfied contest dispute refusal delay mediator mistake")

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        return (
            Step(
                name="complaint",
                title=_("Your complaint"),
                parts=(
                    Note(words=_promise()),
                    Field(
                        name="subject",
                        label=_("What it is about"),
                        type=FieldType.CHOICE,
                        options=_subjects(),
                    ),
                    Field(
                        name="reference",
                        label=_("Number of the request or of the transfer"),
                        hint=_("If there is one"),
                        required=False,
                        at_most="80",
                    ),
                    Field(
                        name="words",
                        label=_("What happened"),
                        type=FieldType.LONG,
                        at_most="8000",
                    ),
                    Field(
                        name="wish",
                        label=_("What you expect of us"),
                        type=FieldType.LONG,
                        required=False,
                        at_most="2000",
                    ),
                ),
                papers=True,
            ),
        )

    def papers(self, facts: Facts, answers: Answers) -> tuple[Paper, ...]:
        return (
            Paper(
                code="other",
                label=_("Anything that supports it"),
                hint=_("Letters, invoices, screenshots"),
                required=False,
            ),
        )

    def headline(self, facts: Facts, answers: Answers) -> str:
        reference = str(answers.get("reference", "")).strip()
        return _("Complaint about %(what)s") % {"what": reference} if reference else _("Complaint")

    def clocks(self, filed_at: datetime, answers: Answers) -> Clocks:
        zone = ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)
        local = filed_at.astimezone(zone)
        legal = datetime.combine(
            add_months(local.date(), _ANSWER_MONTHS), local.timetz().replace(tzinfo=None), zone
        )
        return Clocks(
            due_at=add_working_days(filed_at, self.target_days, zone=zone),
            acknowledge_by=add_working_days(filed_at, _ACKNOWLEDGE_DAYS, zone=zone),
            legal_by=legal,
        )

    def reasons(self) -> tuple[Reason, ...]:
        return (
            Reason(
                "as-the-contract-says",
                _("The decision is what the contract says"),
                _("We looked at your file again. The decision follows from your contract."),
            ),
        )

    def words_to_member(
        self, request: Request, facts: Facts, outcome: Outcome, details: Answers
    ) -> str:
        return _(
            "If you disagree with this answer, you can go to the mediator, free of charge. "
            "The contact page says how."
        )


def _promise() -> str:
    return _(
        "We acknowledge it within ten working days and answer within two months. "
        "If you disagree with the answer, or have none by then, you can go to the "
        "mediator, free of charge."
    )


def _subjects() -> tuple[Option, ...]:
    return (
        Option("reimbursement", _("A reimbursement")),
        Option("decision", _("The answer to a request")),
        Option("contract", _("My contract or a contribution")),
        Option("service", _("A delay, or the way I was answered")),
        Option("space", _("This member space")),
        Option("other", _("Something else")),
    )


KIND = Complaint()
