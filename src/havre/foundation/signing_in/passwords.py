"""What makes a password good enough: its length and its not being known, never its composition.

CNIL 2022-100 and NIST SP 800-63B: length and a blocklist, no forced mixture, no forced change.
"""

import gzip
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from havre.foundation.names import match_key
from havre.foundation.signing_in.words import PasswordFault, Strength

SHORTEST, LONGEST = 12, 128
_ESTIMATED = 72  # the estimate's time grows with the square of the length
_TELLING = 4  # a name shorter than this is in too many words to count as one's own
_OWN_WORK = 8  # characters that must remain once names and numbers are taken out


def as_compared(password: str) -> str:
    """A password as it is hashed, when it is chosen and at each sign-in alike.

    NFKC (NIST SP 800-63B, RFC 8265): keyboards write the same é in one character or in two.
    """
    return unicodedata.normalize("NFKC", password)


@lru_cache(maxsize=1)
def blocklist() -> frozenset[str]:
    """Over 100,000 passwords, names and words that are tried first. Both lists come with libraries."""
    # Here, since it takes 14 MB of a web process in which few ever choose a password.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    listed = files("django.contrib.auth") / "common-passwords.txt.gz"
    known = set(gzip.decompress(listed.read_bytes()).decode().lower().split())
    return frozenset(known.union(*FREQUENCY_LISTS.values()))


def fault_of(password: str, *, about: Sequence[str]) -> PasswordFault | None:
    """Why ``password`` is refused, or none. ``about``: names and numbers of the one who chooses it."""
    password = as_compared(password)
    if len(password) < SHORTEST:
        return PasswordFault.TOO_SHORT
    if len(password) > LONGEST:
        return PasswordFault.TOO_LONG
    if _mostly_about(password, about):
        return PasswordFault.ABOUT_YOU
    return PasswordFault.KNOWN if _known(password.casefold()) else None


def strength_of(password: str, *, about: Sequence[str]) -> Strength:
    """How long someone who tries would need, in four words (an estimate, not a promise)."""
    from zxcvbn import zxcvbn  # here as above

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


def _mostly_about(password: str, about: Sequence[str]) -> bool:
    """Whether little is left without the names and numbers, however accents and spaces are put."""
    bare = match_key(password)
    left = bare
    for word in sorted({key for text in about for key in _keys(text)}, key=len, reverse=True):
        left = left.replace(word, "")
    return left != bare and len(left) < _OWN_WORK


def _keys(text: str) -> set[str]:
    """What to look for of a name: the whole of it and each of its parts."""
    keys = {match_key(text), *(match_key(part) for part in re.split(r"[\W_]+", text))}
    return {key for key in keys if len(key) >= _TELLING}
