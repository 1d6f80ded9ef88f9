"""The token of the link that stops a kind of mail: ids and a signature, no address and no name."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from uuid import UUID

from havre.commons.privacy.words import Leaving, Notice

_SIGNATURE = 16  # 128 bits
_IDS = 32
Sign = Callable[[bytes], bytes]


def token_of(leaving: Leaving, *, sign: Sign) -> str:
    """What stands in the link. The same each time, so that an old mail's link goes on working."""
    subject = f"N{leaving.notice}" if leaving.notice else f"T{leaving.topic}"
    said = leaving.household.bytes + leaving.person.bytes + subject.encode()
    return urlsafe_b64encode(said + sign(said)[:_SIGNATURE]).decode().rstrip("=")


def read_token(token: str, *, sign: Sign) -> Leaving | None:
    """What a token stops, or none where we did not make it."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    said, signature = raw[:-_SIGNATURE], raw[-_SIGNATURE:]
    if not hmac.compare_digest(sign(said)[:_SIGNATURE], signature) or len(said) <= _IDS:
        return None
    household, person = UUID(bytes=said[:16]), UUID(bytes=said[16:_IDS])
    kind, subject = said[_IDS : _IDS + 1], said[_IDS + 1 :].decode()
    if kind == b"N":
        return Leaving(household, person, notice=Notice(subject))
    return Leaving(household, person, topic=subject)
