"""The EICAR test file, in clear and inside what is sent."""

import io
import zipfile
from collections.abc import Iterator

from havre.commons.documents.words import UploadState
from tests.clamd import EICAR
from tests.commons.documents.hostile import Hostile, good


def _zipped(content: bytes, name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def _attached() -> bytes:
    pdf = good.a_pdf()
    pdf.attachments["eicar.com"] = EICAR
    return good.written(pdf, compress_streams=True)


def files() -> Iterator[Hostile]:
    once = _zipped(EICAR, "eicar.com")
    for what, name, content in (
        ("in clear", "eicar.com", EICAR),
        ("in clear as text", "eicar.txt", EICAR),
        ("in clear as a PDF", "facture.pdf", EICAR),
        ("in clear as a photo", "photo.jpg", EICAR),
        ("in a zip", "papers.zip", once),
        ("in a zip as a PDF", "facture.pdf", once),
        ("in a zip in a zip", "papers.zip", _zipped(once, "inner.zip")),
        ("in an office file", "letter.docm", _zipped(EICAR, "word/vbaProject.bin")),
        ("behind a photo", "photo.jpg", good.image("JPEG") + EICAR),
        ("behind a picture", "photo.png", good.image("PNG") + EICAR),
        ("behind a PDF", "facture.pdf", good.pdf() + EICAR),
        ("inside a PDF", "facture.pdf", _attached()),
        ("in the words of a photo", "photo.jpg", good.image("JPEG", comment=EICAR)),
    ):
        yield Hostile(f"EICAR {what}", name, content, UploadState.QUARANTINED)
