"""Read the text of a typeset file as a screen reader would: through its fonts' Unicode maps."""

import io
import re
from collections.abc import Iterator

import pikepdf

_CHARACTERS = re.compile(r"<([0-9a-f]+)>\s*<([0-9a-f]+)>", re.IGNORECASE)
_SECTION = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """All the text, in the order of the file; a space parts what was set apart."""
    with opened(pdf) as document:
        lines = [line for page in document.pages for line in _lines(page)]
    return " ".join(lines).replace("\u00a0", " ")


def fonts_of(pdf: bytes) -> set[str]:
    """Names of the fonts on the first page, without the tag of the subset."""
    with opened(pdf) as document:
        names = [str(font.BaseFont) for font in document.pages[0].Resources.Font.values()]
    return {name.split("+")[-1].removesuffix("-Identity-H") for name in names}


def _lines(page: pikepdf.Page) -> Iterator[str]:
    maps = {name: _unicode(font) for name, font in page.Resources.Font.items()}
    line: list[str] = []
    known: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                known = maps[str(operands[0])]
            case "Tj" | "TJ":
                line += _shown(operands[0], known)
            case "ET":
                yield "".join(line)
                line = []


def _shown(operand: pikepdf.Object, known: dict[bytes, str]) -> Iterator[str]:
    pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
    for piece in pieces:
        if isinstance(piece, pikepdf.String):
            codes = bytes(piece)
            yield from (known[codes[at : at + 2]] for at in range(0, len(codes), 2))


def _unicode(font: pikepdf.Object) -> dict[bytes, str]:
    table = font.ToUnicode.read_bytes().decode("ascii")
    pairs = (pair for section in _SECTION.findall(table) for pair in _CHARACTERS.findall(section))
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
