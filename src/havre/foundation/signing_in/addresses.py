"""When two e-mail addresses are one."""

import unicodedata


def address_key(email: str) -> str:
    """What addresses are compared by: without case or spaces around.

    The part before the @ may in theory tell cases apart; no mail service that people use does.
    """
    return unicodedata.normalize("NFKC", email).strip().casefold()
