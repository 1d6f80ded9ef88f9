from decimal import Decimal

from tests.journeys.requests.asking import Asker
from tests.journeys.requests.claiming import a_claim, a_claimant, accepted
from tests.journeys.requests.examples import Example


def reimbursed(asker: Asker) -> None:
    (line,) = accepted(asker)
    assert (line.reimbursed, line.left_to_pay, line.settled_on) == (Decimal(80), Decimal(20), None)
    assert line.reason
    assert line.reason.replace("\N{NO-BREAK SPACE}", " ") == (
        "Votre garantie rembourse une partie des frais : 20,00 € restent à votre charge."
    )


EXAMPLE = Example(
    kind="health-claim",
    answers=a_claim,
    asker=a_claimant,
    effect=reimbursed,
    reason="not-proved",
)
