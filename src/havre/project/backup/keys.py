"""Whether keys are those that an archive was made with, told without telling the keys."""

import hmac
from collections.abc import Iterator
from hashlib import sha256

from havre.foundation.crypto import Vault

# What is sealed proves its key by opening; these two leave only digests behind.
BLIND, PROVISIONAL = "BLIND_INDEX_KEY", "PROVISIONAL_KEY"
_PURPOSE = "proof of a backup"


def proofs(*, vault: Vault, provisional: bytes) -> dict[str, str]:
    """A digest by setting, that only the same key makes."""
    return {
        BLIND: vault.blind(_PURPOSE, purpose=_PURPOSE).hex(),
        PROVISIONAL: hmac.digest(provisional, _PURPOSE.encode(), sha256).hex(),
    }


def others(known: dict[str, str], ours: dict[str, str]) -> Iterator[str]:
    """The settings whose key is another."""
    return (name for name, proof in ours.items() if known.get(name) != proof)
