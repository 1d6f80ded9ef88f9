from datetime import date

from havre.domains.contracts import queries
from tests.journeys.requests.asking import Asker, as_member
from tests.journeys.requests.examples import Example


def ended(asker: Asker) -> None:
    with as_member(asker):
        (contract,) = queries.contracts_of(household=asker.household)
    # Asked on 15 June, after the first year: one month after (Code des assurances, L113-15-2).
    assert contract.period.end == date(2026, 7, 15)
    assert [period.end for period in contract.periods_of(asker.person)] == [date(2026, 7, 15)]


EXAMPLE = Example(
    kind="termination",
    answers=lambda asker: {"contract": str(asker.contract), "reason": "year"},
    effect=ended,
    reason="first-year",
)
