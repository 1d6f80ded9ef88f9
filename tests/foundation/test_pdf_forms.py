"""A form is filled so that every viewer shows it, and stays open to be corrected."""

from io import BytesIO

import pikepdf
import pytest

from havre.foundation.pdf.forms import field_names, fill_form
from havre.project.demo.papers import write_content


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("content")
    write_content(folder)
    return (folder / "downloads" / "care-sheet.fr.pdf").read_bytes()


def fields(pdf: bytes) -> dict[str, tuple[str, bytes]]:
    """What each field holds, and how it is drawn."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return {
            str(one.T): (
                str(one.get("/V", "")),
                one.AP.N.read_bytes() if "/AP" in one else b"",
            )
            for one in opened.Root.AcroForm.Fields
        }


def test_a_value_is_written_and_drawn(form):
    told = fields(fill_form(form, {"nom": "Aubrac-Lefèvre", "naissance": "02/05/1969"}))
    assert told["nom"][0] == "Aubrac-Lefèvre"
    assert "Aubrac-Lefèvre".encode("cp1252") in told["nom"][1]
    assert b"02/05/1969" in told["naissance"][1]
    assert told["prenom"] == ("", b"")


def test_a_name_that_cannot_be_drawn_is_left_to_the_hand(form):
    told = fields(fill_form(form, {"nom": "Wałęsa", "prenom": "志明", "adherent": "HV 1"}))
    assert (told["nom"], told["prenom"]) == (("", b""), ("", b""))
    assert told["adherent"][0] == "HV 1"


def test_a_field_that_is_not_there_is_passed_over(form):
    assert "xyz" not in fields(fill_form(form, {"xyz": "a"}))


def test_the_same_values_give_the_same_file(form):
    assert fill_form(form, {"nom": "A"}) == fill_form(form, {"nom": "A"})


def test_the_names_of_a_form_are_read(form):
    assert field_names(form) == {
        "nom", "prenom", "naissance", "adherent", "contrat", "securite_sociale",
    }  # fmt: skip


def test_a_form_does_not_claim_to_be_an_archive(form):
    assert b"pdfaid:part" not in pikepdf.open(BytesIO(form)).Root.Metadata.read_bytes()
