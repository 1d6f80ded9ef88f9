"""The code that is drawn is that of the address in print: read back from the file, module by module."""

from collections.abc import Iterator

import pikepdf
import pytest
import segno
from tests.foundation.reading_pdf import opened, text_of
from tests.journeys.certificates.builders import CREATED, the_facts

from havre.journeys.certificates.document import Proof, certificate_pdf

TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MILLIMETRE = 72 / 25.4


def certificate(address: str) -> bytes:
    proof = Proof(address=address, sealed=False)
    return certificate_pdf(the_facts(), language="fr", created=CREATED, proof=proof)


def drawing(pdf: bytes) -> tuple[set[tuple[int, int]], float]:
    """The dark modules by row and column, and the side of a module in points.

    The code is the one path of many strokes, a stroke a run of dark modules.
    """
    with opened(pdf) as document:
        runs = max(_paths(document.pages[0]), key=lambda path: len(path[0]))
    strokes, scale = runs
    dark = {(int(y), column) for (x, y), (end, _y) in strokes for column in range(int(x), int(end))}
    return dark, scale


Stroke = tuple[tuple[float, float], tuple[float, float]]


def _paths(page: pikepdf.Page) -> Iterator[tuple[list[Stroke], float]]:
    strokes: list[Stroke] = []
    point, scale = (0.0, 0.0), 1.0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "cm":
                scale = float(operands[0])
            case "m":
                point = (float(operands[0]), float(operands[1]))
            case "l":
                strokes.append((point, (float(operands[0]), float(operands[1]))))
            case "S" | "B" | "f" | "n":
                yield strokes, scale
                strokes = []


def modules(address: str, mask: int) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row, line in enumerate(segno.make(address, error="m", mask=mask).matrix)
        for column, dark in enumerate(line)
        if dark
    }


@pytest.mark.parametrize(
    "host", ["https://a.example", "https://members.assurances-du-large.example"]
)
def test_the_code_drawn_is_that_of_the_address_printed(host: str) -> None:
    pdf = certificate(f"{host}/fr/check/{TOKEN}")
    printed = text_of(pdf).replace(" ", "")
    start = printed.index("https://")
    address = printed[start : printed.index(TOKEN) + len(TOKEN)]
    assert address == f"{host}/fr/check/{TOKEN}"
    dark, module = drawing(pdf)
    assert dark in [modules(address, mask) for mask in range(8)]  # a reader takes any
    assert (
        module >= 0.5 * MILLIMETRE
    )  # ISO/IEC 18004 leaves it open; half a millimetre is read by phones
