from datetime import date

from havre.domains.contracts import queries
from havre.domains.products.models import Formula
from havre.foundation.db import Role
from tests.builders import a_formula
from tests.database import acting_as
from tests.journeys.requests.asking import Asker, an_asker, as_member
from tests.journeys.requests.examples import Example

CODE = "CANARY-BETTER"


def better() -> Asker:
    a_formula(code=CODE, name_fr="CANARY mieux", name_en="CANARY better")
    return an_asker()


def formula() -> Formula:
    with acting_as(Role.OWNER):
        return Formula.objects.get(code=CODE)


def changed(asker: Asker) -> None:
    with as_member(asker):
        (contract,) = queries.contracts_of(household=asker.household)
    assert contract.as_of(date(2026, 6, 30)).formula != formula().id
    assert contract.as_of(date(2026, 7, 1)).formula == formula().id


EXAMPLE = Example(
    kind="change-guarantee",
    asker=better,
    answers=lambda asker: {
        "contract": str(asker.contract),
        "formula": str(formula().id),
        "since": "2026-07-01",
    },
    effect=changed,
    reason="arrears",
)
