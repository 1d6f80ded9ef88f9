"""Files that mean harm, made here so that none has to be kept: each with what must become of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from havre.commons.documents.words import Fault, UploadState

MARK = b"HOSTILE-PAYLOAD"
"""In whatever would act or tell: it must not be in anything that is kept."""


@dataclass(frozen=True)
class Hostile:
    """A file, and its end: a fault, READY where it is cleaned, QUARANTINED, or any of those (``None``)."""

    what: str
    name: str
    content: bytes
    end: Fault | UploadState | None


def corpus() -> Iterator[Hostile]:
    from tests.commons.documents.hostile import containers, images, names, pdfs, wrong_types

    for module in (wrong_types, pdfs, images, names, containers):
        yield from module.files()
