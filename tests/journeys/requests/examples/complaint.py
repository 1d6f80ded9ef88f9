from tests.journeys.requests.examples import Example

EXAMPLE = Example(
    kind="complaint",
    answers=lambda _asker: {"subject": "service", "words": "CANARY: nobody answered."},
    reason="as-the-contract-says",
)
