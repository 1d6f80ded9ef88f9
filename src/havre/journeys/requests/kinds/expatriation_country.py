"""Moving to another country: its effect on zone, price and CFE is shown before sending."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from havre.commons.cases.queries import DecisionSeen
from havre.commons.cases.words import Answers, Outcome
from havre.domains.contracts import actions as contracts
from havre.domains.contracts.words import Facts as ContractFacts
from havre.domains.contracts.words import Scheme
from havre.domains.people import actions as people
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.naming import in_full, origin_of, title_of
from havre.journeys.requests.words import (
    Change,
    Family,
    Field,
    FieldType,
    Group,
    Note,
    Paper,
    Reason,
    Request,
    Step,
)


class ExpatriationCountry(Kind):
    code = "expatriation-country"
    family = Family.ACTIVITY
    icon = "globe"
    target_days = 5

    def title(self) -> str:
        return _("Move to another country")

    def summary(self) -> str:
        return _(
            "Your country of expatriation changes, and with it perhaps your zone and your price."
        )

    def search_words(self) -> str:
        return _("country move expatriation relocation zone abroad return")

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        return (
            Step(
                name="country",
                title=_("The country"),
                parts=(
                    Field(name="country", label=_("New country"), type=FieldType.COUNTRY),
                    Field(name="since", label=_("From which day"), type=FieldType.DATE),
                    Field(
                        name="work",
                        label=_("Does your work or your status change too?"),
                        type=FieldType.YES_NO,
                    ),
                    Field(
                        name="words",
                        label=_("What changes"),
                        type=FieldType.LONG,
                        when=("work", ("yes",)),
                        at_most="2000",
                    ),
                    *(Note(words=one) for one in _follows(facts)),
                ),
                papers=True,
            ),
        )

    def papers(self, facts: Facts, answers: Answers) -> tuple[Paper, ...]:
        return (
            Paper(
                code="residence",
                label=_("Proof of residence there"),
                hint=_("Lease, bill, consular registration or visa"),
                why=_("The zone of your contract depends on it."),
                required=False,
            ),
        )

    def headline(self, facts: Facts, answers: Answers) -> str:
        return _("Move to another country")

    def decision_form(self, request: Request, facts: Facts) -> tuple[Field | Group, ...]:
        return (
            Field(
                name="zone",
                label=_("Zone of the contract from that day"),
                type=FieldType.NUMBER,
                required=False,
                hint=_("Left empty: the zone stays"),
                at_least="1",
                at_most="9",
            ),
        )

    def effect(self, request: Request, facts: Facts, details: Answers) -> tuple[Change, ...]:
        answers = request.content.answers
        since = in_full(date.fromisoformat(answers["since"]))
        found = [
            Change(
                _("Country of expatriation"),
                facts.me.expatriation_country or "",
                answers["country"],
                since,
            )
        ]
        if details.get("zone"):
            found += [
                Change(title_of(facts, str(one.id)), _zone(one.zone), _zone(details["zone"]), since)
                for one in facts.in_force()
            ]
        return tuple(found)

    def reasons(self) -> tuple[Reason, ...]:
        return (
            Reason(
                "not-covered",
                _("The contract does not cover this country"),
                _("Your contract does not cover this country. Here is what we can offer instead."),
            ),
        )

    def words_to_member(
        self, request: Request, facts: Facts, outcome: Outcome, details: Answers
    ) -> str:
        if outcome is Outcome.REJECTED:
            return ""
        since = in_full(date.fromisoformat(request.content.answers["since"]))
        said = _("Your country is changed from %(day)s.") % {"day": since}
        if details.get("zone"):
            zone = _("Your contract covers zone %(zone)s from that day.") % {
                "zone": details["zone"]
            }
            said = f"{said} {zone}"
        if any(one.scheme is Scheme.CFE_COMPLEMENT for one in facts.in_force()):
            said = f"{said} {_('Tell the CFE of your new address too: it pays its own share.')}"
        return said

    def apply(
        self, request: Request, facts: Facts, decision: DecisionSeen, *, today: date, now: datetime
    ) -> None:
        answers = request.content.answers
        people.set_expatriation_country(
            household=facts.household,
            membership=facts.me.membership,
            country=answers["country"],
            asked_by=origin_of(request.case.channel),
            source=request.case.number,
            now=now,
        )
        zone = decision.details.get("zone")
        for one in facts.in_force() if zone else ():
            contracts.change_facts(
                household=facts.household,
                contract=one.id,
                since=date.fromisoformat(answers["since"]),
                facts=ContractFacts(one.formula, one.scheme, int(zone or 0)),
                today=today,
            )


def _follows(facts: Facts) -> Iterator[str]:
    """What a move may change, said before it is sent."""
    for one in facts.in_force():
        if one.zone:
            yield _(
                "%(contract)s covers zone %(zone)d today. If the new country is outside it, the zone "
                "and the price change; you are told both, and nothing changes without your yes."
            ) % {"contract": title_of(facts, str(one.id)), "zone": one.zone}
        if one.scheme is Scheme.CFE_COMPLEMENT:
            yield _(
                "The CFE pays its share wherever you live abroad. If you come back to France, it "
                "stops, and so does this contract."
            )


def _zone(zone: int | str | None) -> str:
    return _("Zone %(zone)s") % {"zone": zone} if zone else ""


KIND = ExpatriationCountry()
