"""What the papers state, gathered from people, contracts, products and the house's settings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.conf import settings

from havre.domains.contracts.queries import ContractSeen
from havre.domains.people.access import may_hold_card
from havre.domains.people.queries import PersonSeen
from havre.domains.people.words import FamilyLink
from havre.domains.products.queries import FormulaSeen
from havre.journeys.contract_papers.words import Card, Conditions, House


def house() -> House:
    """The insurer. Its own telephone answers emergencies until numbers of their own are published."""
    known = settings.HAVRE
    parts = known.OPERATOR_ADDRESS.replace("\n", ",").split(",")
    return House(
        legal_name=known.OPERATOR_LEGAL_NAME or known.OPERATOR_NAME,
        address=tuple(part.strip() for part in parts if part.strip()),
        phone=known.OPERATOR_PHONE,
        email=known.OPERATOR_EMAIL,
        emergency=known.OPERATOR_PHONE,
    )


def cards(
    *,
    reader: UUID,
    people: Sequence[PersonSeen],
    contracts: Sequence[ContractSeen],
    formulas: Mapping[UUID, FormulaSeen],
    on: date,
    majority: int,
) -> list[Card]:
    """The cards that the reader may hold on that day: their own first, in force before those to come."""
    me = next((one for one in people if one.id == reader), None)
    if me is None:
        return []
    number = next((one.adherent_number for one in people if one.link is FamilyLink.HOLDER), None)
    held = [
        (one.id != reader, not period.contains(on), card)
        for one in people
        if may_hold_card(
            link=me.link, own=one.id == reader, adult=one.is_adult(on=on, majority=majority)
        )
        for contract in contracts
        if (period := contract.cover_of(one.id, on=on)) and not (period.end and period.end < on)
        for card in [_card(one, contract.as_of(max(on, period.start or on)), formulas, number)]
        for card in [replace(card, valid_from=period.start, valid_to=period.end)]
    ]
    return [card for _other, _later, card in sorted(held, key=lambda one: one[:2])]


def _card(
    person: PersonSeen,
    contract: ContractSeen,
    formulas: Mapping[UUID, FormulaSeen],
    holders_number: str | None,
) -> Card:
    return Card(
        contract=contract.id,
        person=person.id,
        person_name=person.full_name,
        adherent_number=person.adherent_number or holders_number,
        contract_number=contract.number,
        formula=formulas.get(contract.formula) if contract.formula else None,
        title=contract.title,
        zone=contract.zone,
        scheme=contract.scheme,
        valid_from=None,
        valid_to=None,
    )


def conditions(
    *,
    contract: ContractSeen,
    people: Sequence[PersonSeen],
    formulas: Mapping[UUID, FormulaSeen],
    on: date,
) -> Conditions:
    """The contract as it was, is or will be on that day, with whoever it covers then."""
    then = contract.as_of(on)
    covered = []
    for person in people:
        period = then.cover_of(person.id, on=on)
        if period is not None and period.contains(on):
            covered.append(person)
    return Conditions(
        as_of=on,
        contract=then,
        formula=formulas.get(then.formula) if then.formula else None,
        people=tuple(covered),
        holder_name=next((one.full_name for one in people if one.link is FamilyLink.HOLDER), ""),
    )
