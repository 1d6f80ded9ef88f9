"""The demo's documents: typeset here, so that no stranger's form is in the tree."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from shutil import copytree
from typing import Any

import pikepdf
import yaml
from babel import Locale
from pikepdf import Array, Dictionary, Name

from havre.foundation.names import sort_key
from havre.foundation.pdf import typeset

FOLDER = Path(__file__).parent
_HOUSE = "Assurances du Large"
_MADE = datetime(2026, 1, 1, tzinfo=UTC)
_FOOTER = {
    "fr": "Maison fictive, document de démonstration",
    "en": "Fictional house, document for demonstration",
}
_ABOUT_CONDITIONS = {
    "fr": "Elles valent avec les conditions particulières du contrat.",
    "en": "They hold together with the particular conditions of the contract.",
}
_LABELS = {
    "fr": {
        "family_name": "Nom",
        "first_name": "Prénom",
        "birth_date": "Date de naissance",
        "adherent_number": "Numéro d’adhérent",
        "contract_number": "Numéro de contrat",
        "nir": "Numéro de sécurité sociale",
    },
    "en": {
        "family_name": "Family name",
        "first_name": "First name",
        "birth_date": "Date of birth",
        "adherent_number": "Adherent number",
        "contract_number": "Contract number",
        "nir": "Social security number",
    },
}
# In points, from the lower left corner: where `paper.typ` leaves room beside each label.
_MM = 72 / 25.4
_LEFT, _RIGHT, _FIRST, _ROW, _HEIGHT = 80 * _MM, 188 * _MM, 842 - 62 * _MM, 12 * _MM, 7 * _MM


def write_content(folder: Path) -> None:
    """The demo's content as a house would keep it: its files, and the documents they show beside."""
    copytree(FOLDER / "content", folder, dirs_exist_ok=True)
    texts = {language: _texts("papers", language) for language in _LABELS}
    for download in _listed(folder, "downloads"):
        for paper in download["papers"]:
            sections = texts[paper["language"]][download["id"]]
            _put(folder / "downloads", paper["file"], _paper(download, paper, sections))
    zones = _listed(folder, "zones")
    for conditions in _listed(folder, "conditions"):
        for paper in conditions["papers"]:
            pdf = _conditions(conditions, paper, zones)
            _put(folder / "conditions", paper["file"], pdf)


def _listed(folder: Path, kind: str) -> list[dict[str, Any]]:
    text = (folder / f"{kind}.yaml").read_text(encoding="utf-8")
    listed: list[dict[str, Any]] = yaml.load(text, Loader=yaml.BaseLoader)[kind]  # noqa: S506
    return listed


def _put(folder: Path, name: str, pdf: bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(pdf)


def _conditions(
    conditions: dict[str, Any], paper: dict[str, str], zones: list[dict[str, Any]]
) -> bytes:
    """The articles of the product, those of every product, and those that a version adds."""
    language = paper["language"]
    texts = _texts("conditions", language)
    sections = [
        section
        for part in (conditions["product"], "every", conditions["id"])
        for section in texts.get(part, [])
    ]
    for section in sections:
        if section["points"] == ["{zones}"]:
            section["points"] = [_zone(zone, language) for zone in zones]
    told = {**conditions, "about": _ABOUT_CONDITIONS, "dated": conditions["applies_from"]}
    return _paper(told, paper, sections)


def _zone(zone: dict[str, Any], language: str) -> str:
    """``Zone 5: the United States and islands nearby. Bahamas, Bermuda…``"""
    territories = Locale.parse(language).territories
    countries = sorted((territories[code] for code in zone["countries"]), key=sort_key)
    colon = "\N{NO-BREAK SPACE}:" if language == "fr" else ":"
    return f"Zone {zone['zone']}{colon} {zone['name'][language]}. {', '.join(countries)}."


def _paper(download: dict[str, Any], paper: dict[str, Any], sections: list[Any]) -> bytes:
    language, blanks = paper["language"], paper.get("blanks", {})
    title = download["title"][language]
    pdf = typeset(
        FOLDER / "papers" / "paper.typ",
        data={
            "house": _HOUSE,
            "title": title,
            "about": download["about"][language],
            "footer": f"{_FOOTER[language]}, {download['version']}, {download['dated']}",
            "labels": [_LABELS[language][what] for what in blanks],
            "sections": sections,
        },
        language=language,
        title=title,
        author=_HOUSE,
        created=_MADE,
    )
    return _form(pdf, blanks, _LABELS[language]) if blanks else pdf


def _form(typeset_pdf: bytes, blanks: dict[str, str], labels: dict[str, str]) -> bytes:
    """The same with a field beside each label. It is no archive any more, and does not say that it is."""
    with pikepdf.open(BytesIO(typeset_pdf)) as pdf:
        page = pdf.pages[0]
        font = pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type1,
                BaseFont=Name.Helvetica,
                Encoding=Name.WinAnsiEncoding,
            )
        )
        fields = [
            pdf.make_indirect(_field(page, name, labels[what], rank))
            for rank, (what, name) in enumerate(blanks.items())
        ]
        page.obj.Annots = Array(fields)
        pdf.Root.AcroForm = pdf.make_indirect(
            Dictionary(
                Fields=Array(fields),
                DA=pikepdf.String("/Helv 11 Tf 0 g"),
                DR=Dictionary(Font=Dictionary(Helv=font)),
            )
        )
        with pdf.open_metadata() as about:
            for claim in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part"):
                if claim in about:
                    del about[claim]
        made = BytesIO()
        pdf.save(made, deterministic_id=True)
        return made.getvalue()


def _field(page: pikepdf.Page, name: str, label: str, rank: int) -> Dictionary:
    lower = _FIRST - rank * _ROW - _HEIGHT
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=pikepdf.String(name),
        TU=pikepdf.String(label),
        Rect=Array([_LEFT, lower, _RIGHT, lower + _HEIGHT]),
        DA=pikepdf.String("/Helv 11 Tf 0 g"),
        MK=Dictionary(BC=Array([0.5, 0.5, 0.5])),
        BS=Dictionary(W=0.5, S=Name.S),
        F=4,
        P=page.obj,
    )


def _texts(name: str, language: str) -> dict[str, list[dict[str, Any]]]:
    """The sections of each document, from a page of Markdown: ``# id``, ``## title``, ``- point``."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in _lines(FOLDER / "papers" / f"{name}.{language}.md"):
        mark, _space, said = line.partition(" ")
        if mark == "#":
            sections = found.setdefault(said, [])
        elif mark == "##":
            sections.append({"title": said, "texts": [], "points": []})
        elif mark == "-":
            sections[-1]["points"].append(said)
        else:
            sections[-1]["texts"].append(line)
    return found


def _lines(path: Path) -> Iterator[str]:
    return (line for line in path.read_text(encoding="utf-8").splitlines() if line)
