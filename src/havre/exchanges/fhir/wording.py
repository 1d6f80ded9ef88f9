"""What the remarks of a reading say to the operator."""

from collections.abc import Iterable, Iterator
from typing import Final

from havre.exchanges.fhir.reading import Remark, Remarked
from havre.journeys.loading.problems import grouped

_SENTENCES: Final = {
    Remark.COVER_FROM_EARLIEST_CARE: (
        "the start of the cover is not stated; it runs from the day of the earliest care"
    ),
    Remark.COVERAGE_OF_ANOTHER_PERSON: (
        "the coverage it names is another person's; its lines have no contract"
    ),
    Remark.TOTALS_DIFFER_FROM_ITEMS: (
        "its stated totals are not the sums of its items; its lines add up to what was paid"
    ),
    Remark.NOT_A_STANDING_CLAIM: ("it asks about care to come, or was withdrawn; it is left out"),
}


def told(remarks: Iterable[Remarked], *, each: bool) -> Iterator[str]:
    """A line a remark if ``each``, else the same ones together with their first places."""
    said = [(one.location, _SENTENCES[one.remark]) for one in remarks]
    if each:
        return (f"{location}: {sentence}" for location, sentence in said)
    return grouped(said)
