"""Someone joins the household and its cover: a birth, a marriage, an adoption, a life together."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from havre.commons.cases.queries import DecisionSeen
from havre.commons.cases.words import Answers, Outcome
from havre.domains.contracts import actions as contracts
from havre.domains.people import actions as people
from havre.domains.people.words import FamilyLink
from havre.foundation.identifiers import mask_nir
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.naming import (
    contract_options,
    in_full,
    link_name,
    origin_of,
    title_of,
)
from havre.journeys.requests.words import (
    Change,
    Checked,
    Family,
    Field,
    FieldType,
    Group,
    Option,
    Paper,
    Problem,
    Reason,
    Request,
    Step,
)

_LINKS = {
    "birth": FamilyLink.CHILD,
    "adoption": FamilyLink.CHILD,
    "child": FamilyLink.CHILD,
    "marriage": FamilyLink.SPOUSE,
    "partnership": FamilyLink.PARTNER,
}


class AddBeneficiary(Kind):
    code = "beneficiary-add"
    family = Family.INFORMATION
    icon = "person-plus"
    target_days = 3

    def title(self) -> str:
        return _("Add someone to my cover")

    def summary(self) -> str:
        return _("A birth, an adoption, a marriage, a partner or a child who joins you.")

    def search_words(self) -> str:
        return _("beneficiary baby newborn birth wedding husband wife partner PACS adoption child")

    def closed_because(self, facts: Facts) -> str:
        if not facts.in_force():
            return _("You have no contract in force to add someone to.")
        if facts.me.link is not FamilyLink.HOLDER:
            return _("Only the policyholder can add someone to the contract.")
        return ""

    def begin(self, facts: Facts) -> Answers:
        only = facts.in_force()
        return {"contract": str(only[0].id)} if len(only) == 1 else {}

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        today = facts.today.isoformat()
        return (
            Step(
                name="person",
                title=_("The person"),
                parts=(
                    Field(
                        name="case",
                        label=_("What happens"),
                        type=FieldType.CHOICE,
                        options=_cases(),
                    ),
                    Field(
                        name="since",
                        label=_("Since when"),
                        type=FieldType.DATE,
                        hint=_("The day of the birth, of the marriage or of the arrival"),
                        at_most=today,
                    ),
                    Field(name="first_name", label=_("First name"), at_most="80"),
                    Field(name="family_name", label=_("Family name"), at_most="80"),
                    Field(
                        name="birth_date",
                        label=_("Date of birth"),
                        type=FieldType.DATE,
                        at_most=today,
                    ),
                    *_insured(facts),
                ),
            ),
            Step(name="papers", title=_("The papers"), papers=True),
        )

    def problems(self, facts: Facts, answers: Answers) -> tuple[Problem, ...]:
        found = []
        if answers.get("case") == "birth" and answers.get("since") != answers.get("birth_date"):
            words = _("For a birth, both days are the same. Check them on the birth certificate.")
            found.append(Problem("person", "birth_date", words))
        contract = facts.contract(answers.get("contract", ""))
        if contract is None or contract not in facts.in_force():
            found.append(Problem("person", "contract", _("Choose one of your contracts in force.")))
        return tuple(found)

    def papers(self, facts: Facts, answers: Answers) -> tuple[Paper, ...]:
        case = answers.get("case")
        labels = {
            "birth": (_("Birth certificate"), _("From the town hall or the consulate")),
            "adoption": (_("Judgment of adoption"), _("Or the decision that places the child")),
            "marriage": (
                _("Marriage certificate"),
                _("With its translation if it is not in French"),
            ),
            "partnership": (
                _("Proof of the partnership"),
                _("Civil partnership certificate, or a proof of the same address"),
            ),
            "child": (_("Birth certificate"), _("And the judgment on custody, if there is one")),
        }
        if case not in labels:
            return ()
        label, hint = labels[case]
        return (
            Paper(code=f"proof-{case}", label=label, hint=hint, why=_("It opens the cover.")),
            Paper(
                code="social-security",
                label=_("Certificate of the compulsory scheme"),
                hint=_("CFE or social security, with the person on it"),
                why=_("So that both refunds add up."),
                required=False,
            ),
        )

    def headline(self, facts: Facts, answers: Answers) -> str:
        return _("Add %(first_name)s") % {"first_name": answers.get("first_name", "")}

    def checked(self, request: Request, facts: Facts) -> tuple[Checked, ...]:
        answers = request.content.answers
        born = date.fromisoformat(answers["birth_date"])
        again = [
            one
            for one in facts.people
            if one.birth_date == born
            and one.first_name.casefold() == answers["first_name"].casefold()
        ]
        return (
            Checked(
                _("Nobody of that name and birth date is covered yet")
                if not again
                else _("%(name)s has the same first name and birth date")
                % {"name": again[0].full_name},
                passed=not again,
            ),
        )

    def decision_form(self, request: Request, facts: Facts) -> tuple[Field | Group, ...]:
        return (Field(name="first_day", label=_("First day of cover"), type=FieldType.DATE),)

    def begin_decision(self, request: Request, facts: Facts) -> Answers:
        return {"first_day": request.content.answers["since"]}

    def effect(self, request: Request, facts: Facts, details: Answers) -> tuple[Change, ...]:
        answers = request.content.answers
        contract = facts.contract(answers["contract"])
        covered = len(contract.people()) if contract else 0
        first = str(details.get("first_day") or answers["since"])
        return (
            Change(
                title_of(facts, answers["contract"]),
                _("%(number)d covered") % {"number": covered},
                _("%(number)d covered") % {"number": covered + 1},
                _("%(name)s from %(day)s")
                % {
                    "name": f"{answers['first_name']} {answers['family_name']}",
                    "day": in_full(date.fromisoformat(first)),
                },
            ),
            Change(_("Family link"), "", link_name(_LINKS[answers["case"]])),
            *(
                [Change(_("Social security number"), "", mask_nir(answers["nir"]))]
                if answers.get("nir")
                else []
            ),
        )

    def reasons(self) -> tuple[Reason, ...]:
        return (
            Reason(
                "link-not-covered",
                _("The contract does not cover this family link"),
                _("Your contract does not cover this family link."),
            ),
            Reason(
                "not-proved",
                _("The papers do not show it"),
                _("The papers you sent do not show the family link."),
            ),
        )

    def words_to_member(
        self, request: Request, facts: Facts, outcome: Outcome, details: Answers
    ) -> str:
        if outcome is Outcome.REJECTED:
            return ""
        answers = request.content.answers
        first = date.fromisoformat(str(details.get("first_day") or answers["since"]))
        return _("%(first_name)s is covered from %(day)s. Cards and certificates are ready.") % {
            "first_name": answers["first_name"],
            "day": in_full(first),
        }

    def apply(
        self, request: Request, facts: Facts, decision: DecisionSeen, *, today: date, now: datetime
    ) -> None:
        answers = request.content.answers
        contract = facts.contract(answers["contract"])
        if contract is None:
            raise contracts.ContractEnded
        person = people.add_person(
            household=facts.household,
            family_name=answers["family_name"],
            first_name=answers["first_name"],
            birth_date=date.fromisoformat(answers["birth_date"]),
            link=_LINKS[answers["case"]],
            nir=answers.get("nir", ""),
            language=facts.language,
            asked_by=origin_of(request.case.channel),
            source=request.case.number,
            now=now,
        )
        contracts.cover(
            household=facts.household,
            contract=contract.id,
            person=person,
            first_day=date.fromisoformat(decision.details.get("first_day") or answers["since"]),
        )


def _insured(facts: Facts) -> tuple[Field, ...]:
    return (
        Field(
            name="nir",
            label=_("Social security number"),
            type=FieldType.NIR,
            required=False,
            hint=_("If there is one already"),
        ),
        Field(
            name="contract",
            label=_("Which contract"),
            type=FieldType.CONTRACT,
            options=contract_options(facts),
        ),
    )


def _cases() -> tuple[Option, ...]:
    return (
        Option("birth", _("A birth")),
        Option("adoption", _("An adoption")),
        Option("marriage", _("A marriage")),
        Option("partnership", _("A civil partnership or a life together")),
        Option("child", _("A child who joins me")),
    )


KIND = AddBeneficiary()
