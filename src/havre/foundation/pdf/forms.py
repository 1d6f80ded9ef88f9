"""Filling the fields of a PDF form, drawn so that every reader and every printer shows them."""

from collections.abc import Mapping
from io import BytesIO

import pikepdf
from pikepdf.form import ExtendedAppearanceStreamGenerator, Form, TextField

# What the standard fonts of a form can draw; the appearance of anything else would be boxes.
_LETTERS = "cp1252"


def field_names(form: bytes) -> set[str]:
    """The names of the text fields of a form."""
    with pikepdf.open(BytesIO(form)) as pdf:
        return {name for name, field in Form(pdf).items() if isinstance(field, TextField)}


def fill_form(form: bytes, values: Mapping[str, str]) -> bytes:
    """The form with these fields filled, each still open to be corrected by hand.

    A name that the form does not have is passed over; so is a value with letters that its fonts cannot
    draw: an empty line to write on is better than a wrong name.
    """
    with pikepdf.open(BytesIO(form)) as pdf:
        fields = dict(Form(pdf, generate_appearances=ExtendedAppearanceStreamGenerator).items())
        for name, value in values.items():
            field = fields.get(name)
            if isinstance(field, TextField) and _drawable(value):
                field.value = value
        filled = BytesIO()
        pdf.save(filled, deterministic_id=True)
        return filled.getvalue()


def _drawable(value: str) -> bool:
    try:
        value.encode(_LETTERS)
    except UnicodeEncodeError:
        return False
    return True
