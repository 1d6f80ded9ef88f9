"""What the remarks of a reading say to the operator."""

from havre.exchanges.fhir.reading import Remark, Remarked
from havre.exchanges.fhir.wording import told
from havre.journeys.loading.problems import Location


def remarks(*kinds: Remark) -> list[Remarked]:
    return [
        Remarked(kind, Location("a.json", resource=f"Claim/{n}")) for n, kind in enumerate(kinds, 1)
    ]


def test_every_remark_is_a_sentence() -> None:
    for line, remark in zip(told(remarks(*Remark), each=True), Remark, strict=True):
        assert line.startswith("a.json, Claim/")
        assert remark.value not in line
        assert len(line.split()) > 8


def test_remarks_of_a_kind_stand_together() -> None:
    again = remarks(*[Remark.NOT_A_STANDING_CLAIM] * 5)
    (line,) = told(again, each=False)
    assert line.endswith("(5 times: a.json, Claim/1; a.json, Claim/2; a.json, Claim/3; …)")
