from datetime import date

from havre.domains.contracts import queries
from tests.builders import a_price
from tests.journeys.requests.asking import Asker, an_asker, as_member
from tests.journeys.requests.examples import Example


def with_an_option() -> Asker:
    asker = an_asker()
    for formula in (f"F-{asker.person}", "ANOTHER"):  # the price is that of the own formula
        a_price(
            formula_code=formula,
            option_code="LEGAL" if formula != "ANOTHER" else "NOT-WITH-MINE",
            name_fr="Protection juridique",
            name_en="Legal protection",
        )
    return asker


def added(asker: Asker) -> None:
    with as_member(asker):
        (contract,) = queries.contracts_of(household=asker.household)
    (option,) = contract.options
    assert (option.code, option.name.en) == ("LEGAL", "Legal protection")
    assert option.period.start == date(2026, 7, 1)


EXAMPLE = Example(
    kind="add-guarantee",
    asker=with_an_option,
    answers=lambda asker: {
        "contract": str(asker.contract),
        "option": "LEGAL",
        "since": "2026-07-01",
    },
    effect=added,
    reason="not-with-formula",
)
