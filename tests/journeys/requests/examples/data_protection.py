from tests.journeys.requests.examples import Example

EXAMPLE = Example(
    kind="data-protection", answers=lambda _asker: {"right": "access"}, reason="excessive"
)
