from tests.journeys.requests.examples import Example

EXAMPLE = Example(
    kind="certificate",
    answers=lambda asker: {
        "people": [str(asker.person)],
        "recipient": "CANARY consulate",
        "words": "Covered for repatriation",
        "language": "en",
    },
    reason="not-covered",
)
