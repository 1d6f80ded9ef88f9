"""A PDF that is handed out is read, and does nothing by itself."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from havre.foundation.pdf.acting import UnreadablePdf, acting_parts


def a_pdf(change: Callable[[pikepdf.Pdf], None] = lambda _pdf: None) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        made = BytesIO()
        pdf.save(made)
        return made.getvalue()


def opens_with(**action: object) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(**action)

    return change


def enclosing(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["more.txt"] = b"more"


def deep(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.SubmitForm, F=String("https://x.example")))


def test_what_is_only_read_is_none() -> None:
    assert acting_parts(a_pdf()) == set()
    goes = opens_with(S=Name.GoTo, D=String("here"))
    assert acting_parts(a_pdf(goes)) == set()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (opens_with(S=Name.JavaScript, JS=String("app.alert(1)")), {"/JavaScript", "/JS"}),
        (opens_with(S=Name.Launch, F=String("run.exe")), {"/Launch"}),
        (enclosing, {"/EmbeddedFiles", "/EF"}),
        (deep, {"/SubmitForm"}),
    ],
)
def test_what_acts_is_named(change: Callable[[pikepdf.Pdf], None], found: set[str]) -> None:
    assert acting_parts(a_pdf(change)) == found


def test_what_does_not_open_is_told() -> None:
    with pytest.raises(UnreadablePdf):
        acting_parts(b"%PDF-1.7")
    with pikepdf.new() as pdf:
        locked = BytesIO()
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(UnreadablePdf):
        acting_parts(locked.getvalue())
