"""What a file is, by its first bytes, and what its name says that it is."""

from enum import StrEnum
from pathlib import PurePosixPath

from havre.foundation.cleaning.faults import Fault, Unfit

HEAD = 32
"""How many bytes tell."""
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}


class Kind(StrEnum):
    PDF = "PDF"
    JPEG = "JPEG"
    PNG = "PNG"
    HEIC = "HEIC"
    TIFF = "TIFF"
    WEBP = "WEBP"


ENDINGS = {
    Kind.PDF: ("pdf",),
    Kind.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    Kind.PNG: ("png",),
    Kind.HEIC: ("heic", "heif"),
    Kind.TIFF: ("tif", "tiff"),
    Kind.WEBP: ("webp",),
}


def kind_of(head: bytes, *, file_name: str) -> Kind:
    """The kind of a file that begins so and is named so.

    The bytes decide. A name without an ending says nothing; one with an ending has to agree. Refuses
    ``Unfit``: ``EMPTY``, ``UNKNOWN_TYPE``, ``MISNAMED``.
    """
    if not head:
        raise Unfit(Fault.EMPTY)
    kind = _by_bytes(head)
    if kind is None:
        raise Unfit(Fault.UNKNOWN_TYPE)
    ending = PurePosixPath(file_name).suffix.removeprefix(".").lower()
    if ending and ending not in ENDINGS[kind]:
        raise Unfit(Fault.MISNAMED)
    return kind


def _by_bytes(head: bytes) -> Kind | None:
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head.startswith((b"II*\0", b"MM\0*")):
        return Kind.TIFF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return Kind.HEIC
    return None
