"""The papers that care asks for: data, by kind of care and country."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from havre.commons.documents.words import Compartment
from havre.journeys.requests.kinds.health_claim.checklist import (
    SHIPPED,
    Asker,
    Care,
    WrongChecklist,
    papers_for,
    read,
)


def codes(asker: Asker = "CLAIM", *, categories: tuple[str, ...] = (), **care: Any) -> list[str]:
    given = {"country": "MX", "categories": frozenset(categories), **care}
    return [one.code for one in papers_for(asker, Care(**given)) if one.required]


@pytest.mark.parametrize(
    ("categories", "care", "asked"),
    [
        (("GENERAL_PRACTITIONER",), {}, ["invoice", "payment"]),
        (("PHARMACY",), {}, ["invoice", "prescription", "payment"]),
        (("SPECIALIST",), {"series": True}, ["invoice", "prescription", "payment"]),
        (("DENTAL",), {"amount": Decimal(499)}, ["invoice", "payment"]),
        (("DENTAL",), {"amount": Decimal(500)}, ["invoice", "payment", "dental-quote"]),
        (("HOSPITAL",), {}, ["invoice", "payment", "medical-report"]),
        (
            ("HOSPITAL",),
            {"country": "US"},
            ["invoice", "itemised-codes", "payment", "medical-report"],
        ),
        (("OPTICAL",), {"cfe": "attached"}, ["invoice", "prescription", "payment", "cfe"]),
        (("OPTICAL",), {"cfe": "awaited"}, ["invoice", "prescription", "payment"]),
        (("GENERAL_PRACTITIONER",), {"country": "TH"}, ["invoice", "payment", "translation"]),
    ],
)
def test_papers_go_by_care_and_country(
    categories: tuple[str, ...], care: dict[str, Any], asked: list[str]
) -> None:
    assert codes(categories=categories, **care) == asked


def test_planned_care_asks_for_a_quote_and_for_no_invoice() -> None:
    assert codes("AGREEMENT", categories=("HOSPITAL",)) == ["medical-report", "quote"]
    assert codes("AGREEMENT", categories=("DENTAL",), amount=Decimal(900)) == ["dental-quote"]


def test_medical_papers_are_for_the_medical_adviser_alone_and_no_paper_is_general() -> None:
    file = read(SHIPPED)
    medical = {rule.code for rule in file.papers if rule.compartment is Compartment.MEDICAL}
    assert medical == {"medical-report", "dental-x-ray"}
    assert all(rule.compartment is not Compartment.GENERAL for rule in file.papers)


def test_a_language_that_is_read_here_needs_no_translation() -> None:
    with translation.override("fr"):
        (paper,) = (
            one
            for one in papers_for("CLAIM", Care(categories=frozenset(), country="MX"))
            if one.code == "translation"
        )
    assert not paper.required
    assert "espagnol" in paper.hint


def test_both_languages_say_each_paper() -> None:
    said = {}
    for language in ("fr", "en"):
        with translation.override(language):
            care = Care(categories=frozenset({"HOSPITAL", "PHARMACY"}), country="US")
            said[language] = [(one.label, one.hint, one.why) for one in papers_for("CLAIM", care)]
    assert all(fr != en for fr, en in zip(said["fr"], said["en"], strict=True))


@pytest.mark.parametrize(
    "wrong", ["papers: []", "version: x\nlanguages: []\npapers: [{code: A}]"], ids=["part", "code"]
)
def test_a_wrong_file_is_named(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(wrong)
    with pytest.raises(WrongChecklist, match=r"rules\.yaml"):
        read(path)


def test_a_country_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(SHIPPED.read_text().replace("countries: [US]", "countries: [UK]"))
    with pytest.raises(WrongChecklist, match="UK"):
        read(path)
