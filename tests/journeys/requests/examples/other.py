from tests.journeys.requests.examples import Example

EXAMPLE = Example(
    kind="other",
    answers=lambda _asker: {"subject": "CANARY subject", "words": "CANARY words"},
    reason="not-ours",
)
