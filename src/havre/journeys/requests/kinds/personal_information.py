"""What of a person's identity needs a proof to change."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from havre.commons.cases.queries import DecisionSeen
from havre.commons.cases.words import Answers, Outcome
from havre.domains.people import actions as people
from havre.domains.people import queries
from havre.domains.people.actions import Identity
from havre.foundation.identifiers import mask_nir
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.naming import identity_paper, in_full, origin_of, people_options
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

_WHAT = "what"


def _names() -> dict[Identity, str]:
    return {
        Identity.FAMILY_NAME: _("Family name"),
        Identity.FIRST_NAME: _("First name"),
        Identity.BIRTH_DATE: _("Date of birth"),
        Identity.NIR: _("Social security number"),
    }


class PersonalInformation(Kind):
    code = "personal-information"
    family = Family.INFORMATION
    icon = "person"
    target_days = 3

    def title(self) -> str:
        return _("Correct a name, a date of birth or a social security number")

    def summary(self) -> str:
        return _("What is written on an official paper, for you or a child.")

    def search_words(self) -> str:
        return _("surname marriage divorce birth date NIR identity mistake spelling")

    def begin(self, facts: Facts) -> Answers:
        return {"person": str(facts.me.id)}

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        types = {Identity.BIRTH_DATE: FieldType.DATE, Identity.NIR: FieldType.NIR}
        options = tuple(Option(what.value, name) for what, name in _names().items())
        values = (
            Field(
                name=what.value,
                label=_("%(what)s, as it should be") % {"what": name},
                type=types.get(what, FieldType.TEXT),
                when=(_WHAT, (what.value,)),
                at_most=facts.today.isoformat() if what is Identity.BIRTH_DATE else "80",
            )
            for what, name in _names().items()
        )
        return (
            Step(
                name="correction",
                title=_("The correction"),
                parts=(
                    Field(
                        name="person",
                        label=_("For whom"),
                        type=FieldType.PERSON,
                        options=people_options(facts),
                    ),
                    Field(
                        name=_WHAT,
                        label=_("What is to be corrected"),
                        type=FieldType.CHOICES,
                        options=options,
                    ),
                    *values,
                ),
            ),
            Step(name="papers", title=_("The proof"), papers=True),
        )

    def problems(self, facts: Facts, answers: Answers) -> tuple[Problem, ...]:
        if answers.get("person") in {option.value for option in people_options(facts)}:
            return ()
        return (Problem("correction", "person", _("Choose yourself or one of your children.")),)

    def papers(self, facts: Facts, answers: Answers) -> tuple[Paper, ...]:
        wanted = set(answers.get(_WHAT, []))
        found = [identity_paper()]
        if Identity.FAMILY_NAME in wanted:
            found.append(
                Paper(
                    code="civil-status",
                    label=_("Civil status record"),
                    hint=_("Marriage or birth certificate, or a decision of a court"),
                    why=_("It says since when the name has changed."),
                    required=False,
                )
            )
        if Identity.NIR in wanted:
            found.append(
                Paper(
                    code="social-security",
                    label=_("Social security certificate"),
                    hint=_("“Attestation de droits”, or the card of the scheme"),
                    why=_("The number is checked against it, character by character."),
                )
            )
        return tuple(found)

    def effect(self, request: Request, facts: Facts, details: Answers) -> tuple[Change, ...]:
        answers = request.content.answers
        person = facts.person(answers["person"])
        if person is None:
            return ()
        before = {
            Identity.FAMILY_NAME: person.family_name,
            Identity.FIRST_NAME: person.first_name,
            Identity.BIRTH_DATE: in_full(person.birth_date) if person.birth_date else "",
            Identity.NIR: self._nir(facts, answers["person"]),
        }
        after = {
            what: _shown(what, answers[what.value]) for what in Identity if what in answers[_WHAT]
        }
        names = _names()
        return tuple(
            Change(names[what], before[what], value, person.first_name)
            for what, value in after.items()
        )

    def _nir(self, facts: Facts, person: str) -> str:
        found = facts.person(person)
        numbers = queries.nirs_of(household=facts.household, people=[found.id] if found else [])
        return "".join(mask_nir(number) for number in numbers.values())

    def reasons(self) -> tuple[Reason, ...]:
        return (
            Reason(
                "not-proved",
                _("The papers do not show it"),
                _("The papers you sent do not show the correction you ask for."),
            ),
            Reason(
                "right-already",
                _("It is right already"),
                _("What we hold is what your papers say: there is nothing to correct."),
            ),
        )

    def words_to_member(
        self, request: Request, facts: Facts, outcome: Outcome, details: Answers
    ) -> str:
        if outcome is Outcome.REJECTED:
            return ""
        return _("It is corrected. Your next certificates and your card will show it.")

    def apply(
        self, request: Request, facts: Facts, decision: DecisionSeen, *, today: date, now: datetime
    ) -> None:
        answers = request.content.answers
        person = facts.person(answers["person"])
        if person is None:
            raise people.ChangedMeanwhile
        people.set_identity(
            household=facts.household,
            person=person.id,
            values={what: answers[what.value] for what in Identity if what in answers[_WHAT]},
            asked_by=origin_of(request.case.channel),
            source=request.case.number,
            now=now,
        )


def _shown(what: Identity, value: str) -> str:
    if what is Identity.BIRTH_DATE:
        return in_full(date.fromisoformat(value))
    return mask_nir(value) if what is Identity.NIR else value


KIND = PersonalInformation()
