"""A right of the person on their data (GDPR art. 15 to 22): answered within one month."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.cases.words import Answers, Clocks
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
    Step,
)

_ANSWER_MONTHS = 1


def _rights() -> tuple[Option, ...]:
    return (
        Option("access", _("Know what you hold about me, and have a copy")),
        Option("rectify", _("Have something corrected")),
        Option("erase", _("Have something erased")),
        Option("restrict", _("Have its use frozen while something is settled")),
        Option("portability", _("Have my data in a format that other services read")),
        Option("object", _("Object to a use of my data")),
        Option("human", _("Have a person look at a decision made by a machine")),
    )


class DataProtection(Kind):
    code = "data-protection"
    family = Family.OTHER
    icon = "shield-check"
    prefix = "P"
    target_days = 10
    needs = "privacy.decide"
    legal_mails = True

    def title(self) -> str:
        return _("Use my rights on my data")

    def summary(self) -> str:
        return _("See, correct, erase, freeze, take away or object to the use of your data.")

    def search_words(self) -> str:
        return _("GDPR CNIL privacy access erase delete copy object rectify portability DPO")

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        return (
            Step(
                name="right",
                title=_("Your right"),
                parts=(
                    Note(
                        words=_(
                            "We answer within one month. You are signed in: no copy of an identity "
                            "paper is asked for."
                        )
                    ),
                    Field(
                        name="right",
                        label=_("What you want"),
                        type=FieldType.CHOICE,
                        options=_rights(),
                    ),
                    Field(
                        name="words",
                        label=_("About what"),
                        type=FieldType.LONG,
                        hint=_("Which data, and why where it matters"),
                        required=answers.get("right") not in ("access", "portability"),
                        at_most="4000",
                    ),
                ),
            ),
        )

    def papers(self, facts: Facts, answers: Answers) -> tuple[Paper, ...]:
        return ()

    def headline(self, facts: Facts, answers: Answers) -> str:
        wanted = {option.value: option.label for option in _rights()}
        return wanted.get(str(answers.get("right")), self.title())

    def clocks(self, filed_at: datetime, answers: Answers) -> Clocks:
        zone = ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)
        local = filed_at.astimezone(zone)
        legal = datetime.combine(
            add_months(local.date(), _ANSWER_MONTHS), local.timetz().replace(tzinfo=None), zone
        )
        due = add_working_days(filed_at, self.target_days, zone=zone)
        return Clocks(due_at=min(due, legal), legal_by=legal)

    def reasons(self) -> tuple[Reason, ...]:
        return (
            Reason(
                "kept-by-law",
                _("The law has us keep it"),
                _("We may not erase it yet: the law has us keep it. Here is until when."),
            ),
            Reason(
                "excessive",
                _("Asked again without a new fact (GDPR art. 12(5))"),
                _("We answered this a short while ago and nothing has changed since."),
            ),
        )


KIND = DataProtection()
