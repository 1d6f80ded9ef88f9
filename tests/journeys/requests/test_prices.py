"""What a request shows of prices: that of the own formula, and that of the other, by the same people."""

import pytest

from havre.journeys.requests.pricing import month_of
from tests.builders import a_price
from tests.journeys.requests.asking import NOW, an_asker, as_member, facts

pytestmark = pytest.mark.django_db


def test_the_own_formula_has_its_own_price() -> None:
    asker = an_asker()
    a_price(formula_code=f"F-{asker.person}", monthly=123)
    a_price(formula_code="ANOTHER", monthly=999)
    with as_member(asker):
        known = facts(asker)
        (contract,) = known.contracts
        formula = known.formulas[contract.formula or asker.person]
        said = month_of(known, contract, formula, on=NOW.date())
    assert "123" in said
