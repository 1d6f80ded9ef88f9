"""When two e-mail addresses are one."""

import unicodedata

from havre.foundation.crypto import vault


def address_key(email: str) -> str:
    """What addresses are compared by: without case or spaces around.

    The part before the @ may in theory tell cases apart; no mail service that people use does.
    """
    return unicodedata.normalize("NFKC", email).strip().casefold()


def address_index(email: str) -> bytes:
    """The blind index by which addresses are compared that are not kept in clear."""
    return vault().blind(address_key(email), purpose="email")
