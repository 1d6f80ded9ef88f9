"""The keys of this installation, as its settings give them, made once a process."""

from base64 import b64decode
from functools import lru_cache

from django.conf import settings

from havre.foundation.crypto.vault import Vault


@lru_cache(maxsize=1)
def vault() -> Vault:
    """The vault that seals and opens with this installation's keys."""
    return Vault.from_settings(settings.HAVRE.SEALING_KEYS, settings.HAVRE.BLIND_INDEX_KEY)


@lru_cache(maxsize=1)
def provisional_key() -> bytes:
    """The key from which provisional secrets and codes are derived."""
    return b64decode(settings.HAVRE.PROVISIONAL_KEY)
