from datetime import timedelta

from havre.domains.payments import queries
from havre.domains.payments.words import Standing
from tests.journeys.requests.asking import LATER, Asker, as_member
from tests.journeys.requests.examples import Example


def verified(asker: Asker) -> None:
    """Three days later refunds go there, and not before."""
    for hours, standing in ((71, Standing.WAITING), (73, Standing.IN_USE)):
        with as_member(asker):
            (account,) = queries.accounts_of(
                household=asker.household,
                people=[asker.person],
                at=LATER + timedelta(hours=hours),
            )
        assert account.standing is standing
        assert account.verified_by != account.second_by


EXAMPLE = Example(
    kind="bank-account",
    answers=lambda asker: {
        "person": str(asker.person),
        "currency": "EUR",
        "number": "FR76 3000 6000 0112 3456 7890 189",
        "name": "CANARY Exemple",
    },
    effect=verified,
    reason="not-proved",
    second=True,
)
