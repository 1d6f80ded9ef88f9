"""Harmless papers to hide things in."""

import io
from functools import lru_cache
from typing import Any

import pikepdf
from PIL import Image


@lru_cache
def image(kind: str, **options: Any) -> bytes:
    made = Image.effect_noise((96, 64), 60).convert("RGB")
    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    written = io.BytesIO()
    made.save(written, kind, **options)
    return written.getvalue()


def a_pdf() -> pikepdf.Pdf:
    """A page with a line on it."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(595, 842))
    page.Contents = pikepdf.Stream(made, b"0 0 m 100 100 l S")
    return made


def written(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


@lru_cache
def pdf() -> bytes:
    return written(a_pdf())
