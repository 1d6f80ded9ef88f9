from tests.journeys.requests.examples import Example

EXAMPLE = Example(
    kind="reference-salary",
    answers=lambda asker: {
        "contract": str(asker.contract),
        "amount": {"amount": "54000.00", "currency": "EUR"},
        "since": "2026-01-01",
    },
    reason="not-proved",
)
