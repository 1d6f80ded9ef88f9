"""Secrets to send, derived and not drawn: a mail sent twice by a retried job carries the same one.

Who holds the key and the row's id can derive the secret again; the database keeps only its digest.
"""

import base64
import hmac
import re
import secrets
from hashlib import sha256
from uuid import UUID

_LINK_BYTES = 18  # 144 bits, 24 characters
_SECRET_BYTES = 15  # 120 bits, 24 characters
_GROUP = 4
# Crockford's base32: no I, L, O or U, so that nothing read aloud or copied by hand is ambiguous.
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FROM_RFC4648 = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _CROCKFORD)
_MISREAD = str.maketrans("OIL", "011")


def provisional_secret(key: bytes, row_id: UUID) -> str:
    """The 120-bit provisional password of a row: six groups of four characters joined by dashes."""
    derived = _derive(key, b"provisional secret", row_id.bytes)[:_SECRET_BYTES]
    characters = base64.b32encode(derived).decode().translate(_FROM_RFC4648)
    return "-".join(characters[at : at + _GROUP] for at in range(0, len(characters), _GROUP))


def drawn_code(characters: int = 12) -> str:
    """A code drawn at random, of five bits a character, in groups of four joined by dashes."""
    drawn = "".join(secrets.choice(_CROCKFORD) for _ in range(characters))
    return "-".join(drawn[at : at + _GROUP] for at in range(0, characters, _GROUP))


def normalised_secret(typed: str) -> str:
    """A secret as typed, in the form that is compared.

    Forgives case, spaces, dashes, O for 0, and I or L for 1.
    """
    return re.sub(r"[\s\-\u2010-\u2015\u2212]+", "", typed).upper().translate(_MISREAD)


def secret_digest(key: bytes, secret: str) -> bytes:
    """What is stored and compared instead of the secret: 32 bytes, keyed.

    A fast hash suffices for 120 random bits, which no one can try out. A password that a
    person chose needs Argon2.
    """
    return _derive(key, b"secret digest", normalised_secret(secret).encode())


def link_token(key: bytes, row_id: UUID) -> str:
    """The 144-bit secret of a link that a mail carries, in characters an address takes as they are."""
    derived = _derive(key, b"link token", row_id.bytes)[:_LINK_BYTES]
    return base64.urlsafe_b64encode(derived).decode()


def link_digest(key: bytes, token: str) -> bytes:
    """What is stored and compared instead of the link's secret: 32 bytes, keyed."""
    return _derive(key, b"link digest", token.encode())


def link_signature(key: bytes, said: bytes) -> bytes:
    """The signature of what a link in a mail says: 32 bytes, keyed."""
    return _derive(key, b"link signature", said)


def numeric_code(key: bytes, row_id: UUID, *, digits: int = 6) -> str:
    """A short code to type back, leading zeros kept. Worth nothing without a limit on the tries."""
    number = int.from_bytes(_derive(key, b"numeric code", row_id.bytes))
    return f"{number % 10**digits:0{digits}d}"


def _derive(key: bytes, label: bytes, message: bytes) -> bytes:
    """HMAC-SHA256 with a label of its own for each use, so that one result never serves another."""
    return hmac.digest(key, b"havre " + label + b"\0" + message, sha256)
