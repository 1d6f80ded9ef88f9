"""Sealing single values, so that a copy of the database tells nothing without the keys.

A sealed value is AES-256-GCM (NIST SP 800-38D), laid out as::

    version (1 byte) | length of key id (1) | key id | nonce (12) | ciphertext and tag

The place it is stored in is authenticated with it: a value moved to another table, column or row
does not open. Each sealing draws a new nonce, so equal texts never look equal; equality is asked of
``blind``. One key may seal 2^32 values, then it is time for another.
"""

import base64
import binascii
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = 1
_KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class WrongKeys(ValueError):
    """The keys given cannot make a vault. Says which by its id, never its value."""


class UnknownKey(LookupError):
    """The value was sealed under a key that this vault does not hold."""


class Tampered(ValueError):
    """The value is not what was sealed here: altered, cut, or moved from another place."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value is stored."""

    table: str
    column: str
    row_id: UUID | int | str

    def __post_init__(self) -> None:
        if "|" in self.table or "|" in self.column:
            raise ValueError("a table or column has no |")

    @property
    def bound(self) -> bytes:
        """What a sealed value is authenticated with."""
        return f"{self.table}|{self.column}|{self.row_id}".encode()


class Vault:
    """Seals with the current key, opens with any key it holds, and makes blind indexes."""

    def __init__(self, keys: Mapping[str, bytes], *, current: str, blind_key: bytes) -> None:
        """``keys`` by id, ``current`` seals, each has 32 bytes. Refuses ``WrongKeys``."""
        for key_id, key in keys.items():
            if not _KEY_ID.fullmatch(key_id):
                raise WrongKeys("a key id is 1 to 64 letters, digits, dots, dashes or underscores")
            if len(key) != _KEY_BYTES:
                raise WrongKeys(f"key {key_id!r} is not of {_KEY_BYTES} bytes")
        if current not in keys:
            raise WrongKeys(f"the current key {current!r} is not among the keys")
        if len(blind_key) != _KEY_BYTES or blind_key in keys.values():
            raise WrongKeys(f"the blind key is {_KEY_BYTES} bytes of its own")
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._keys = dict(keys)
        self._current = current
        self._blind_key = blind_key

    @classmethod
    def from_settings(cls, keys: str, blind: str) -> Self:
        """From ``"id:base64,id:base64"``, whose first is current, and a base64 blind key.

        To change keys, put the new one first and drop the old one once nothing needs resealing.
        Refuses ``WrongKeys``.
        """
        pairs = [pair.strip().partition(":") for pair in keys.split(",")]
        by_id = {key_id: _decoded(text, key_id) for key_id, _, text in pairs}
        if len(by_id) != len(pairs):
            raise WrongKeys("two keys have the same id")
        return cls(by_id, current=pairs[0][0], blind_key=_decoded(blind, "blind"))

    def __repr__(self) -> str:
        return f"<Vault keys {', '.join(self._ciphers)}; current {self._current}>"

    def seal(self, text: str, *, place: Place) -> bytes:
        """The text sealed under the current key for this place; different every time."""
        key_id = self._current.encode()
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._ciphers[self._current].encrypt(nonce, text.encode(), place.bound)
        return bytes([_VERSION, len(key_id)]) + key_id + nonce + sealed

    def open(self, sealed: bytes, *, place: Place) -> str:
        """The text sealed for this place. Refuses ``UnknownKey`` and ``Tampered``."""
        key_id, nonce, ciphertext = _parts(sealed)
        if key_id not in self._ciphers:
            raise UnknownKey(f"no key {key_id!r} in this vault")
        try:
            return self._ciphers[key_id].decrypt(nonce, ciphertext, place.bound).decode()
        except InvalidTag:
            raise Tampered("the value does not open at this place") from None

    @property
    def mark(self) -> bytes:
        """What every value begins with that is sealed under the current key, and no other."""
        return bytes([_VERSION, len(self._current)]) + self._current.encode()

    @property
    def key_ids(self) -> tuple[str, ...]:
        """The ids of the keys it holds, the current one first."""
        return (self._current, *(key_id for key_id in self._keys if key_id != self._current))

    def stream_cipher(self, salt: bytes, *, key_id: str | None = None) -> tuple[str, AESGCM]:
        """A cipher for one stream alone, drawn from the current key or the one named, and its id.

        A key of its own lets each stream count its nonces from zero. Refuses ``UnknownKey``.
        """
        key_id = key_id or self._current
        if key_id not in self._keys:
            raise UnknownKey(f"no key {key_id!r} in this vault")
        derived = HKDF(hashes.SHA256(), _KEY_BYTES, salt, b"havre stream").derive(
            self._keys[key_id]
        )
        return key_id, AESGCM(derived)

    def blind(self, text: str, *, purpose: str) -> bytes:
        """32 bytes equal for equal text and purpose, and telling nothing without the key.

        The caller brings the text to the form that is compared (``check_nir``, ``adherent_key``…).
        """
        message = purpose.encode() + b"\0" + text.encode()
        return hmac.digest(self._blind_key, message, sha256)


def key_of(sealed: bytes) -> str:
    """The id of the key that a value is sealed under. Refuses ``Tampered``."""
    return _parts(sealed)[0]


def _parts(sealed: bytes) -> tuple[str, bytes, bytes]:
    """Key id, nonce and ciphertext."""
    sealed = bytes(sealed)  # drivers hand out memoryviews
    if len(sealed) < 2 or sealed[0] != _VERSION:
        raise Tampered("not a sealed value")
    nonce_at = 2 + sealed[1]
    text_at = nonce_at + _NONCE_BYTES
    key_id = sealed[2:nonce_at].decode("ascii", errors="replace")
    if len(sealed) < text_at + _TAG_BYTES or not _KEY_ID.fullmatch(key_id):
        raise Tampered("not a sealed value")
    return key_id, sealed[nonce_at:text_at], sealed[text_at:]


def _decoded(text: str, name: str) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise WrongKeys(f"key {name!r} is not base64") from None
