"""Files that a document shows: what they are is read from their first bytes, not from their name."""

from dataclasses import dataclass
from hashlib import sha256

from havre.commons.content.rules.sources import WrongContent

LARGEST = 10 * 1024 * 1024
_KINDS = {
    ".pdf": ("application/pdf", b"%PDF-"),
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
    """Refuses with :class:`WrongContent` what no page may hand out."""
    media_type, start = _KINDS.get(name[name.rfind(".") :], ("", b""))
    if not media_type:
        raise WrongContent(f"{name} is none of {', '.join(_KINDS)}")
    if not body.startswith(start):
        raise WrongContent(f"{name} is not what its name says: it is no {media_type}")
    if len(body) > LARGEST:
        raise WrongContent(f"{name} is larger than {LARGEST // 1024 // 1024} MB")
    return Enclosed(sha256(body).hexdigest(), media_type, body)
