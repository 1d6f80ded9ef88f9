"""Which general conditions apply, which countries a zone holds, and what is refused of both."""

from datetime import date
from pathlib import Path
from textwrap import dedent

import msgspec
import pytest

from havre.commons.content import actions
from havre.commons.content.actions import WrongContent
from havre.commons.content.words.conditions import Conditions
from havre.commons.content.words.zones import Zones
from tests.commons.content.kinds import a_pdf

CONDITIONS = """
    in_force_from: 2026-01-01
    conditions:
      - id: one
        product: ESCALE
        formulas: [CONFORT]
        title: {fr: Un, en: One}
        version: 1
        applies_from: 2026-01-01
        applies_until: 2026-06-30
        papers:
          - {language: fr, file: one.pdf}
"""
ZONES = """
    in_force_from: 2026-01-01
    zones:
      - {zone: 1, name: {fr: Ici, en: Here}, countries: [SN, MA]}
      - {zone: 2, name: {fr: Plus loin, en: Farther}, countries: [MX]}
"""


def refused(folder: Path, **files: str) -> str:
    with pytest.raises(WrongContent) as caught:
        read(folder, **files)
    return str(caught.value)


def read(folder: Path, **files: str) -> actions.Folder:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")
    (folder / "conditions").mkdir()
    (folder / "conditions" / "one.pdf").write_bytes(a_pdf())
    return actions.read_folder(folder, facts={"fr": {}, "en": {}})


def listed(**changes: object) -> Conditions:
    one = {
        "id": "one",
        "product": "ESCALE",
        "title": {"fr": "Un", "en": "One"},
        "version": "1",
        "applies_from": "2026-01-01",
        "papers": [],
    }
    return msgspec.convert({"conditions": [one | changes]}, Conditions)


@pytest.mark.parametrize(
    ("changes", "product", "formula", "on", "applies"),
    [
        ({}, "ESCALE", "CONFORT", date(2026, 1, 1), True),
        ({}, "ESCALE", "CONFORT", date(2025, 12, 31), False),
        ({}, "CAP", "CONFORT", date(2026, 1, 1), False),
        ({"formulas": ["HORIZON"]}, "ESCALE", "CONFORT", date(2026, 1, 1), False),
        ({"formulas": ["CONFORT"]}, "ESCALE", "CONFORT", date(2030, 1, 1), True),
        ({"applies_until": "2026-06-30"}, "ESCALE", "CONFORT", date(2026, 6, 30), True),
        ({"applies_until": "2026-06-30"}, "ESCALE", "CONFORT", date(2026, 7, 1), False),
    ],
)
def test_conditions_apply_to_a_formula_from_one_day_to_another(
    changes, product, formula, on, applies
):
    found = [one.id for one in listed(**changes).of(product=product, formula=formula, on=on)]
    assert found == (["one"] if applies else [])


def test_a_zone_holds_those_of_lower_number():
    zones = msgspec.convert(
        {
            "zones": [
                {"zone": 1, "name": {"fr": "a", "en": "a"}, "countries": ["SN"]},
                {"zone": 2, "name": {"fr": "b", "en": "b"}, "countries": ["MX"]},
            ]
        },
        Zones,
    )
    assert zones.countries(1) == ("SN",)
    assert zones.countries(2) == ("SN", "MX")
    assert zones.countries(3) == ()  # nobody told, so nothing is claimed
    assert zones.countries(None) == ()
    assert [zones.zone_of(code) for code in ("SN", "MX", "US")] == [1, 2, None]


def test_both_kinds_are_read(tmp_path):
    found = read(tmp_path, conditions=CONDITIONS, zones=ZONES)
    assert {one.kind.name for one in found.documents} == {"conditions", "zones"}


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("2026-06-30", "2025-06-30", "applies_until: is before the day from which they apply"),
        ("2026-06-30", "2026-06-31", "applies_until: 2026-06-31 is no day"),
        ("- {language: fr, file: one.pdf}", "[]", "a paper in French, one in English, or both"),
        ("one.pdf", "two.pdf", "conditions/two.pdf is not there"),
    ],
)
def test_wrong_conditions_are_told(tmp_path, right, wrong, said):
    assert said in refused(tmp_path, conditions=CONDITIONS.replace(right, wrong))


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("zone: 2", "zone: 3", "zones[1].zone: zone 2 is expected here"),
        ("[MX]", "[MX, SN]", "zones[1].countries[1]: SN is in zone 1 already"),
        ("[MX]", "[QQ]", "zones[1].countries[0]: QQ is the code of no country"),
        ("zone: 2", "zone: 9", "zones[1].zone: "),
        ("en: Farther", "", "zones[1].name: en is missing"),
    ],
)
def test_wrong_zones_are_told(tmp_path, right, wrong, said):
    assert said in refused(tmp_path, zones=ZONES.replace(right, wrong))
