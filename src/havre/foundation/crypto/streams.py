"""Sealing what is too long for memory: chunk by chunk, so that none can be altered, moved or cut off.

A sealed stream is AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár,
2015), laid out as::

    mark (4 bytes) | length of key id (1) | key id | salt (32) | chunks of 64 KiB and a tag each

The salt gives each stream a key of its own; a chunk's nonce is its number and whether it is the last.
So a stream cut between two chunks does not open: none of those left says that it is the last.
"""

import secrets
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from cryptography.exceptions import InvalidTag

from havre.foundation.crypto.vault import Place, Tampered, Vault

CHUNK: Final = 64 * 1024
_MARK: Final = b"HVS1"
_SALT_BYTES: Final = 32
_TAG_BYTES: Final = 16


def seal_stream(parts: Iterable[bytes], *, place: Place, vault: Vault) -> Iterator[bytes]:
    """The bytes of ``parts``, of whatever lengths, sealed for this place under the current key."""
    salt = secrets.token_bytes(_SALT_BYTES)
    key_id, cipher = vault.stream_cipher(salt)
    head = _MARK + bytes([len(key_id)]) + key_id.encode() + salt
    yield head
    for nonce, chunk in _numbered(_cut(parts, CHUNK)):
        yield cipher.encrypt(nonce, chunk, head + place.bound)


def open_stream(parts: Iterable[bytes], *, place: Place, vault: Vault) -> Iterator[bytes]:
    """What was sealed for this place, chunk by chunk; each is whole and in its place when it comes.

    Only the end tells that nothing was cut off: ``Tampered`` may come after good chunks. Refuses
    ``UnknownKey`` and ``Tampered``.
    """
    key_id, salt, head, rest = _head(parts)
    _key_id, cipher = vault.stream_cipher(salt, key_id=key_id)
    for nonce, chunk in _numbered(_cut(rest, CHUNK + _TAG_BYTES)):
        try:
            yield cipher.decrypt(nonce, chunk, head + place.bound)
        except (InvalidTag, ValueError):
            raise Tampered("the stream does not open at this place") from None


def stream_key(parts: Iterable[bytes]) -> str:
    """The id of the key that a stream is sealed under. Refuses ``Tampered``."""
    return _head(parts)[0]


def _head(parts: Iterable[bytes]) -> tuple[str, bytes, bytes, Iterator[bytes]]:
    """Key id, salt, the whole head, and what comes behind it."""
    source = iter(parts)
    read = b""
    length = len(_MARK) + 1
    while len(read) < length or len(read) < length + read[length - 1] + _SALT_BYTES:
        try:
            read += next(source)
        except StopIteration:
            raise Tampered("not a sealed stream") from None
    salt_at = length + read[length - 1]
    end = salt_at + _SALT_BYTES
    if not read.startswith(_MARK):
        raise Tampered("not a sealed stream")
    key_id = read[length:salt_at].decode("ascii", errors="replace")
    return key_id, read[salt_at:end], read[:end], chain([read[end:]], source)


def _cut(parts: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The same bytes in pieces of ``size``, the last one shorter; one empty piece if there are none."""
    kept = bytearray()
    for part in parts:
        kept += part
        while len(kept) > size:  # a full piece waits until it is known not to be the last
            yield bytes(kept[:size])
            del kept[:size]
    yield bytes(kept)


def _numbered(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk with its nonce: its number, and 1 for the last."""
    held = next(chunks)
    number = 0
    for following in chunks:
        yield number.to_bytes(11) + b"\0", held
        held, number = following, number + 1
    yield number.to_bytes(11) + b"\1", held
