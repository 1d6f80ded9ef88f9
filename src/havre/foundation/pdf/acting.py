"""What in a PDF would do more than be read: programs, files inside it, forms that send themselves."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf

_ACTS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/RichMediaExecute"}
_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF"}
_DEEPEST = 50


class UnreadablePdf(Exception):
    """This is no PDF that opens without a password."""


def acting_parts(pdf: bytes) -> frozenset[str]:
    """The names of what would act, as PDF calls them; empty for a file that is only read.

    Refuses ``UnreadablePdf``.
    """
    try:
        with pikepdf.open(BytesIO(pdf)) as opened:
            return frozenset(part for one in opened.objects for part in _within(one, 0))
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise UnreadablePdf from error


def _within(value: object, depth: int) -> Iterator[str]:
    """Of an object and what it holds itself; what it points to is met by itself."""
    if depth > _DEEPEST:
        return
    if isinstance(value, pikepdf.Array):
        for one in value:
            yield from _inside(one, depth)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for name, one in value.items():
            if name in _KEYS:
                yield name
            elif name == "/S" and str(one) in _ACTS:
                yield str(one)
            yield from _inside(one, depth)


def _inside(value: object, depth: int) -> Iterator[str]:
    if not getattr(value, "is_indirect", False):
        yield from _within(value, depth + 1)
