"""A certificate that the list does not have."""

from django.utils.translation import gettext as _

from havre.commons.cases.words import Answers
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.naming import people_options
from havre.journeys.requests.words import (
    Family,
    Field,
    FieldType,
    Option,
    Paper,
    Reason,
    Step,
)


class CertificateNotListed(Kind):
    code = "certificate"
    family = Family.OTHER
    icon = "patch-check"
    target_days = 2

    def title(self) -> str:
        return _("A certificate that is not in the list")

    def summary(self) -> str:
        return _("When an embassy, a school or an employer asks for other words than ours.")

    def search_words(self) -> str:
        return _("certificate attestation visa embassy consulate school employer letter wording")

    def begin(self, facts: Facts) -> Answers:
        return {"people": [str(facts.me.id)], "language": facts.language}

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        return (
            Step(
                name="certificate",
                title=_("The certificate"),
                parts=(
                    Field(
                        name="people",
                        label=_("For whom"),
                        type=FieldType.CHOICES,
                        options=people_options(facts, only_mine=False),
                    ),
                    Field(
                        name="recipient",
                        label=_("Who asks for it"),
                        hint=_("For instance the consulate of Japan in Lyon"),
                        at_most="160",
                    ),
                    Field(
                        name="words",
                        label=_("What it must say"),
                        type=FieldType.LONG,
                        hint=_("Copy the words you were given, in their language."),
                        at_most="4000",
                    ),
                    Field(
                        name="language",
                        label=_("In which language"),
                        type=FieldType.CHOICE,
                        options=_languages(),
                    ),
                    _needed_by(facts),
                ),
                papers=True,
            ),
        )

    def papers(self, facts: Facts, answers: Answers) -> tuple[Paper, ...]:
        return (
            Paper(
                code="model",
                label=_("The model you were given"),
                hint=_("A form, a letter or a screenshot"),
                required=False,
            ),
        )

    def headline(self, facts: Facts, answers: Answers) -> str:
        recipient = str(answers.get("recipient", ""))
        return _("Certificate for %(recipient)s") % {"recipient": recipient}

    def reasons(self) -> tuple[Reason, ...]:
        return (
            Reason(
                "not-covered",
                _("The contract does not say so"),
                _("We cannot certify it: your contract does not say so."),
            ),
            Reason(
                "in-the-list",
                _("It is in the list"),
                _("This certificate is in your space, under Certificates: it is ready at once."),
            ),
        )


def _needed_by(facts: Facts) -> Field:
    return Field(
        name="needed_by",
        label=_("Needed by"),
        type=FieldType.DATE,
        required=False,
        at_least=facts.today.isoformat(),
    )


def _languages() -> tuple[Option, ...]:
    return (
        Option("fr", _("French")),
        Option("en", _("English")),
        Option("es", _("Spanish")),
        Option("pt", _("Portuguese")),
    )


KIND = CertificateNotListed()
