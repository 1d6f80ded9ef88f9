"""What makes a password good enough: its length and its not being known, never its composition.

CNIL 2022-100 and NIST SP 800-63B: length and a blocklist, no forced mixture, no forced change.
"""

import gzip
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from zxcvbn import zxcvbn
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from havre.commons.accounts.words import PasswordFault, Strength

SHORTEST, LONGEST = 12, 128
_ESTIMATED = 72  # the estimate's time grows with the square of the length


@lru_cache(maxsize=1)
def blocklist() -> frozenset[str]:
    """Over 100,000 passwords, names and words that are tried first. Both lists come with libraries."""
    listed = files("django.contrib.auth") / "common-passwords.txt.gz"
    known = set(gzip.decompress(listed.read_bytes()).decode().lower().split())
    return frozenset(known.union(*FREQUENCY_LISTS.values()))


def fault_of(password: str, *, about: Sequence[str]) -> PasswordFault | None:
    """Why ``password`` is refused, or none. ``about``: names and numbers of the one who chooses it."""
    if len(password) < SHORTEST:
        return PasswordFault.TOO_SHORT
    if len(password) > LONGEST:
        return PasswordFault.TOO_LONG
    bare = password.casefold()
    if _known(bare):
        return PasswordFault.KNOWN
    if any(len(word) >= 4 and _mostly(bare, word.casefold()) for word in about):
        return PasswordFault.ABOUT_YOU
    return None


def strength_of(password: str, *, about: Sequence[str]) -> Strength:
    """How long someone who tries would need, in four words (an estimate, not a promise)."""
    score = zxcvbn(password[:_ESTIMATED], user_inputs=list(about))["score"]
    return (Strength.WEAK, Strength.WEAK, Strength.FAIR, Strength.GOOD, Strength.STRONG)[score]


def _known(bare: str) -> bool:
    """On the list as it is, without the digits and signs around it, or one listed word repeated."""
    stem = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", bare)
    halves = {bare[:size] for size in range(1, len(bare) // 2 + 1) if _repeats(bare, size)}
    return (
        not stem or bool(({bare, stem} | halves) & blocklist()) or any(len(h) <= 4 for h in halves)
    )


def _repeats(bare: str, size: int) -> bool:
    return len(bare) % size == 0 and bare == bare[:size] * (len(bare) // size)


def _mostly(bare: str, word: str) -> bool:
    return word in bare and len(bare) - len(word) < 8
