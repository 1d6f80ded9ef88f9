"""What someone insured is to the policyholder."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from havre.commons.cases.queries import DecisionSeen
from havre.commons.cases.words import Answers, Outcome
from havre.domains.people import actions as people
from havre.domains.people.words import FamilyLink
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.naming import link_name, origin_of
from havre.journeys.requests.words import (
    Change,
    Family,
    Field,
    FieldType,
    Option,
    Paper,
    Problem,
    Reason,
    Request,
    Step,
)


class ChangeBeneficiary(Kind):
    code = "beneficiary-change"
    family = Family.INFORMATION
    icon = "people"
    target_days = 3

    def title(self) -> str:
        return _("Change the family link of someone I insure")

    def summary(self) -> str:
        return _("You married your partner, or the link we hold is wrong.")

    def search_words(self) -> str:
        return _("beneficiary spouse partner child link wedding")

    def closed_because(self, facts: Facts) -> str:
        if facts.me.link is not FamilyLink.HOLDER:
            return _("Only the policyholder can change a family link.")
        return "" if _others(facts) else _("You are alone on your contract.")

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        links = tuple(
            Option(link.value, link_name(link))
            for link in FamilyLink
            if link is not FamilyLink.HOLDER
        )
        return (
            Step(
                name="link",
                title=_("The link"),
                parts=(
                    Field(
                        name="person",
                        label=_("For whom"),
                        type=FieldType.PERSON,
                        options=_others(facts),
                    ),
                    Field(
                        name="link",
                        label=_("What they are to you"),
                        type=FieldType.CHOICE,
                        options=links,
                    ),
                    Field(
                        name="since",
                        label=_("Since when"),
                        type=FieldType.DATE,
                        at_most=facts.today.isoformat(),
                    ),
                ),
                papers=True,
            ),
        )

    def problems(self, facts: Facts, answers: Answers) -> tuple[Problem, ...]:
        if answers.get("person") in {option.value for option in _others(facts)}:
            return ()
        return (Problem("link", "person", _("Choose someone of your household.")),)

    def papers(self, facts: Facts, answers: Answers) -> tuple[Paper, ...]:
        return (
            Paper(
                code="civil-status",
                label=_("Civil status record"),
                hint=_("Marriage certificate, civil partnership, birth certificate"),
                why=_("The link decides which guarantees apply."),
            ),
        )

    def effect(self, request: Request, facts: Facts, details: Answers) -> tuple[Change, ...]:
        answers = request.content.answers
        person = facts.person(answers["person"])
        if person is None:
            return ()
        after = link_name(FamilyLink(answers["link"]))
        return (Change(person.full_name, link_name(person.link), after),)

    def reasons(self) -> tuple[Reason, ...]:
        return (
            Reason(
                "not-proved",
                _("The papers do not show it"),
                _("The papers you sent do not show the family link."),
            ),
        )

    def words_to_member(
        self, request: Request, facts: Facts, outcome: Outcome, details: Answers
    ) -> str:
        return _("The family link is changed.") if outcome is Outcome.VALIDATED else ""

    def apply(
        self, request: Request, facts: Facts, decision: DecisionSeen, *, today: date, now: datetime
    ) -> None:
        answers = request.content.answers
        person = facts.person(answers["person"])
        if person is None:
            raise people.ChangedMeanwhile
        people.change_link(
            household=facts.household,
            person=person.id,
            link=FamilyLink(answers["link"]),
            asked_by=origin_of(request.case.channel),
            source=request.case.number,
            now=now,
        )


def _others(facts: Facts) -> tuple[Option, ...]:
    return tuple(
        Option(str(one.id), one.full_name, link_name(one.link))
        for one in facts.people
        if one.id != facts.me.id
    )


KIND = ChangeBeneficiary()
