"""The reader's contracts, as the house's content needs to know them."""

from dataclasses import dataclass

from havre.commons.content.words.audience import Holding
from havre.domains.contracts import queries as contracts_seen
from havre.domains.contracts.queries import ContractSeen
from havre.domains.contracts.words import Standing
from havre.domains.products import queries as products
from havre.doors.portal.household import Family
from havre.doors.portal.page import Viewer


@dataclass(frozen=True)
class Held:
    """A contract and what content knows of it."""

    contract: ContractSeen
    holding: Holding


def held_by(viewer: Viewer) -> list[Held]:
    """The reader's contracts that have not ended, or all where all have. Three statements."""
    held = contracts_seen.contracts_of(household=viewer.account.household)
    found = Family(viewer).contracts(held)
    formulas = products.formulas(ids=(one.formula for one in found))
    living = [one for one in found if one.standing(on=viewer.today) is not Standing.ENDED]
    known = []
    for one in living or found:
        formula = formulas.get(one.formula) if one.formula else None
        product = formula.product_code if formula else ""
        known.append(Held(one, Holding(one.kind, one.scheme, product)))
    return known
