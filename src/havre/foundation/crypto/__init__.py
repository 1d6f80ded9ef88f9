"""Sealed values, blind indexes and derived secrets. Holds no key: the keys are settings."""

from havre.foundation.crypto.keyring import provisional_key, vault
from havre.foundation.crypto.secrets import (
    drawn_code,
    link_digest,
    link_signature,
    link_token,
    normalised_secret,
    numeric_code,
    provisional_secret,
    secret_digest,
)
from havre.foundation.crypto.streams import open_stream, seal_stream, stream_key
from havre.foundation.crypto.vault import Place, Tampered, UnknownKey, Vault, WrongKeys, key_of

__all__ = [
    "Place",
    "Tampered",
    "UnknownKey",
    "Vault",
    "WrongKeys",
    "drawn_code",
    "key_of",
    "link_digest",
    "link_signature",
    "link_token",
    "normalised_secret",
    "numeric_code",
    "open_stream",
    "provisional_key",
    "provisional_secret",
    "seal_stream",
    "secret_digest",
    "stream_key",
    "vault",
]
