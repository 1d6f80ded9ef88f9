"""Files that a document shows: what they are is read from their first bytes, not from their name."""

import re
from dataclasses import dataclass
from hashlib import sha256

from havre.commons.content.rules.sources import WrongContent
from havre.foundation.pdf.acting import UnreadablePdf, acting_parts

LARGEST = 10 * 1024 * 1024
PDF = "application/pdf"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_KINDS = {
    ".pdf": (PDF, b"%PDF-"),
    ".png": ("image/png", b"\x89PNG\r\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
}


@dataclass(frozen=True)
class Enclosed:
    """A file to keep, named by its content."""

    sha256: str
    media_type: str
    body: bytes

    @property
    def told(self) -> dict[str, str | int]:
        """What a version keeps of it."""
        return {"sha256": self.sha256, "media_type": self.media_type, "size": len(self.body)}


def enclosed(name: str, body: bytes) -> Enclosed:
    """Refuses with :class:`WrongContent` what no page may hand out.

    The name stands in a header, so it is plain; a PDF is read and filled in, and does nothing itself.
    """
    if not _NAME.fullmatch(name):
        raise WrongContent(f"{name!r}: name it with letters of a to z, digits, dots and hyphens")
    media_type, start = _KINDS.get(name[name.rfind(".") :], ("", b""))
    if not media_type:
        raise WrongContent(f"{name} is none of {', '.join(_KINDS)}")
    if not body.startswith(start):
        raise WrongContent(f"{name} is not what its name says: it is no {media_type}")
    if len(body) > LARGEST:
        raise WrongContent(f"{name} is larger than {LARGEST // 1024 // 1024} MB")
    if media_type == PDF:
        _refuse_acting(name, body)
    return Enclosed(sha256(body).hexdigest(), media_type, body)


def _refuse_acting(name: str, body: bytes) -> None:
    try:
        parts = acting_parts(body)
    except UnreadablePdf:
        raise WrongContent(f"{name} cannot be opened: it is damaged, or has a password") from None
    if parts:
        found = ", ".join(sorted(parts))
        raise WrongContent(f"{name} does more than be read ({found}): save it without")
