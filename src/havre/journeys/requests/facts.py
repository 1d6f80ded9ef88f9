"""What the house knows before a form asks: nothing that it holds is asked again."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings

from havre.commons.cases.words import Belongs
from havre.domains.contracts import queries as contracts
from havre.domains.contracts.queries import ContractSeen
from havre.domains.contracts.words import Standing
from havre.domains.people import queries as people
from havre.domains.people.queries import DetailsSeen, PersonSeen
from havre.domains.products import queries as products
from havre.domains.products.queries import FormulaSeen

Found = TypeVar("Found")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Who asks, their people and their contracts, on a day. Read under the guard of the household."""

    household: UUID
    requester: DetailsSeen
    people: tuple[PersonSeen, ...]
    details: tuple[DetailsSeen, ...]
    contracts: tuple[ContractSeen, ...]
    formulas: dict[UUID, FormulaSeen]
    today: date
    _read: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def me(self) -> PersonSeen:
        return self.requester.person

    @property
    def language(self) -> str:
        return self.me.language

    def person(self, person: UUID | str) -> PersonSeen | None:
        """Someone of the household; an id of another is nobody's."""
        return next((one for one in self.people if str(one.id) == str(person)), None)

    def contract(self, contract: UUID | str) -> ContractSeen | None:
        return next((one for one in self.contracts if str(one.id) == str(contract)), None)

    def once(self, what: Hashable, read: Callable[[], Found]) -> Found:
        """Something else that a kind reads, the first time that it is asked for."""
        if what not in self._read:
            self._read[what] = read()
        found: Found = self._read[what]
        return found

    def in_force(self) -> tuple[ContractSeen, ...]:
        """The contracts that cover somebody today."""
        return tuple(
            one for one in self.contracts if one.standing(on=self.today) is Standing.IN_FORCE
        )

    def mine(self) -> tuple[PersonSeen, ...]:
        """For whom the requester may ask: themselves, and those of the household who are not of age."""
        majority = settings.HAVRE.MAJORITY_AGE
        return tuple(
            one
            for one in self.people
            if one.id == self.me.id or not one.is_adult(on=self.today, majority=majority)
        )

    def belongs(self, contract: ContractSeen | None = None) -> Belongs:
        """Whose a request is, and by what queues and scopes find it: its contract's, else the first's."""
        found = contract or next(iter(self.in_force()), None) or next(iter(self.contracts), None)
        formula = self.formulas.get(found.formula) if found and found.formula else None
        return Belongs(
            household=self.household,
            membership=self.me.membership,
            person=self.me.id,
            language=self.me.language,
            product=formula.product_code if formula else "",
            country=self.me.expatriation_country or "",
            employer=found.employer if found else None,
            intermediary=found.intermediary if found else None,
        )


def facts_of(*, household: UUID, membership: UUID, today: date) -> Facts | None:
    """What is known of who asks; none where the membership is not of the household. Two statements,
    and one more where this process did not read the formulas within the last minute."""
    details = people.household_details(household=household)
    requester = next((one for one in details if one.person.membership == membership), None)
    if requester is None:
        return None
    everyone = people.people_shown(
        [one.person for one in details], reader=requester.person.id, on=today
    )
    shown = {one.id for one in everyone}
    found = contracts.contracts_shown(contracts.contracts_of(household=household), people=shown)
    return Facts(
        household=household,
        requester=requester,
        people=tuple(everyone),
        details=tuple(one for one in details if one.person.id in shown),
        contracts=tuple(found),
        formulas=products.formulas_lately(ids=[one.formula for one in found]),
        today=today,
    )
